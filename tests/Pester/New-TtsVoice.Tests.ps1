# Keeping and removing voices: what PowerShell adds. Which clips, names and files are good is proven in the tests of Core.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Support.ps1')
    Import-TestModule
    Connect-TtsService -Offline
    $script:Line = 'Good evening, and welcome. The old harbour was quiet that night.'
    $script:Take = New-TtsSpeech -Text $Line -OutputPath (Join-Path -Path $TestDrive -ChildPath 'take.wav') -Language en -WarningAction Ignore
    Disconnect-TtsService
}

AfterAll { Close-TestResource }

Describe 'New-TtsVoice' {
    BeforeEach {
        $script:Folder = Join-Path -Path $TestDrive -ChildPath "voices-$([guid]::NewGuid().ToString('N'))"
        Push-Location -LiteralPath $TestDrive
    }

    AfterEach { Pop-Location }

    It 'keeps a recording by its PowerShell path, and warns where it has no transcript' {
        $outcome = Get-Outcome -Action { New-TtsVoice -Name anna -Path take.wav -VoiceFolder $Folder }
        $outcome.Output | Should -HaveCount 1
        $outcome.Output[0].PSObject.TypeNames[0] | Should -BeExactly 'RunwareTts.TtsVoice'
        $outcome.Output[0].Path | Should -BeExactly (Join-Path -Path $Folder -ChildPath 'anna.wav')
        $outcome.Warnings | Should -HaveCount 1
        $outcome.Warnings[0] | Should -Match 'without a transcript'
        (Get-Outcome -Action { New-TtsVoice -Name ben -Path take.wav -Transcript $Line -VoiceFolder $Folder }).Warnings | Should -HaveCount 0
    }

    It 'keeps a result, live, from a CSV and from a file object' {
        $live = $Take | New-TtsVoice -Name live -VoiceFolder $Folder
        $live.Transcript, $live.NativeLanguage | Should -Be $Line, 'English'
        $csv = Join-Path -Path $TestDrive -ChildPath 'takes.csv'
        $Take | Export-Csv -LiteralPath $csv -Encoding utf8
        (Import-Csv -LiteralPath $csv | New-TtsVoice -Name csv -VoiceFolder $Folder).Transcript | Should -BeExactly $Line
        (Get-Item -Path take.wav | New-TtsVoice -Name file -VoiceFolder $Folder -Transcript $Line).Transcript | Should -BeExactly $Line
        ('take.wav' | New-TtsVoice -Name text -VoiceFolder $Folder -Transcript $Line).Path | Should -Exist
        (Get-TtsVoice -Kind Kept -VoiceFolder $Folder).Name | Should -Be 'csv', 'file', 'live', 'text'
    }

    It 'writes to the first folder that is named' {
        $env:RUNWARE_TTS_VOICES = 'relative', $Folder, $TestDrive -join [System.IO.Path]::PathSeparator
        try { ($Take | New-TtsVoice -Name anna).Path | Split-Path | Should -BeExactly $Folder }
        finally { Remove-Item -Path env:RUNWARE_TTS_VOICES }
        ($Take | New-TtsVoice -Name anna).Path | Split-Path | Should -BeExactly (Join-Path -Path $env:XDG_DATA_HOME -ChildPath 'RunwareTts/voices')
        Remove-TtsVoice anna
        Get-TtsVoice -Kind Kept | Should -BeNullOrEmpty
    }

    It 'replaces a voice on demand only, and writes nothing with -WhatIf' {
        $null = $Take | New-TtsVoice -Name anna -VoiceFolder $Folder
        $Take | New-TtsVoice -Name ben -VoiceFolder $Folder -WhatIf
        $outcome = Get-Outcome -Action { $Take | New-TtsVoice -Name Anna -VoiceFolder $Folder }
        $outcome.Errors | Get-ErrorName | Should -BeExactly 'VoiceExists'
        $outcome.Errors[0].CategoryInfo.Category | Should -Be 'ResourceExists'
        $outcome.Thrown | Should -BeNullOrEmpty
        ($Take | New-TtsVoice -Name Anna -VoiceFolder $Folder -Force).Name | Should -BeExactly 'anna'
        (Get-ChildItem -LiteralPath $Folder -Filter *.json).Name | Should -BeExactly 'anna.ttsvoice.json'
    }

    It 'refuses <Name> by name and keeps nothing' -ForEach @(
        @{ Name = 'a preset'; Id = 'InvalidRequest.Name'; Arguments = @{ Name = 'Ryan'; Path = 'take.wav' } }
        @{ Name = 'a blank name'; Id = 'InvalidRequest.Name'; Arguments = @{ Name = ''; Path = 'take.wav' } }
        @{ Name = 'a missing file'; Id = 'InvalidRequest.Path'; Arguments = @{ Name = 'x'; Path = 'gone.wav' } }
        @{ Name = 'another provider'; Id = 'InvalidRequest.Path'; Arguments = @{ Name = 'x'; Path = 'env:PATH' } }
        @{ Name = 'a language'; Id = 'InvalidRequest.Language'; Arguments = @{ Name = 'x'; Path = 'take.wav'; Language = 'Klingon' } }
        @{ Name = 'a lost character'; Id = 'InvalidRequest.Transcript'; Arguments = @{ Name = 'x'; Path = 'take.wav'; Transcript = "Sch$([char]0xFFFD)n" } }
        @{ Name = 'a result of nothing'; Id = 'InvalidRequest.InputObject'; Arguments = @{ Name = 'x'; InputObject = [pscustomobject]@{ Text = 'x' } } }
    ) {
        $outcome = Get-Outcome -Action { New-TtsVoice @Arguments -VoiceFolder $Folder }
        $outcome.Output | Should -HaveCount 0
        $outcome.Errors | Get-ErrorName | Should -BeExactly $Id
        $Folder | Should -Not -Exist
    }
}

Describe 'Get-TtsVoice and Remove-TtsVoice' {
    BeforeEach {
        $script:Folder = Join-Path -Path $TestDrive -ChildPath "voices-$([guid]::NewGuid().ToString('N'))"
        foreach ($name in 'anna', 'ben', 'carl') { $null = $Take | New-TtsVoice -Name $name -VoiceFolder $Folder }
        Set-Content -LiteralPath (Join-Path -Path $Folder -ChildPath 'broken.ttsvoice.json') -Value '{'
    }

    It 'lists kept voices after the presets, and warns of a broken one' {
        $outcome = Get-Outcome -Action { Get-TtsVoice -VoiceFolder $Folder }
        $outcome.Output.Kind | Should -Be (@('Preset') * 9 + @('Kept') * 3)
        $outcome.Output[-1].Voice | Should -BeExactly 'carl'
        $outcome.Warnings | Should -HaveCount 1
        $outcome.Warnings[0] | Should -Match 'broken\.ttsvoice\.json cannot be used'
        (Get-TtsVoice -VoiceFolder $Folder -Kind Preset) | Should -HaveCount 9
        (Get-TtsVoice 'B*' -VoiceFolder $Folder -WarningAction Ignore).Name | Should -BeExactly 'ben'
        (Get-TtsVoice -Model Base -VoiceFolder $Folder -WarningAction Ignore).Name | Should -Be 'anna', 'ben', 'carl'
        (Get-TtsVoice -Language en -VoiceFolder $Folder -WarningAction Ignore).Name | Should -Be 'aiden', 'ryan', 'anna', 'ben', 'carl'
        Get-TtsVoice -Gender Male -VoiceFolder $Folder -Kind Kept -WarningAction Ignore | Should -BeNullOrEmpty
    }

    It 'is an error by name for a broken one, a missing one and a missing folder' {
        (Get-Outcome -Action { Get-TtsVoice broken -VoiceFolder $Folder }).Errors | Get-ErrorName | Should -BeExactly 'VoiceInvalid'
        $missing = (Get-Outcome -Action { Get-TtsVoice ana -VoiceFolder $Folder }).Errors
        $missing | Get-ErrorName | Should -BeExactly 'VoiceNotFound'
        $missing[0].Exception.Message | Should -Match "Did you mean 'anna'"
        (Get-Outcome -Action { Get-TtsVoice -VoiceFolder "$Folder-typo" }).Errors | Get-ErrorName | Should -BeExactly 'InvalidRequest.VoiceFolder'
    }

    It 'removes by name, by pattern and from the pipeline, and only there' {
        $null = $Take | New-TtsVoice -Name anna
        Remove-TtsVoice 'a*', broken -VoiceFolder $Folder
        (Get-ChildItem -LiteralPath $Folder).Name | Should -Be 'ben.ttsvoice.json', 'ben.wav', 'carl.ttsvoice.json', 'carl.wav'
        Get-TtsVoice -Name ben -VoiceFolder $Folder | Remove-TtsVoice
        'carl' | Remove-TtsVoice -VoiceFolder $Folder
        Get-ChildItem -LiteralPath $Folder | Should -BeNullOrEmpty
        (Get-TtsVoice -Kind Kept).Name | Should -BeExactly 'anna'
        Remove-TtsVoice anna
    }

    It 'removes no preset and nothing with -WhatIf' {
        foreach ($name in 'ryan', 'nobody') {
            $outcome = Get-Outcome -Action { Remove-TtsVoice $name -VoiceFolder $Folder }
            $outcome.Errors | Get-ErrorName | Should -BeExactly 'VoiceNotFound'
        }
        (Get-Outcome -Action { Get-TtsVoice ryan | Remove-TtsVoice }).Errors | Get-ErrorName | Should -BeExactly 'VoiceNotFound'
        (Get-Outcome -Action { Remove-TtsVoice 'zz*' -VoiceFolder $Folder }).Errors | Should -HaveCount 0
        Remove-TtsVoice '*' -VoiceFolder $Folder -WhatIf
        Get-ChildItem -LiteralPath $Folder -Filter *.json | Should -HaveCount 4
    }

    It 'completes kept voices for: <Line>' -ForEach @(
        @{ Line = 'New-TtsSpeech -Voice b'; Found = 'ben', 'broken' }
        @{ Line = 'New-TtsSpeech -Model Base -Voice '; Found = 'clone', 'anna', 'ben', 'broken', 'carl' }
        @{ Line = 'New-TtsSpeech -Model CustomVoice -Voice an'; Found = @() }
        @{ Line = 'Get-TtsVoice an'; Found = @('anna') }
        @{ Line = 'Get-TtsVoice -Kind Preset an'; Found = @() }
        @{ Line = 'Remove-TtsVoice c'; Found = @('carl') }
    ) {
        $env:RUNWARE_TTS_VOICES = $Folder
        try { @((TabExpansion2 -inputScript $Line -cursorColumn $Line.Length).CompletionMatches | ForEach-Object -MemberName CompletionText) | Should -Be $Found }
        finally { Remove-Item -Path env:RUNWARE_TTS_VOICES }
    }

    It 'completes from a folder of the line, by its PowerShell path' {
        Push-Location -LiteralPath (Split-Path -Path $Folder)
        try {
            $line = "Remove-TtsVoice -VoiceFolder $(Split-Path -Path $Folder -Leaf) be"
            (TabExpansion2 -inputScript $line -cursorColumn $line.Length).CompletionMatches.CompletionText | Should -BeExactly 'ben'
        }
        finally { Pop-Location }
    }
}
