# Where results are saved, and what is refused before anything is spoken. By draft voices: no key, no network.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Support.ps1')
    Import-TestModule
    Connect-TtsService -Offline
    $WarningPreference = 'SilentlyContinue'
}

AfterAll { Close-TestResource }

Describe 'An OutputPath inside OutputDirectory' {
    BeforeEach {
        Reset-RecoveryLedger
        $script:Folder = Join-Path -Path $TestDrive -ChildPath "out-$([guid]::NewGuid().ToString('N'))"
    }

    # What leads out is proven in the tests of Core; these PowerShell itself would read as places.
    It 'refuses <Path>' -ForEach @(
        @{ Path = '../x.wav'; Says = '\.\.' }
        @{ Path = 'TestDrive:/x.wav'; Says = 'drive' }
        @{ Path = 'FileSystem::x.wav'; Says = 'provider' }
        @{ Path = '~/x.wav'; Says = '~' }
    ) {
        $row = [pscustomobject]@{ Text = 'hello'; OutputPath = $Path; OutputFormat = 'WAV' }
        $outcome = Get-Outcome -Action { $row | New-TtsSpeech -OutputDirectory $Folder }
        $outcome.Errors | Should -HaveCount 1
        $outcome.Errors[0] | Get-ErrorName | Should -BeExactly 'OutputOutsideDirectory'
        $outcome.Errors[0].CategoryInfo.Category | Should -Be 'PermissionDenied'
        $outcome.Errors[0].Exception.Message | Should -Match $Says
        [object]::ReferenceEquals($outcome.Errors[0].TargetObject, $row) | Should -BeTrue
        $outcome.Output | Should -HaveCount 0
        if (Test-Path -LiteralPath $Folder) { Get-ChildItem -LiteralPath $Folder -Recurse -File -Filter '*.wav' | Should -HaveCount 0 }
    }

    It 'takes names with brackets, blanks and letters of any script' {
        $name = "in tro [1] $([char]0x6F22)$([char]0xE9).wav"
        $result = [pscustomobject]@{ Text = 'hello'; OutputPath = $name } | New-TtsSpeech -OutputDirectory "$Folder [x] y"
        Test-Path -LiteralPath $result.Path | Should -BeTrue
        $result.File.Name | Should -BeExactly $name
    }
}

Describe 'The name of a file' {
    BeforeEach {
        Reset-RecoveryLedger
        $script:Folder = Join-Path -Path $TestDrive -ChildPath "out-$([guid]::NewGuid().ToString('N'))"
    }

    It 'fills the template <Template>' -ForEach @(
        @{ Template = '{Index}-{Id}'; Name = '0001-gate.wav' }
        @{ Template = '{Language}/{VOICE}.wav'; Name = 'German/ryan.wav' }
    ) {
        $row = [pscustomobject]@{ Text = 'hallo'; Id = 'gate'; Voice = 'Ryan'; Language = 'de'; OutputFormat = 'WAV'; OutputPath = $Template }
        $result = $row | New-TtsSpeech -OutputDirectory $Folder
        $result.Path | Should -BeExactly (Join-Path -Path $Folder -ChildPath $Name)
        $result.Path | Should -Exist
    }

    It 'counts {Index} by the rows that were piped, the refused ones too' {
        $outcome = Get-Outcome -Action { 'one', '', 'three' | New-TtsSpeech -OutputPath '{Index}.wav' -OutputDirectory $Folder }
        $outcome.Output.File.Name | Should -Be '0001.wav', '0003.wav'
    }
}

Describe 'Without OutputDirectory' {
    BeforeEach { Reset-RecoveryLedger }

    It 'an OutputPath that names a folder, <_>, is refused' -ForEach '.', '..', '~', 'out/', 'Temp:' {
        $path = $_
        (Get-Outcome -Action { New-TtsSpeech -Text 'hello' -OutputPath $path }).Errors | Get-ErrorName | Should -BeExactly 'InvalidRequest.OutputPath'
    }

    It 'an OutputPath that is a folder, or whose name is too long, is refused' {
        foreach ($path in "$TestDrive", (Join-Path -Path $TestDrive -ChildPath "$('x' * 300).mp3")) {
            (Get-Outcome -Action { New-TtsSpeech -Text 'hello' -OutputPath $path }).Errors | Get-ErrorName | Should -BeExactly 'InvalidRequest.OutputPath'
        }
    }

    It 'an OutputPath is a PowerShell path: relative to the location' {
        $place = New-Item -ItemType Directory -Path (Join-Path -Path $TestDrive -ChildPath "place-$([guid]::NewGuid())")
        Push-Location -LiteralPath $place.FullName
        try { $result = New-TtsSpeech -Text 'hello' -OutputPath 'sub/rel.wav' }
        finally { Pop-Location }
        $result.Path | Should -BeExactly (Join-Path -Path $place.FullName -ChildPath 'sub/rel.wav')
        $result.Path | Should -Exist
    }

    It 'an OutputPath may stand on a drive of New-PSDrive' {
        New-PSDrive -Name TtsDrive -PSProvider FileSystem -Root $TestDrive | Out-Null
        $result = New-TtsSpeech -Text 'hello' -OutputPath 'TtsDrive:/on-drive.wav'
        $result.Path | Should -BeExactly (Join-Path -Path $TestDrive -ChildPath 'on-drive.wav')
        $result.Path | Should -Exist
    }

    It 'an OutputPath has brackets and blanks as they stand' {
        $path = Join-Path -Path $TestDrive -ChildPath 'a [b] c.wav'
        (New-TtsSpeech -Text 'hello' -OutputPath $path).Path | Should -BeExactly $path
        Test-Path -LiteralPath $path | Should -BeTrue
    }

    It 'refuses an OutputPath at <_>, which is no file' -ForEach 'env:tts.wav', 'Variable:tts.wav', 'nowhere:/x.wav' {
        $outcome = Get-Outcome -Action { 'hello' | New-TtsSpeech -OutputPath $_ }
        $outcome.Errors | Get-ErrorName | Should -BeExactly 'InvalidRequest.OutputPath'
        $outcome.Thrown | Should -BeNullOrEmpty
    }

    It 'and without OutputPath nothing is saved: the bytes are in AudioData' {
        $place = New-Item -ItemType Directory -Path (Join-Path -Path $TestDrive -ChildPath "empty-$([guid]::NewGuid())")
        Push-Location -LiteralPath $place.FullName
        try { $result = New-TtsSpeech -Text 'hello' -Id 'unsaved' -OutputFormat WAV }
        finally { Pop-Location }
        $result.Path | Should -BeNullOrEmpty
        $result.File | Should -BeNullOrEmpty
        $result.AudioData.Length | Should -Be $result.Size
        [System.Text.Encoding]::ASCII.GetString($result.AudioData, 0, 4) | Should -BeExactly 'RIFF'
        Get-ChildItem -LiteralPath $place.FullName -Force | Should -HaveCount 0
    }
}

Describe 'A batch folder' {
    BeforeEach { Reset-RecoveryLedger }

    It 'is refused when it is blank, as when a variable holds nothing' {
        $outcome = Get-Outcome -Action { 'hello' | New-TtsSpeech -OutputDirectory ' ' }
        $outcome.Thrown | Get-ErrorName | Should -BeExactly 'InvalidRequest.OutputDirectory'
        $outcome.Thrown.Exception.Message | Should -BeLike '*blank*leave it out*'
    }

    It 'is made when it is not there' {
        $folder = Join-Path -Path $TestDrive -ChildPath 'new/deep/folder'
        (New-TtsSpeech -Text 'hello' -OutputFormat WAV -OutputDirectory $folder).Path | Should -Exist
    }

    It 'may be relative to the location, and on a PSDrive' {
        Push-Location -LiteralPath $TestDrive
        try {
            (New-TtsSpeech -Text 'hello' -Id r -OutputFormat WAV -OutputDirectory 'rel').Path | Should -BeExactly (Join-Path -Path $TestDrive -ChildPath 'rel/r.wav')
            (New-TtsSpeech -Text 'hello' -Id d -OutputFormat WAV -OutputDirectory 'TestDrive:/rel').Path | Should -BeExactly (Join-Path -Path $TestDrive -ChildPath 'rel/d.wav')
        }
        finally { Pop-Location }
    }

    It 'is refused once when it is no place of the file system' {
        $outcome = Get-Outcome -Action { 'a', 'b' | New-TtsSpeech -OutputDirectory 'env:' }
        $outcome.Errors | Get-ErrorName | Should -BeExactly 'InvalidRequest.OutputDirectory'
        $outcome.Thrown | Should -Not -BeNullOrEmpty
    }

    It 'does not follow a column: -OutputDirectory binds on the line only' {
        $place = Join-Path -Path $TestDrive -ChildPath 'column'
        [pscustomobject]@{ Text = 'hello'; OutputDirectory = $place; Force = 'true'; Endpoint = 'https://evil.example'; ApiKey = 'x' } | New-TtsSpeech -OutputFormat WAV | Out-Null
        $place | Should -Not -Exist
    }
}

Describe 'Files that are there already' {
    BeforeEach {
        Reset-RecoveryLedger
        $script:Folder = New-Item -ItemType Directory -Path (Join-Path -Path $TestDrive -ChildPath "out-$([guid]::NewGuid().ToString('N'))")
        $script:File = Join-Path -Path $Folder.FullName -ChildPath 'x.wav'
    }

    It 'are not overwritten: OutputExists, and the others go on' {
        Set-Content -LiteralPath $File -Value 'mine'
        $rows = 'Text,OutputPath', 'a,x.wav', 'b,y.wav' | ConvertFrom-Csv
        $outcome = Get-Outcome -Action { $rows | New-TtsSpeech -OutputDirectory $Folder.FullName }
        $outcome.Errors | Should -HaveCount 1
        $outcome.Errors[0] | Get-ErrorName | Should -BeExactly 'OutputExists'
        $outcome.Errors[0].CategoryInfo.Category | Should -Be 'ResourceExists'
        $outcome.Errors[0].Exception.Message | Should -Match '-Force'
        [object]::ReferenceEquals($outcome.Errors[0].TargetObject, $rows[0]) | Should -BeTrue
        Get-Content -LiteralPath $File | Should -BeExactly 'mine'
        $outcome.Output.Text | Should -BeExactly 'b'
    }

    It 'are overwritten with -Force' {
        Set-Content -LiteralPath $File -Value 'mine'
        $result = New-TtsSpeech -Text 'a' -OutputPath $File -Force
        $result.Status | Should -BeExactly 'Completed'
        (Get-Item -LiteralPath $File).Length | Should -Be $result.Size
    }
}

Describe 'Two rows and one file' {
    BeforeEach {
        Reset-RecoveryLedger
        $script:Folder = Join-Path -Path $TestDrive -ChildPath "out-$([guid]::NewGuid().ToString('N'))"
    }

    It 'is OutputPathTaken for the second of different requests' {
        $rows = 'Text,OutputPath', 'one,x.wav', 'two,x.wav' | ConvertFrom-Csv
        $outcome = Get-Outcome -Action { $rows | New-TtsSpeech -OutputDirectory $Folder }
        $outcome.Errors | Should -HaveCount 1
        $outcome.Errors[0] | Get-ErrorName | Should -BeExactly 'OutputPathTaken'
        $outcome.Errors[0].CategoryInfo.Category | Should -Be 'ResourceExists'
        [object]::ReferenceEquals($outcome.Errors[0].TargetObject, $rows[1]) | Should -BeTrue
        $outcome.Output.Text | Should -BeExactly 'one'
    }
}
