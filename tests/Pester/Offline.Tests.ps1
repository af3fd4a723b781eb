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

    It 'leaves no child process when its pipeline is cut off' {
        (1..30 | ForEach-Object -Process { "text $_" } | New-TtsSpeech -OutputFormat MP3 -WarningAction Ignore | Select-Object -First 1).Text | Should -BeExactly 'text 1'
        # They are killed, and that takes a moment.
        Wait-Until { -not (Get-Process -Name 'espeak-ng', 'ffmpeg' -ErrorAction Ignore | Where-Object -FilterScript { $_.Parent.Id -eq $PID }) }
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
}
