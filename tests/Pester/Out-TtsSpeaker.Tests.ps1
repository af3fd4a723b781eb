# Sound from PowerShell: what is taken, what is written while it plays, and how it ends. What a device really gets is
# proven by the .NET tests.

BeforeDiscovery {
    $script:noServer = -not $IsLinux -or @('pulseaudio', 'pactl', 'paplay' | Where-Object { -not (Get-Command -Name $_ -CommandType Application -ErrorAction Ignore) }).Count -gt 0
    $script:noPlayer = -not $IsLinux -or -not (Get-Command -Name aplay -CommandType Application -ErrorAction Ignore)
}

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Support.ps1')
    $script:Before = @{}
    foreach ($name in 'PATH', 'PULSE_SERVER', 'ALSA_CONFIG_PATH') { $Before[$name] = [Environment]::GetEnvironmentVariable($name) }
    Import-TestModule
    Connect-TtsService -Offline
    $script:Folder = (New-Item -ItemType Directory -Path (Join-Path -Path $TestDrive -ChildPath 'sounds')).FullName
    $script:Speech = 'Id,OutputFormat', 'one [1] #,WAV', 'two,WAV' | ConvertFrom-Csv | New-TtsSpeech -Text 'hello there' -OutputDirectory $Folder -WarningAction Ignore
}

AfterAll {
    foreach ($name in $Before.Keys) { [Environment]::SetEnvironmentVariable($name, $Before[$name]) }
    Close-TestResource
}

Describe 'Out-TtsSpeaker' -Skip:$noPlayer {
    BeforeEach {
        Use-SilentDevice
        Push-Location -LiteralPath $Folder
    }

    AfterEach { Pop-Location }

    It 'takes paths, files and results, saved or not, and gives nothing' {
        $unsaved = New-TtsSpeech -Text 'hello' -OutputFormat WAV -WarningAction Ignore
        Out-TtsSpeaker two.wav, *.wav | Should -BeNullOrEmpty
        Out-TtsSpeaker -LiteralPath 'one [1] #.wav' | Should -BeNullOrEmpty
        'two.wav', (Get-Item -Path two.wav), (Get-Item -LiteralPath $Folder), $Speech[0], $unsaved | Out-TtsSpeaker | Should -BeNullOrEmpty
        $Speech | Export-Csv -Path results.csv
        Import-Csv -Path results.csv | Out-TtsSpeaker | Should -BeNullOrEmpty
    }

    It 'takes URLs' {
        $emulator = Open-Emulator -Tiny
        $remote = New-TtsSpeech -Text 'hello' -OutputFormat WAV -OutputType URL -ApiKey $TestKey -Endpoint $emulator.Url
        $remote.AudioUrl | Should -Match '^http'
        $env:RUNWARE_API_URL = $emulator.Url
        Disconnect-TtsService
        try {
            $remote, $remote.AudioUrl | Out-TtsSpeaker | Should -BeNullOrEmpty
            Out-TtsSpeaker $remote.AudioUrl | Should -BeNullOrEmpty
            $gone = Get-Outcome -Action { Out-TtsSpeaker "$($remote.AudioUrl)x", two.wav }
            $gone.Errors | Get-ErrorName | Should -BeExactly 'DownloadFailed'
        }
        finally {
            Remove-Item -Path env:RUNWARE_API_URL
            Connect-TtsService -Offline
        }
    }

    It 'reports each clip that is none, and goes on' {
        Set-Content -Path page.mp3 -Value '<!DOCTYPE html><html></html>'
        $outcome = Get-Outcome -Action { 'none.wav', 'page.mp3', [RunwareTts.TtsSpeech]@{ Id = 'empty' }, 5, 'two.wav' | Out-TtsSpeaker }
        $outcome.Errors | Get-ErrorName | Should -Be 'FileNotFound', 'AudioInvalid', 'InvalidRequest.InputObject', 'InvalidRequest.InputObject'
        $outcome.Thrown | Should -BeNullOrEmpty
    }

    It 'ends with one error without a device or a player' {
        $env:ALSA_CONFIG_PATH = '/nowhere'
        $outcome = Get-Outcome -Action { 'two.wav', 'two.wav' | Out-TtsSpeaker }
        $outcome.Errors | Get-ErrorName | Should -BeExactly 'NoAudioDevice'
        $outcome.Thrown.CategoryInfo.Category | Should -Be 'ResourceUnavailable'
        $env:PATH = $TestDrive
        try { $outcome = Get-Outcome -Action { 'two.wav', 'two.wav' | Out-TtsSpeaker } } finally { $env:PATH = $Before.PATH }
        $outcome.Errors | Get-ErrorName | Should -BeExactly 'PlayerMissing'
        $outcome.Thrown.CategoryInfo.Category | Should -Be 'NotInstalled'
        (Get-Outcome -Action { Out-TtsSpeaker two.wav -Player ./no-such-player }).Errors | Get-ErrorName | Should -BeExactly 'PlayerMissing'
    }

    It 'uses the program of -Player' {
        { Out-TtsSpeaker two.wav -Player aplay } | Should -Not -Throw
        (Get-Outcome -Action { Out-TtsSpeaker two.wav -Player false }).Errors | Get-ErrorName | Should -BeExactly 'OfflineToolFailed'
    }
}

Describe 'New-TtsSpeech -Play' -Skip:$noPlayer {
    BeforeEach {
        Use-SilentDevice
        Push-Location -LiteralPath $Folder
    }

    AfterEach { Pop-Location }

    It 'plays what is saved and what is not, and gives the results' {
        $outcome = Get-Outcome -Action { 'one', 'two' | New-TtsSpeech -OutputFormat WAV -Play }
        $outcome.Output.Text | Should -Be 'one', 'two'
        $outcome.Warnings | Should -HaveCount 1 -Because 'drafts are announced, and nothing went wrong'
        (New-TtsSpeech -Text three -OutputPath three.wav -Play -WarningAction Ignore).Path | Should -Exist
    }

    It 'warns once where nothing can be played, and loses no result' {
        $env:ALSA_CONFIG_PATH = '/nowhere'
        $outcome = Get-Outcome -Action { 'one', 'two', 'three' | New-TtsSpeech -OutputFormat WAV -OutputDirectory mute -Play }
        $outcome.Errors | Should -HaveCount 0
        $outcome.Output.Path | Should -Exist
        @($outcome.Warnings -match 'NoAudioDevice') | Should -HaveCount 1
    }

    It 'is refused with -Async, before anything is sent' {
        (Get-Outcome -Action { New-TtsSpeech -Text hello -Async -Play }).Errors | Get-ErrorName | Should -BeExactly 'InvalidRequest.Play'
    }
}

Describe 'Sound that is stopped' -Skip:$noServer {
    BeforeAll {
        $script:Place = (New-Item -ItemType Directory -Path (Join-Path -Path ([System.IO.Path]::GetTempPath()) -ChildPath "tts-$([guid]::NewGuid().ToString('N').Substring(0, 8))")).FullName
        $start = [System.Diagnostics.ProcessStartInfo]::new('pulseaudio')
        $start.RedirectStandardError = $start.RedirectStandardOutput = $true
        foreach ($name in 'PULSE_RUNTIME_PATH', 'PULSE_STATE_PATH', 'XDG_CONFIG_HOME') { $start.Environment[$name] = $Place }
        foreach ($argument in '-n', '-F', '/dev/null', '--use-pid-file=no', '--daemonize=no', '--exit-idle-time=-1', '-L', 'module-null-sink', '-L', "module-native-protocol-unix socket=$Place/native auth-anonymous=1 auth-cookie-enabled=0") {
            $start.ArgumentList.Add($argument)
        }
        $script:Server = [System.Diagnostics.Process]::Start($start)
        $Server.BeginErrorReadLine()
        $env:PULSE_COOKIE = "$Place/cookie"

        function Get-Stream { & pactl --server "unix:$Place/native" list short sink-inputs 2>$null }
        Wait-Until { & pactl --server "unix:$Place/native" info 2>$null }

        # A minute of a tone.
        $script:Long = Join-Path -Path $TestDrive -ChildPath 'long.wav'
        & ffmpeg -nostdin -v error -f lavfi -i sine=440:d=60 -ac 1 -ar 16000 $Long
    }

    BeforeEach { $env:PULSE_SERVER = "unix:$Place/native" }

    AfterAll {
        $Server.Kill()
        $Server.WaitForExit()
        Remove-Item -LiteralPath $Place -Recurse -Force
        Remove-Item -Path env:PULSE_COOKIE
    }

    It 'by Ctrl+C is silent, and its program is gone' {
        $instance = Open-Runspace
        try {
            $run = $instance.AddScript('Out-TtsSpeaker $args[0] -Player paplay').AddArgument($Long).BeginInvoke()
            Wait-Until { Get-Stream }
            Wait-Until { $instance.Streams.Progress.Count }
            $instance.Streams.Progress[0].StatusDescription | Should -Match '^long\.wav 0:\d\d of 1:00$'
            $run.IsCompleted | Should -BeFalse
            $instance.Stop()
            Wait-Until { -not (Get-Stream) }
            Get-Process -Name paplay -ErrorAction Ignore | Should -BeNullOrEmpty
            @($instance.Streams.Error) | Should -HaveCount 0
        }
        finally { $instance.Dispose() }
    }

    It 'of -Play ends with Select-Object -First, and the results came before it' {
        'One sentence that takes a while to be said aloud, as long ones do.' | New-TtsSpeech -OutputFormat WAV -Play -WarningAction Ignore |
            ForEach-Object -Process { Wait-Until { Get-Stream }; $_ } | Select-Object -First 1 | Should -HaveCount 1
        Wait-Until { -not (Get-Stream) }
    }
}
