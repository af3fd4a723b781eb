# Tags in the files that are saved: where they are asked for, row by row, and never another cent for them.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Support.ps1')
    Import-TestModule
    $script:Emulator = Open-Emulator
    Connect-TtsService -ApiKey $TestKey -Endpoint $Emulator.Url
    # A cell of this name is a table only where it comes from JSON.
    $script:Csv = Join-Path -Path $TestDrive -ChildPath 'book.csv'
    Set-Content -LiteralPath $Csv -Value 'Id,Text,OutputFormat,Chapter', "a,One by one,MP3,First = ; `u{E9}", 'b,Two by two,WAV,Second', 'c,Three by three,OGG,', 'd,Four by four,FLAC,Fourth'

    function Test-Word {
        # These words stand in the file, in whatever way its format has them.
        param([Parameter(Mandatory)] [string] $Path, [Parameter(Mandatory)] [string] $Word)

        $encoding = [System.Text.Encoding]::Latin1
        return $encoding.GetString([System.IO.File]::ReadAllBytes($Path)).Contains($encoding.GetString([System.Text.Encoding]::UTF8.GetBytes($Word)))
    }
}

AfterAll { Close-TestResource }

Describe 'New-TtsSpeech -Tag' {
    BeforeEach {
        Reset-RecoveryLedger
        $script:Folder = Join-Path -Path $TestDrive -ChildPath "out-$([guid]::NewGuid().ToString('N'))"
        $script:Before = Get-Record -Emulator $Emulator
    }

    It 'makes them of each row by a script block, and changes them for nothing' {
        $spoken = Import-Csv -LiteralPath $Csv | New-TtsSpeech -OutputDirectory $Folder -Tag { @{ title = $_.Chapter; artist = 'Me' } }
        Test-Word $spoken[0].Path "First = ; `u{E9}" | Should -BeTrue
        Test-Word $spoken[1].Path 'Second' | Should -BeTrue
        Test-Word $spoken[2].Path 'First' | Should -BeFalse
        $spoken | ForEach-Object { Test-Word $_.Path 'Me' | Should -BeTrue }

        $same = Import-Csv -LiteralPath $Csv | New-TtsSpeech -OutputDirectory $Folder -Tag { [ordered]@{ artist = 'Me'; TITLE = $_.Chapter } }
        $none = Import-Csv -LiteralPath $Csv | New-TtsSpeech -OutputDirectory $Folder
        $same.Size | Should -Be $spoken.Size
        $none.Size | Should -Be $spoken.Size
        $other = Import-Csv -LiteralPath $Csv | New-TtsSpeech -OutputDirectory $Folder -Tag { @{ title = "Chapter $($_.Id)" } }
        $other.Status | Select-Object -Unique | Should -BeExactly 'Unchanged'
        $other.Cost | Select-Object -Unique | Should -Be 0
        $other | ForEach-Object {
            Test-Word $_.Path "Chapter $($_.Id)" | Should -BeTrue
            Test-Word $_.Path 'First' | Should -BeFalse
        }
        $record = Get-Record -Emulator $Emulator
        $record.chargedTasks - $Before.chargedTasks | Should -Be 4
        $record.requests - $Before.requests | Should -Be 4
    }

    It 'takes the object of a row of JSON' {
        $row = '{ "Id": "j", "Text": "Of JSON", "Tag": { "title": "From JSON", "track": 7 } }' | ConvertFrom-Json
        $speech = $row, [pscustomobject]@{ Id = 'k'; Text = 'Without' } | New-TtsSpeech -OutputDirectory $Folder
        Test-Word $speech[0].Path 'From JSON' | Should -BeTrue
        Test-Word $speech[1].Path 'From JSON' | Should -BeFalse
    }

    It 'refuses the column Tag of a CSV by its row, and says what to do; a blank is not given' {
        $rows = 'Id,Text,Tag', 'x,Not this,night', 'y,But this,', 'z,And this, ' | ConvertFrom-Csv
        $outcome = Get-Outcome -Action { $rows | New-TtsSpeech -OutputDirectory $Folder }
        $outcome.Errors | Get-ErrorName | Should -BeExactly 'InvalidRequest.Tag'
        $outcome.Errors[0].TargetObject | Should -Be $rows[0]
        "$($outcome.Errors)" | Should -BeLike '*''night''*-Tag { @{ title = $_.Chapter } }*Select-Object * -ExcludeProperty Tag*'
        $outcome.Output.Id | Should -Be 'y', 'z'
        # What it says helps, both ways.
        ($rows | Select-Object * -ExcludeProperty Tag | New-TtsSpeech -OutputDirectory $Folder).Id | Should -Be 'x', 'y', 'z'
        ($rows | New-TtsSpeech -OutputDirectory $Folder -Tag { @{ title = $_.Tag } }).Id | Should -Be 'x', 'y', 'z'
        Test-Word (Join-Path -Path $Folder -ChildPath 'x.mp3') 'night' | Should -BeTrue
    }

    It 'refuses <What> before anything is sent' -ForEach @(
        @{ What = '-Async'; Id = 'InvalidRequest.Tag'; Says = '*Wait-TtsTask*'; Line = { 'x' | New-TtsSpeech -OutputDirectory $Folder -Async -Tag @{ title = 'x' } } }
        @{ What = 'a text'; Id = 'InvalidRequest.Tag'; Says = '*''night''*'; Line = { 'x' | New-TtsSpeech -OutputDirectory $Folder -Tag 'night' } }
    ) {
        $outcome = Get-Outcome -Action $Line
        $outcome.Errors | Get-ErrorName | Should -BeExactly $Id
        "$($outcome.Errors)" | Should -BeLike $Says
        $outcome.Output | Should -HaveCount 0
        (Get-Record -Emulator $Emulator).requests | Should -Be $Before.requests
    }

    It 'is checked by Test-TtsSpeech, and told by -WhatIf' {
        $tested = Import-Csv -LiteralPath $Csv | Test-TtsSpeech -OutputDirectory $Folder -Tag { @{ titel = $_.Chapter } }
        $tested.IsValid | Select-Object -Unique | Should -BeFalse
        $tested[0].Problems.ErrorId | Should -BeExactly 'InvalidRequest.Tag'
        (Import-Csv -LiteralPath $Csv | Test-TtsSpeech -OutputDirectory $Folder -Tag { @{ title = $_.Chapter } }).IsValid | Select-Object -Unique | Should -BeTrue
        New-TtsSpeech 'Once' -Id once -OutputDirectory $Folder -Tag @{ title = 'x' } | Out-Null
        (Test-TtsSpeech 'Once' -Id once -OutputDirectory $Folder -Tag @{ title = 'y' }).EstimatedCost | Should -Be 0
        $said = Invoke-PowerShell -Command "Import-Module '$(Get-TestModulePath)'; New-TtsSpeech Once -Id once -OutputDirectory '$Folder' -Tag @{ title = 'y' } -WhatIf -Endpoint $($Emulator.Url) -ApiKey $TestKey"
        "$said" | Should -BeLike '*Write other tags, free*'
    }
}

Describe 'Wait-TtsTask -Tag' {
    BeforeEach {
        Reset-RecoveryLedger
        $script:Folder = Join-Path -Path $TestDrive -ChildPath "out-$([guid]::NewGuid().ToString('N'))"
    }

    It 'writes them into all files that it saves' {
        $saved = 'one', 'two' | New-TtsSpeech -Async -OutputFormat OGG | Wait-TtsTask -OutputDirectory $Folder -Tag @{ album = 'Both' }
        $saved | Should -HaveCount 2
        $saved | ForEach-Object { Test-Word $_.Path 'Both' | Should -BeTrue }
    }

    It 'refuses <What>' -ForEach @(
        @{ What = 'a tag that there is not at once'; Line = { Wait-TtsTask ([guid]::NewGuid()) -OutputDirectory $Folder -Tag @{ titel = 'x' } }; Says = '*title, artist*' }
        @{ What = 'tasks without a file'; Line = { 'one' | New-TtsSpeech -Async | Wait-TtsTask -Tag @{ title = 'x' } }; Says = '*-OutputDirectory*' }
    ) {
        $outcome = Get-Outcome -Action $Line
        $outcome.Errors | Get-ErrorName | Should -BeExactly 'InvalidRequest.Tag'
        "$($outcome.Errors)" | Should -BeLike $Says
    }
}

Describe 'Save-TtsSpeech -Tag' {
    BeforeEach {
        Reset-RecoveryLedger
        $script:Folder = Join-Path -Path $TestDrive -ChildPath "out-$([guid]::NewGuid().ToString('N'))"
    }

    It 'writes them into what it saves, of a URL or of bytes' {
        $saved = 'Id,Text,OutputFormat,OutputType', 'u,by URL,MP3,URL', 'b,by bytes,FLAC,base64Data' | ConvertFrom-Csv | New-TtsSpeech |
            Save-TtsSpeech -OutputDirectory $Folder -Tag @{ genre = 'Speech' }
        $saved | Should -HaveCount 2
        $saved | ForEach-Object { Test-Word $_.Path 'Speech' | Should -BeTrue }
    }

    It 'refuses a tag that there is not at once, and does not drop those of a result that is saved already' {
        { Save-TtsSpeech 'http://127.0.0.1:1/a.mp3' -OutputDirectory $Folder -Tag @{ titel = 'x' } } | Should -Throw -ErrorId 'InvalidRequest.Tag,*'
        $there = New-TtsSpeech 'there' -OutputDirectory $Folder
        $outcome = Get-Outcome -Action { $there | Save-TtsSpeech -Tag @{ title = 'x' } }
        $outcome.Errors | Get-ErrorName | Should -BeExactly 'InvalidRequest.Tag'
        "$($outcome.Errors)" | Should -BeLike '*is already saved*New-TtsSpeech*'
        ($there | Save-TtsSpeech).Status | Should -BeExactly 'Unchanged'
    }
}
