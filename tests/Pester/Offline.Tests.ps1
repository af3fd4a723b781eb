# The draft voices of this machine: no key, no network, and never by accident.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Support.ps1')
    Import-TestModule
    Connect-TtsService -Offline
}

AfterAll { Close-TestResource }

Describe 'A draft' {
    BeforeEach { Reset-RecoveryLedger }

    It 'says so: one warning a pipeline, and Provider Offline' {
        $outcome = Get-Outcome -Action { 'one', 'two', 'three' | New-TtsSpeech -OutputFormat WAV }
        $outcome.Warnings | Should -HaveCount 1
        $outcome.Warnings[0] | Should -Match 'draft voices.*not Qwen3-TTS'
        $outcome.Output.Provider | Should -Be 'Offline', 'Offline', 'Offline'
        $outcome.Output | Where-Object -FilterScript { $null -ne $_.Cost } | Should -BeNullOrEmpty
    }

    It 'warns again in the next pipeline' {
        (Get-Outcome -Action { 'one' | New-TtsSpeech -OutputFormat WAV }).Warnings | Should -HaveCount 1
    }

    It 'does not warn when no row is good' {
        (Get-Outcome -Action { '', ' ' | New-TtsSpeech }).Warnings | Should -HaveCount 0
    }

    It 'is really <Format>' -ForEach @(
        @{ Format = 'WAV'; Magic = 'RIFF' }, @{ Format = 'FLAC'; Magic = 'fLaC' }, @{ Format = 'OGG'; Magic = 'OggS' }, @{ Format = 'MP3'; Magic = $null }
    ) {
        $result = New-TtsSpeech -Text 'hello there' -OutputFormat $Format -OutputPath (Join-Path -Path $TestDrive -ChildPath "draft.$Format") -WarningAction Ignore
        $result.Audio.Format | Should -BeExactly $Format
        $result.Duration.TotalSeconds | Should -BeGreaterThan 0.3
        if ($Magic) { [System.Text.Encoding]::ASCII.GetString([System.IO.File]::ReadAllBytes($result.Path), 0, 4) | Should -BeExactly $Magic }
    }

    It 'has the rate, channels and bitrate that were asked for: <Format> <Rate> <Channels> <Bitrate>' -ForEach @(
        @{ Format = 'MP3'; Rate = 44100; Channels = 1; Bitrate = 96 }
        @{ Format = 'MP3'; Rate = 8000; Channels = 2; Bitrate = 32 }
        @{ Format = 'OGG'; Rate = 48000; Channels = 2; Bitrate = 96 }
        @{ Format = 'OGG'; Rate = 12000; Channels = 1; Bitrate = 32 }
    ) {
        $result = New-TtsSpeech -Text 'hello there' -OutputFormat $Format -SampleRate $Rate -Channels $Channels -Bitrate $Bitrate -WarningAction Ignore
        $result.Audio.SampleRate | Should -Be $Rate
        $result.Audio.Channels | Should -Be $Channels
        if ($Format -eq 'MP3') { $result.Audio.Bitrate | Should -Be $Bitrate }
    }

    It 'speaks <Language>' -ForEach @(
        @{ Language = 'English'; Text = 'Good morning to all of you.' }
        @{ Language = 'Chinese'; Text = "$([char]0x56FE)$([char]0x4E66)$([char]0x9986)$([char]0x5173)$([char]0x95E8)$([char]0x4E86)" }
        @{ Language = 'Japanese'; Text = "$([char]0x3068)$([char]0x3057)$([char]0x3087)$([char]0x304B)$([char]0x3093)" }
        @{ Language = 'Korean'; Text = "$([char]0xB3C4)$([char]0xC11C)$([char]0xAD00)$([char]0xC740)" }
        @{ Language = 'German'; Text = 'Guten Morgen zusammen.' }
        @{ Language = 'French'; Text = 'Bonjour tout le monde.' }
        @{ Language = 'Russian'; Text = "$([char]0x0414)$([char]0x043E)$([char]0x0431)$([char]0x0440)$([char]0x043E)$([char]0x0435)" }
        @{ Language = 'Portuguese'; Text = 'Bom dia a todos.' }
        @{ Language = 'Spanish'; Text = 'Buenos dias a todos.' }
        @{ Language = 'Italian'; Text = 'Buongiorno a tutti.' }
    ) {
        $result = New-TtsSpeech -Text $Text -Language $Language -OutputFormat WAV -WarningAction Ignore
        $result.Language | Should -BeExactly $Language
        $result.Duration.TotalSeconds | Should -BeGreaterThan 0.4
        $result.Duration.TotalSeconds | Should -BeLessThan 6
    }

    It 'sounds different for each of the nine voices' {
        $results = Get-TtsVoice | New-TtsSpeech -Text 'hello there' -OutputFormat WAV -WarningAction Ignore
        $results | Should -HaveCount 9
        $sums = $results | ForEach-Object -Process { [Convert]::ToHexString([System.Security.Cryptography.SHA256]::HashData($_.AudioData)) }
        @($sums | Select-Object -Unique) | Should -HaveCount 9
    }

    It 'is steered by a description' {
        $lengths = 'A deep old man, very slow', 'A bright young girl, fast' | ForEach-Object -Process {
            $result = [pscustomobject]@{ Text = 'hello there'; VoiceDescription = $_; OutputFormat = 'WAV' } | New-TtsSpeech -WarningAction Ignore
            $result.Voice | Should -BeExactly 'design'
            $result.Model | Should -BeExactly 'VoiceDesign'
            $result.Duration
        }
        $lengths[0] | Should -BeGreaterThan $lengths[1]
    }

    It 'is slower at half the speed' {
        $results = '0.5', '1', '2' | ForEach-Object -Process { [pscustomobject]@{ Text = 'hello there, how are you'; Speed = $_ } } | New-TtsSpeech -OutputFormat WAV -WarningAction Ignore
        $results[0].Duration | Should -BeGreaterThan $results[1].Duration
        $results[1].Duration | Should -BeGreaterThan $results[2].Duration
    }

    It 'speaks the text <Text> as text' -ForEach @{ Text = '-v en --help' }, @{ Text = '--stdin' }, @{ Text = "it's `"quoted`" `$(whoami) ; ls | cat" }, @{ Text = '<break time="10s"/> [[hello]]' } {
        $result = $Text | New-TtsSpeech -OutputFormat WAV -WarningAction Ignore
        $result.Text | Should -BeExactly $Text
        $result.Duration.TotalSeconds | Should -BeGreaterThan 0.4
        $result.Duration.TotalSeconds | Should -BeLessThan 9
    }

    It 'leaves no child process when its pipeline is cut off' {
        (1..30 | ForEach-Object -Process { "text $_" } | New-TtsSpeech -OutputFormat MP3 -WarningAction Ignore | Select-Object -First 1).Text | Should -BeExactly 'text 1'
        Start-Sleep -Milliseconds 500
        Get-Process -Name 'espeak-ng', 'ffmpeg' -ErrorAction Ignore | Where-Object -FilterScript { $_.Parent.Id -eq $PID } | Should -BeNullOrEmpty
    }
}

Describe 'What a draft cannot do' {
    BeforeEach { Reset-RecoveryLedger }

    It 'is an error by name: <Parameter>' -ForEach @(
        @{ Parameter = 'WebhookUrl'; Value = 'https://example.com/hook' }
        @{ Parameter = 'UploadEndpoint'; Value = 'https://example.com/up' }
        @{ Parameter = 'Ttl'; Value = '3600' }
        @{ Parameter = 'OutputType'; Value = 'URL' }
    ) {
        $row = [pscustomobject]@{ Text = 'hello'; $Parameter = $Value }
        $outcome = Get-Outcome -Action { $row, 'next' | New-TtsSpeech -OutputFormat WAV }
        $outcome.Errors | Should -HaveCount 1
        $outcome.Errors[0] | Get-ErrorName | Should -BeExactly "NotSupported.$Parameter"
        $outcome.Errors[0].CategoryInfo.Category | Should -Be 'NotImplemented'
        [object]::ReferenceEquals($outcome.Errors[0].TargetObject, $row) | Should -BeTrue
        $outcome.Output.Text | Should -BeExactly 'next'
    }

    It 'is an error by name: -Async' {
        $outcome = Get-Outcome -Action { 'one' | New-TtsSpeech -Async }
        $outcome.Errors | Get-ErrorName | Should -BeExactly 'NotSupported.Async'
    }

    It 'is an error by name: a voice that has no draft' {
        (Get-Outcome -Action { New-TtsSpeech -Text 'hello' -Voice newcomer }).Errors | Get-ErrorName | Should -BeExactly 'NotSupported.Voice'
    }

    It 'takes the output types that it can give: <_>' -ForEach 'base64Data', 'dataURI' {
        (New-TtsSpeech -Text 'hello' -OutputFormat WAV -OutputType $_ -WarningAction Ignore).AudioData | Should -Not -BeNullOrEmpty
    }
}

Describe 'A program that is missing' {
    BeforeAll {
        function Invoke-WithoutPath {
            param([scriptblock] $Action)
            $before = $env:PATH
            try {
                $env:PATH = $TestDrive
                Get-Outcome -Action $Action
            }
            finally { $env:PATH = $before }
        }
    }

    BeforeEach { Reset-RecoveryLedger }

    It 'is OfflineToolMissing with an install command, already at Connect-TtsService' {
        $outcome = Invoke-WithoutPath -Action { Connect-TtsService -Offline }
        $outcome.Thrown | Get-ErrorName | Should -BeExactly 'OfflineToolMissing'
        $outcome.Thrown.CategoryInfo.Category | Should -Be 'NotInstalled'
        $outcome.Thrown.Exception.Message | Should -Match 'espeak-ng'
        $outcome.Thrown.Exception.Message | Should -Match '(apt-get|dnf|pacman|apk|brew|winget) .*(install|-S|add)|(install|-S|add) '
    }

    It 'is OfflineToolMissing for a row, and writes nothing' {
        $folder = Join-Path -Path $TestDrive -ChildPath 'missing'
        $outcome = Invoke-WithoutPath -Action { 'hello' | New-TtsSpeech -OutputFormat WAV -OutputDirectory $folder }
        $outcome.Errors | Get-ErrorName | Should -BeExactly 'OfflineToolMissing'
        if (Test-Path -LiteralPath $folder) { Get-ChildItem -LiteralPath $folder -Force -Recurse -Filter '*.part' | Should -HaveCount 0 }
    }

    It 'is OfflineToolMissing for ffmpeg, when only it is missing; WAV needs none' -Skip:$IsWindows {
        $tools = New-Item -ItemType Directory -Path (Join-Path -Path $TestDrive -ChildPath 'tools')
        New-Item -ItemType SymbolicLink -Path (Join-Path -Path $tools.FullName -ChildPath 'espeak-ng') -Target (Get-Command -Name 'espeak-ng').Source | Out-Null
        $before = $env:PATH
        try {
            $env:PATH = $tools.FullName
            $outcome = Get-Outcome -Action { 'WAV', 'MP3' | ForEach-Object -Process { [pscustomobject]@{ Text = 'hello'; OutputFormat = $_ } } | New-TtsSpeech }
        }
        finally { $env:PATH = $before }
        $outcome.Output.OutputFormat | Should -BeExactly 'WAV'
        $outcome.Errors | Get-ErrorName | Should -BeExactly 'OfflineToolMissing'
        $outcome.Errors[0].Exception.Message | Should -Match 'ffmpeg'
    }
}

Describe 'The view of a result' {
    BeforeEach { Reset-RecoveryLedger }

    It 'is a table of file, voice, format, duration, cost and status' {
        $result = New-TtsSpeech -Text 'hello there' -Id 'gate' -Voice ryan -OutputFormat WAV -OutputDirectory $TestDrive -WarningAction Ignore
        $shown = $result | Out-String -Width 200
        foreach ($part in 'File', 'Voice', 'Format', 'Duration', 'Cost', 'Status', 'gate\.wav', 'ryan', 'WAV', '0:0\d\.\d', 'free', 'Completed') { $shown | Should -Match $part }
    }

    It 'says where unsaved audio is' {
        New-TtsSpeech -Text 'hello' -OutputFormat WAV -WarningAction Ignore | Out-String -Width 200 | Should -Match 'AudioData'
    }

    It 'writes numbers alike under de-DE' {
        $result = New-TtsSpeech -Text 'hello' -OutputFormat WAV -WarningAction Ignore
        Invoke-InCulture -Culture 'de-DE' -Action { $result | Out-String -Width 200 } | Should -Match '0:0\d\.\d'
    }
}
