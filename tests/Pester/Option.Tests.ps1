# Further fields of a task: how they are given, and that a result has them as a row again.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Support.ps1')
    Import-TestModule
    $script:Emulator = Open-Emulator -Tiny
    Add-EmulatorSwitch -Emulator $Emulator -Switch @{ otherModels = $true }
    Connect-TtsService -ApiKey $TestKey -Endpoint $Emulator.Url
    $script:Model = 'minimax:speech@2.8'
}

AfterAll { Close-TestResource }

Describe '-Option' {
    BeforeEach { Reset-RecoveryLedger }

    It 'shows no presigned URL in its results, nor in the rows that they carry' {
        $url = 'https://cdn.example.org/a.wav?sig=5ecr3t'
        $row = [pscustomobject]@{ Text = 'A secret'; Model = $Model; Option = @{ 'inputs.voice' = $url; list = @(@{ at = " $url" }) } }
        foreach ($made in ($row | New-TtsSpeech -WarningAction SilentlyContinue), ($row | Test-TtsSpeech -WarningAction SilentlyContinue)) {
            $all = [System.Management.Automation.PSSerializer]::Serialize($made, 6)
            $all | Should -Match 'a\.wav\?\*\*\*\*'
            $all | Should -Not -Match '5ecr3t'
        }
        $row.Option['inputs.voice'] | Should -BeExactly $url
    }

    It 'is one form for dotted names, nested tables, typed values and the object of a row of JSON' {
        $given = @(
            @{ 'settings.temperature' = 0.8; 'settings.stops' = @('a', 'b') }
            [ordered]@{ settings = [pscustomobject]@{ stops = [System.Collections.Generic.List[string]]@('a', 'b'); temperature = [decimal]0.80 } }
            '{ "settings": { "temperature": 0.8, "stops": ["a", "b"] } }' | ConvertFrom-Json
            '{ "settings": { "temperature": 0.8, "stops": ["a", "b"] } }' | ConvertFrom-Json -AsHashtable
        )
        $spoken = $given | ForEach-Object { New-TtsSpeech 'Of one form' -Model $Model -Option $_ -WarningAction SilentlyContinue }
        @($spoken.TaskUUID | Select-Object -Unique).Count | Should -Be 1
        $rows = [pscustomobject]@{ Text = 'Of one form'; Model = $Model; Option = $given[2] } | New-TtsSpeech -WarningAction SilentlyContinue
        $rows.TaskUUID | Should -Be $spoken[0].TaskUUID
        $rows.Option['settings']['stops'] | Should -Be 'a', 'b'
    }

    It 'is a table of a result, which pipes back live and from CLIXML' {
        $first = New-TtsSpeech 'Once more' -Model $Model -Option @{ seed = 7; speech = @{ pitch = -1.5 } } -WarningAction SilentlyContinue
        $file = Join-Path -Path $TestDrive -ChildPath 'speech.clixml'
        $first | Export-Clixml -LiteralPath $file
        $again = @($first; Import-Clixml -LiteralPath $file) | New-TtsSpeech -WarningAction SilentlyContinue
        $again.Status | Should -Be 'Unchanged', 'Unchanged'
        $again.TaskUUID | Should -Be $first.TaskUUID, $first.TaskUUID
        $again[1].Option['speech']['pitch'] | Should -Be -1.5
    }

    It 'warns once a pipeline, and is made of each row by a script block' {
        $rows = 'Id,Text,Seed', 'a,One,1', 'b,Two,2', 'c,Three,' | ConvertFrom-Csv
        $outcome = Get-Outcome -Action { $rows | New-TtsSpeech -Model $Model -Option { @{ seed = $_.Seed } } }
        @($outcome.Output | Where-Object Option).Count | Should -Be 2
        @($outcome.Warnings).Count | Should -Be 1
    }

    It 'is a JSON object in a CSV, and equal to the table' {
        $first = New-TtsSpeech 'In a cell' -Model $Model -Option @{ seed = 7; speech = @{ pitch = -1.5 } } -OutputDirectory "$TestDrive/cell" -OutputPath a.mp3 -WarningAction SilentlyContinue
        $row = [pscustomobject]@{ Text = 'In a cell'; Option = '{"speech.pitch":-1.5,"seed":7}'; OutputPath = 'a.mp3' } | ConvertTo-Csv | ConvertFrom-Csv
        $again = $row | New-TtsSpeech -Model $Model -OutputDirectory "$TestDrive/cell" -WarningAction SilentlyContinue
        $first.Status, $again.Status | Should -Be 'Completed', 'Unchanged'
    }

    It 'refuses the text of a CSV by its row, and says what to do; a blank is not given' {
        $rows = 'Id,Text,Option', 'x,Not this,System.Collections.Hashtable', 'y,But this,' | ConvertFrom-Csv
        $outcome = Get-Outcome -Action { $rows | New-TtsSpeech -Model $Model }
        $outcome.Errors | Get-ErrorName | Should -BeExactly 'InvalidRequest.Option'
        $outcome.Errors[0].TargetObject | Should -Be $rows[0]
        "$($outcome.Errors)" | Should -BeLike '*x:*Select-Object * -ExcludeProperty Option*'
        $outcome.Output.Id | Should -Be 'y'
    }

    It 'refuses a table that contains itself, and what has a parameter of its own' {
        $table = @{ a = 1 }
        $table.b = $table
        (Test-TtsSpeech 'x' -Option $table).Problems.Message | Should -Match 'itself'
        (Test-TtsSpeech 'x' -Option @{ Speech = [pscustomobject]@{ TEXT = 'other' } }).Problems.Message | Should -Match 'use Text'
        (Test-TtsSpeech 'x' -Option @{ when = Get-Date }).Problems.Message | Should -Match 'DateTime'
    }
}
