# Where results are saved, and what is refused before anything is spoken. By draft voices: no key, no network.

BeforeDiscovery {
    $script:outside = @(
        @{ Path = '../x.wav'; Says = '\.\.' }
        @{ Path = '..\x.wav'; Says = '\.\.' }
        @{ Path = 'a/../../x.wav'; Says = '\.\.' }
        @{ Path = 'a/../x.wav'; Says = '\.\.' }
        @{ Path = '/x.wav'; Says = 'absolute' }
        @{ Path = '\x.wav'; Says = 'absolute' }
        @{ Path = '\\server\share\x.wav'; Says = 'absolute' }
        @{ Path = '//server/share/x.wav'; Says = 'absolute' }
        @{ Path = 'C:\x.wav'; Says = 'drive' }
        @{ Path = 'C:x.wav'; Says = 'drive' }
        @{ Path = 'TestDrive:/x.wav'; Says = 'drive' }
        @{ Path = 'FileSystem::x.wav'; Says = 'provider' }
        @{ Path = 'x.wav:stream.wav'; Says = 'stream' }
        @{ Path = '~/x.wav'; Says = '~' }
        @{ Path = '~root/x.wav'; Says = '~' }
        @{ Path = 'a//x.wav'; Says = 'empty part' }
        @{ Path = 'CON.wav'; Says = 'reserved' }
        @{ Path = 'con'; Says = 'reserved' }
        @{ Path = 'nul/x.wav'; Says = 'reserved' }
        @{ Path = 'LPT1.intro.wav'; Says = 'reserved' }
        @{ Path = 'what?.wav'; Says = 'character' }
        @{ Path = 'a*b.wav'; Says = 'character' }
        @{ Path = 'a|b.wav'; Says = 'character' }
        @{ Path = "a`nb.wav"; Says = 'character' }
        @{ Path = 'dot./x.wav'; Says = 'dot or blank' }
        @{ Path = 'blank /x.wav'; Says = 'dot or blank' }
        @{ Path = "$('x' * 241).wav"; Says = '240 bytes' }
        @{ Path = "$([string][char]0x6F22 * 81)/x.wav"; Says = '240 bytes' }
        @{ Path = 'tts-ledger.jsonl'; Says = 'ledger' }
        @{ Path = 'TTS-Ledger.JSONL'; Says = 'ledger' }
    )
}

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

    It 'refuses <Path>' -ForEach $outside {
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

    It 'goes on with the other rows' {
        $rows = 'Text,OutputPath', 'a,a.wav', 'b,../b.wav', 'c,c.wav' | ConvertFrom-Csv
        $outcome = Get-Outcome -Action { $rows | New-TtsSpeech -OutputDirectory $Folder }
        $outcome.Output.Text | Should -Be 'a', 'c'
        $outcome.Errors | Should -HaveCount 1
    }

    It 'separates folders by / and by \ on every system' {
        $rows = 'Text,OutputPath', 'a,one/a.wav', 'b,two\b.wav' | ConvertFrom-Csv
        $rows | New-TtsSpeech -OutputDirectory $Folder | Out-Null
        Join-Path -Path $Folder -ChildPath 'one/a.wav' | Should -Exist
        Join-Path -Path $Folder -ChildPath 'two/b.wav' | Should -Exist
    }

    It 'takes names with brackets, blanks and letters of any script' {
        $name = "in tro [1] $([char]0x6F22)$([char]0xE9).wav"
        $result = [pscustomobject]@{ Text = 'hello'; OutputPath = $name } | New-TtsSpeech -OutputDirectory "$Folder [x] y"
        Test-Path -LiteralPath $result.Path | Should -BeTrue
        $result.File.Name | Should -BeExactly $name
    }

    It 'takes a name of two dots that is no way up' {
        $result = [pscustomobject]@{ Text = 'hello'; OutputPath = 'intro..final.wav' } | New-TtsSpeech -OutputDirectory $Folder
        $result.File.Name | Should -BeExactly 'intro..final.wav'
    }

    It 'refuses a link that leads out' -Skip:$IsWindows {
        $outer = New-Item -ItemType Directory -Path (Join-Path -Path $TestDrive -ChildPath "outer-$([guid]::NewGuid())")
        New-Item -ItemType Directory -Path $Folder | Out-Null
        New-Item -ItemType SymbolicLink -Path (Join-Path -Path $Folder -ChildPath 'link') -Target $outer.FullName | Out-Null
        $outcome = Get-Outcome -Action { [pscustomobject]@{ Text = 'hello'; OutputPath = 'link/x.wav' } | New-TtsSpeech -OutputDirectory $Folder }
        $outcome.Errors | Get-ErrorName | Should -BeExactly 'OutputOutsideDirectory'
        $outcome.Errors[0].Exception.Message | Should -Match "'link'"
        Get-ChildItem -LiteralPath $outer.FullName | Should -HaveCount 0
    }

    It 'refuses a file that is a link out, also under -Force' -Skip:$IsWindows {
        $victim = Join-Path -Path $TestDrive -ChildPath "victim-$([guid]::NewGuid()).wav"
        Set-Content -LiteralPath $victim -Value 'untouched'
        New-Item -ItemType Directory -Path $Folder | Out-Null
        New-Item -ItemType SymbolicLink -Path (Join-Path -Path $Folder -ChildPath 'x.wav') -Target $victim | Out-Null
        $outcome = Get-Outcome -Action { [pscustomobject]@{ Text = 'hello'; OutputPath = 'x.wav' } | New-TtsSpeech -OutputDirectory $Folder -Force }
        $outcome.Errors | Get-ErrorName | Should -BeExactly 'OutputOutsideDirectory'
        Get-Content -LiteralPath $victim | Should -BeExactly 'untouched'
    }

    It 'refuses a link that leads out by way of another link' -Skip:$IsWindows {
        $outer = New-Item -ItemType Directory -Path (Join-Path -Path $TestDrive -ChildPath "outer-$([guid]::NewGuid())/deep")
        New-Item -ItemType Directory -Path $Folder | Out-Null
        New-Item -ItemType SymbolicLink -Path (Join-Path -Path $Folder -ChildPath 'out') -Target $outer.Parent.FullName | Out-Null
        New-Item -ItemType SymbolicLink -Path (Join-Path -Path $Folder -ChildPath 'inner') -Target (Join-Path -Path $Folder -ChildPath 'out/deep') | Out-Null
        $outcome = Get-Outcome -Action { [pscustomobject]@{ Text = 'hello'; OutputPath = 'inner/x.wav' } | New-TtsSpeech -OutputDirectory $Folder }
        $outcome.Errors | Get-ErrorName | Should -BeExactly 'OutputOutsideDirectory'
        Get-ChildItem -LiteralPath $outer.FullName | Should -HaveCount 0
    }

    It 'welcomes a link that stays inside' -Skip:$IsWindows {
        $inner = New-Item -ItemType Directory -Path (Join-Path -Path $Folder -ChildPath 'inner')
        New-Item -ItemType SymbolicLink -Path (Join-Path -Path $Folder -ChildPath 'link') -Target $inner.FullName | Out-Null
        [pscustomobject]@{ Text = 'hello'; OutputPath = 'link/x.wav' } | New-TtsSpeech -OutputDirectory $Folder | Out-Null
        Join-Path -Path $inner.FullName -ChildPath 'x.wav' | Should -Exist
    }

    It 'works in a folder that is itself reached by a link' -Skip:$IsWindows {
        $real = New-Item -ItemType Directory -Path "$Folder-real"
        New-Item -ItemType SymbolicLink -Path $Folder -Target $real.FullName | Out-Null
        [pscustomobject]@{ Text = 'hello'; OutputPath = 'sub/x.wav' } | New-TtsSpeech -OutputDirectory $Folder | Out-Null
        Join-Path -Path $real.FullName -ChildPath 'sub/x.wav' | Should -Exist
    }
}

Describe 'The name of a file' {
    BeforeEach {
        Reset-RecoveryLedger
        $script:Folder = Join-Path -Path $TestDrive -ChildPath "out-$([guid]::NewGuid().ToString('N'))"
    }

    It 'is the Id with the extension of the format' {
        $result = [pscustomobject]@{ Text = 'hello'; Id = 'gate-7'; OutputFormat = 'FLAC' } | New-TtsSpeech -OutputDirectory $Folder
        $result.Path | Should -BeExactly (Join-Path -Path $Folder -ChildPath 'gate-7.flac')
    }

    It 'is made safe when the Id <Id> is no name' -ForEach @(
        @{ Id = '../../etc/passwd'; Name = '.._.._etc_passwd.wav' }
        @{ Id = 'a/b:c*d'; Name = 'a_b_c_d.wav' }
        @{ Id = 'CON'; Name = '_CON.wav' }
        @{ Id = '{Hash}'; Name = '_Hash_.wav' }
        @{ Id = 'ends.'; Name = 'ends.wav' }
        @{ Id = '..'; Name = '_.wav' }
    ) {
        $result = [pscustomobject]@{ Text = 'hello'; Id = $Id; OutputFormat = 'WAV' } | New-TtsSpeech -OutputDirectory $Folder
        $result.File.Name | Should -BeExactly $Name
        $result.Id | Should -BeExactly $Id
        (Get-ChildItem -LiteralPath $Folder -File -Filter '*.wav' -Force).Name | Should -BeExactly $Name
    }

    It 'is cut when the Id is very long, and two such Ids stay apart' {
        $long = 'x' * 300
        $results = 'one', 'two' | ForEach-Object -Process { [pscustomobject]@{ Text = $_; Id = $long + $_; OutputFormat = 'WAV' } } | New-TtsSpeech -OutputDirectory $Folder
        @($results.Path | Select-Object -Unique) | Should -HaveCount 2
        $results[0].File.Name.Length | Should -BeLessThan 200
    }

    It 'has voice and hash when there is no Id' {
        $result = New-TtsSpeech -Text 'hello' -Voice ryan -OutputFormat WAV -OutputDirectory $Folder
        $result.File.Name | Should -Match '^ryan-[0-9a-f]{12}\.wav$'
    }

    It 'fills the template <Template>' -ForEach @(
        @{ Template = '{Id}'; Name = 'gate.wav' }
        @{ Template = '{Index}-{Id}.wav'; Name = '0001-gate.wav' }
        @{ Template = '{Language}/{Voice}.wav'; Name = 'German/ryan.wav' }
        @{ Template = '{Model}.wav'; Name = 'CustomVoice.wav' }
        @{ Template = '{id}_{VOICE}.wav'; Name = 'gate_ryan.wav' }
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

    It 'has the same {Hash} for the same request and another for another' {
        $results = 'one', 'two' | New-TtsSpeech -OutputPath '{Hash}.wav' -OutputDirectory $Folder
        $again = 'one' | New-TtsSpeech -OutputPath 'again/{Hash}.wav' -OutputDirectory $Folder
        $results[0].File.Name | Should -Not -Be $results[1].File.Name
        $again.File.Name | Should -BeExactly $results[0].File.Name
    }

    It 'cannot leave the folder by a template value' {
        $row = [pscustomobject]@{ Text = 'hello'; Id = '../up'; OutputPath = '{Id}.wav' }
        $result = $row | New-TtsSpeech -OutputDirectory $Folder
        Split-Path -Path $result.Path -Parent | Should -BeExactly $Folder
    }

    It 'has -1, -2, -3 for several results' {
        $results = New-TtsSpeech -Text 'hello' -NumberResults 3 -OutputPath 'take.wav' -OutputDirectory $Folder
        $results.File.Name | Should -Be 'take-1.wav', 'take-2.wav', 'take-3.wav'
        $results.Path | Should -Exist
    }

    It 'gets the extension of the format when it has none' {
        (New-TtsSpeech -Text 'hello' -OutputFormat WAV -OutputPath 'v1.2 intro' -OutputDirectory $Folder).File.Name | Should -BeExactly 'v1.2 intro.wav'
    }

    It 'decides the format by <Extension>' -ForEach @(
        @{ Extension = '.wav'; Format = 'WAV' }, @{ Extension = '.FLAC'; Format = 'FLAC' }, @{ Extension = '.Ogg'; Format = 'OGG' }, @{ Extension = '.mp3'; Format = 'MP3' }
    ) {
        $result = New-TtsSpeech -Text 'hello' -OutputPath "by$Extension" -OutputDirectory $Folder
        $result.OutputFormat | Should -BeExactly $Format
        $result.Audio.Format | Should -BeExactly $Format
        $result.File.Name | Should -BeExactly "by$Extension"
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

    It 'an OutputPath may go up and be absolute' {
        $result = New-TtsSpeech -Text 'hello' -OutputPath "$TestDrive/a/../up.wav"
        $result.Path | Should -BeExactly (Join-Path -Path $TestDrive -ChildPath 'up.wav')
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

    It 'fills templates too' {
        $result = New-TtsSpeech -Text 'hello' -Id 'gate' -OutputPath "$TestDrive/{Id}-{Voice}.wav"
        $result.File.Name | Should -BeExactly 'gate-auto.wav'
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

    It 'has no .part file when all is done' {
        $folder = Join-Path -Path $TestDrive -ChildPath 'clean'
        'a', 'b', 'c' | New-TtsSpeech -OutputFormat WAV -OutputDirectory $folder | Out-Null
        Get-ChildItem -LiteralPath $folder -Force -Recurse -Filter '*.part' | Should -HaveCount 0
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

    It 'are found without OutputDirectory too' {
        Set-Content -LiteralPath $File -Value 'mine'
        (Get-Outcome -Action { New-TtsSpeech -Text 'a' -OutputPath $File }).Errors | Get-ErrorName | Should -BeExactly 'OutputExists'
        Get-Content -LiteralPath $File | Should -BeExactly 'mine'
    }

    It 'are found when one of several results has its name' {
        Set-Content -LiteralPath (Join-Path -Path $Folder.FullName -ChildPath 'x-2.wav') -Value 'mine'
        $outcome = Get-Outcome -Action { New-TtsSpeech -Text 'a' -NumberResults 3 -OutputPath $File }
        $outcome.Errors | Get-ErrorName | Should -BeExactly 'OutputExists'
        Get-ChildItem -LiteralPath $Folder.FullName | Should -HaveCount 1
    }

    It 'are overwritten with -Force' {
        Set-Content -LiteralPath $File -Value 'mine'
        $result = New-TtsSpeech -Text 'a' -OutputPath $File -Force
        $result.Status | Should -BeExactly 'Completed'
        (Get-Item -LiteralPath $File).Length | Should -Be $result.Size
    }

    It 'are not overwritten with -Force when they are folders' {
        New-Item -ItemType Directory -Path $File | Out-Null
        (Get-Outcome -Action { New-TtsSpeech -Text 'a' -OutputPath $File -Force }).Errors | Get-ErrorName | Should -BeExactly 'OutputExists'
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

    It 'is OutputPathTaken also under -Force' {
        $outcome = Get-Outcome -Action { 'Text,Id', 'one,x', 'two,x' | ConvertFrom-Csv | New-TtsSpeech -OutputFormat WAV -OutputDirectory $Folder -Force }
        $outcome.Errors | Get-ErrorName | Should -BeExactly 'OutputPathTaken'
    }

    It 'is OutputPathTaken when the names differ in case only, as on Windows' {
        $outcome = Get-Outcome -Action { 'Text,OutputPath', 'one,x.wav', 'two,X.WAV' | ConvertFrom-Csv | New-TtsSpeech -OutputDirectory $Folder }
        $outcome.Errors | Get-ErrorName | Should -BeExactly 'OutputPathTaken'
    }

    It 'is OutputPathTaken when the one names a result of the other' {
        $outcome = Get-Outcome -Action { 'Text,OutputPath,NumberResults', 'one,x.wav,2', 'two,x-2.wav,1' | ConvertFrom-Csv | New-TtsSpeech -OutputDirectory $Folder }
        $outcome.Errors | Get-ErrorName | Should -BeExactly 'OutputPathTaken'
    }

    It 'is OutputPathTaken when the paths are spelled differently' {
        $rows = 'Text,OutputPath', 'one,sub/x.wav', 'two,sub\x.wav' | ConvertFrom-Csv
        (Get-Outcome -Action { $rows | New-TtsSpeech -OutputDirectory $Folder }).Errors | Get-ErrorName | Should -BeExactly 'OutputPathTaken'
    }

    It 'is Unchanged for an equal request, however its defaults are written' {
        $rows = 'Text,OutputPath,Voice,Speed,Language', 'one,x.wav,,,', 'one,x.wav,AUTO,1.00,auto' | ConvertFrom-Csv
        $outcome = Get-Outcome -Action { $rows | New-TtsSpeech -OutputDirectory $Folder }
        $outcome.Errors | Should -HaveCount 0
        $outcome.Output.Status | Should -Be 'Completed', 'Unchanged'
        $outcome.Output[1].Path | Should -BeExactly $outcome.Output[0].Path
        $outcome.Output[1].Audio.Duration | Should -Be $outcome.Output[0].Audio.Duration
        [object]::ReferenceEquals($outcome.Output[1].InputObject, $rows[1]) | Should -BeTrue
    }

    It 'is Unchanged for equal texts without a name' {
        $results = 'same', 'same', 'same' | New-TtsSpeech -OutputFormat WAV -OutputDirectory $Folder
        $results.Status | Should -Be 'Completed', 'Unchanged', 'Unchanged'
        Get-ChildItem -LiteralPath $Folder -Filter '*.wav' | Should -HaveCount 1
    }
}
