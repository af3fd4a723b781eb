# What New-TtsSpeech would make of the same rows: every problem, the cost and the duration, before anything is sent.

BeforeDiscovery {
    # Rows that New-TtsSpeech refuses without asking the service, each for a reason of its own.
    $script:bad = @(
        @{ What = 'a text that is too long'; Row = @{ Text = 'x' * 2001 } }
        @{ What = 'a path out of the folder'; Row = @{ Text = 'x'; OutputPath = '../x.mp3' } }
        @{ What = 'a file that is there'; Row = @{ Text = 'x'; OutputPath = 'there.mp3' } }
        @{ What = 'a stray blank in a header'; Row = @{ 'Text ' = 'x' } }
        @{ What = 'an array in a cell'; Row = @{ Text = @('one', 'two') } }
        @{ What = 'several things at once'; Row = @{ Text = 'x'; Speed = 'fast'; Language = 'Klingon'; Bitrate = 'abc' } }
    )
}

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Support.ps1')
    Import-TestModule
    $script:Emulator = Open-Emulator
    $script:Relay = Open-Relay -Url $Emulator.Url
    Connect-TtsService -ApiKey $TestKey -Endpoint $Relay.Url

    $script:Csv = Join-Path -Path $TestDrive -ChildPath 'mixed.csv'
    $table = @'
Id,Text,Voice,VoiceDescription,Language,Speed,OutputFormat,Bitrate,NumberResults
one,The first gate is open.,ryan,,en,,MP3,64,
two,,ryan,,,,,,
three,Das zweite Tor ist offen.,,An old and tired porter,de-DE,0.9,WAV,,2
four,The third gate.,ryan,,Klingon,"0,3",OGG,900,
five,{0},vivian,,zh,,FLAC,,
'@ -f ([char[]](0x7B2C, 0x56DB, 0x9053, 0x95E8, 0x5F00, 0x4E86, 0x3002) -join '')
    Set-Content -LiteralPath $Csv -Encoding utf8 -Value $table

    function Get-Usage {
        $account = Get-TtsAccount
        return [pscustomobject]@{ Balance = $account.Balance; Tasks = $account.Total.Requests }
    }
}

AfterAll { Close-TestResource }

Describe 'Test-TtsSpeech' {
    BeforeEach {
        Reset-RecoveryLedger
        $Relay.Clear()
    }

    It 'gives one TtsValidation a row, in their order, and sends nothing' {
        $outcome = Get-Outcome -Action { Import-Csv -LiteralPath $Csv -Encoding utf8 | Test-TtsSpeech }
        $outcome.Errors | Should -HaveCount 0
        $outcome.Output | Should -HaveCount 5
        $outcome.Output[0].PSObject.TypeNames[0] | Should -BeExactly 'RunwareTts.TtsValidation'
        $outcome.Output.IsValid | Should -Be $true, $false, $true, $false, $true
        $Relay.Count | Should -Be 0
    }

    It 'needs no key and no connection' {
        Disconnect-TtsService
        try { (Test-TtsSpeech -Text 'hello').IsValid | Should -BeTrue }
        finally { Connect-TtsService -ApiKey $TestKey -Endpoint $Relay.Url }
    }

    It 'tells of a good row what it would be' {
        $folder = Join-Path -Path $TestDrive -ChildPath 'never'
        $rows = Import-Csv -LiteralPath $Csv -Encoding utf8
        $validation = $rows[2] | Test-TtsSpeech -OutputDirectory $folder
        $validation.Id, $validation.Model, $validation.Voice, $validation.PriceSource | Should -Be 'three', 'VoiceDesign', 'design', 'Catalogue'
        $validation.Problems | Should -HaveCount 0
        $validation.Characters | Should -Be $rows[2].Text.Length
        $validation.EstimatedCost | Should -BeOfType ([decimal])
        $validation.EstimatedCost | Should -BeGreaterThan 0
        $validation.EstimatedDuration.TotalSeconds | Should -BeGreaterThan 1
        $validation.Path | Should -BeExactly (Join-Path -Path $folder -ChildPath 'three.wav')
        [object]::ReferenceEquals($validation.InputObject, $rows[2]) | Should -BeTrue
        $folder | Should -Not -Exist
    }

    It 'counts characters as the limit does, and every result of a row' {
        $wide = Test-TtsSpeech -Text ([char]::ConvertFromUtf32(0x1F600) * 10)
        $wide.Characters | Should -Be 10
        $one, $four = 1, 4 | ForEach-Object -Process { Test-TtsSpeech -Text ('a gate ' * 100) -NumberResults $_ }
        $four.EstimatedCost | Should -Be ($one.EstimatedCost * 4)
        $four.EstimatedDuration.Ticks | Should -Be ($one.EstimatedDuration.Ticks * 4)
        $four.Characters | Should -Be $one.Characters
    }

    It 'can be piped: the valid rows go on to New-TtsSpeech' {
        $folder = Join-Path -Path $TestDrive -ChildPath 'valid'
        $results = Import-Csv -LiteralPath $Csv -Encoding utf8 | Test-TtsSpeech | Where-Object -Property IsValid | Select-Object -ExpandProperty InputObject | New-TtsSpeech -OutputDirectory $folder
        $results.Id | Should -Be 'one', 'three', 'three', 'five'
    }

    It 'warns of an unknown voice, and lets it through' {
        $outcome = Get-Outcome -Action { Test-TtsSpeech -Text 'hello' -Voice 'newcomer' }
        $outcome.Warnings | Should -HaveCount 1
        $outcome.Output.IsValid | Should -BeTrue
    }

    It 'gives a warning once, however many rows it is about' {
        $outcome = Get-Outcome -Action { 'one', 'two', 'three' | Test-TtsSpeech -Voice 'newcomer' }
        $outcome.Warnings | Should -HaveCount 1
        $outcome.Output | Should -HaveCount 3
    }

    It 'refuses -InputObject on the line by name' {
        (Get-Outcome -Action { Test-TtsSpeech -InputObject ([pscustomobject]@{ Text = 'x' }) }).Thrown | Get-ErrorName | Should -BeExactly 'InvalidRequest.InputObject'
    }

    It 'judges for the draft voices in an offline session' {
        Connect-TtsService -Offline
        try {
            $found = 'hello', [pscustomobject]@{ Text = 'x'; UploadEndpoint = 'https://example.com/up' } | Test-TtsSpeech
            $found[0].IsValid | Should -BeTrue
            $found[0].EstimatedCost | Should -Be 0
            $found[1].Problems.ErrorId | Should -BeExactly 'NotSupported.UploadEndpoint'
        }
        finally { Connect-TtsService -ApiKey $TestKey -Endpoint $Relay.Url }
    }
}

Describe 'The same rows' {
    BeforeAll {
        $script:Folder = (New-Item -ItemType Directory -Path (Join-Path -Path $TestDrive -ChildPath 'same')).FullName
        Set-Content -LiteralPath (Join-Path -Path $Folder -ChildPath 'there.mp3') -Value 'mine'
    }

    BeforeEach { Reset-RecoveryLedger }

    It 'have the same errors in New-TtsSpeech: <What>' -ForEach $bad {
        $given = [pscustomobject]$Row
        $Relay.Clear()
        $spoken = Get-Outcome -Action { $given | New-TtsSpeech -OutputDirectory $Folder }
        $tested = Get-Outcome -Action { $given | Test-TtsSpeech -OutputDirectory $Folder }
        $spoken.Errors | Should -HaveCount 1
        $tested.Errors | Should -HaveCount 0
        $tested.Output.IsValid | Should -BeFalse
        $tested.Output.Problems[0].ErrorId | Should -BeExactly ($spoken.Errors[0] | Get-ErrorName)
        # The error of New-TtsSpeech says all of it too.
        foreach ($problem in $tested.Output.Problems) { $spoken.Errors[0].Exception.Message | Should -Match ([regex]::Escape($problem.Message)) }
        $Relay.Count | Should -Be 0
    }

    It 'are judged alike when they are no rows: <_>' -ForEach 'hashtable', 'array', 'file', 'null', 'number' {
        $thing = switch ($_) {
            'hashtable' { @{ Text = 'x' } }
            'array' { , @('one', 'two') }
            'file' { Get-Item -LiteralPath $PSCommandPath }
            'null' { $null }
            'number' { 42 }
        }
        $spoken = Get-Outcome -Action { , $thing | New-TtsSpeech }
        $tested = Get-Outcome -Action { , $thing | Test-TtsSpeech }
        $tested.Output.Problems.ErrorId | Should -BeExactly ($spoken.Errors | Get-ErrorName)
        $tested.Output.Problems.Message | Should -BeExactly $spoken.Errors.Exception.Message
    }
}

Describe 'Test-TtsSpeech -Summary' {
    BeforeEach { $Relay.Clear() }

    It 'is the sum of the valid rows, one object, and sends nothing' {
        $rows = Import-Csv -LiteralPath $Csv -Encoding utf8 | Test-TtsSpeech
        $sum = @(Import-Csv -LiteralPath $Csv -Encoding utf8 | Test-TtsSpeech -Summary)
        $sum | Should -HaveCount 1
        $sum[0].PSObject.TypeNames[0] | Should -BeExactly 'RunwareTts.TtsValidationSummary'
        $sum.Rows, $sum.Valid, $sum.Invalid | Should -Be 5, 3, 2
        $valid = @($rows | Where-Object -Property IsValid)
        $sum.Characters | Should -Be ($valid | Measure-Object -Property Characters -Sum).Sum
        $sum.EstimatedCost | Should -Be ($valid | Measure-Object -Property EstimatedCost -Sum).Sum
        $sum.EstimatedDuration.Ticks | Should -Be ($valid.EstimatedDuration | Measure-Object -Property Ticks -Sum).Sum
        $Relay.Count | Should -Be 0
    }

    It 'says why rows are not valid, each reason once' {
        $rows = 'First text.', 'Second text.' | ForEach-Object { [pscustomobject]@{ Text = $_ * 300; Speed = 9 } }
        $sum = @($rows) + 'Third text.' | Test-TtsSpeech -Split -Subtitle srt -Summary
        $sum.Valid, $sum.Invalid | Should -Be 0, 3
        $sum.Problems.ErrorId | Should -Be 'InvalidRequest.Speed', 'InvalidRequest.OutputPath'
        $sum.Problems.Rows | Should -Be 2, 1
        ($sum | Out-String -Width 120) -replace '\s+', ' ' | Should -BeLike '*InvalidRequest.OutputPath (1 row): *-OutputDirectory*'
        ('Good.' | Test-TtsSpeech -Summary | Out-String) | Should -Not -BeLike '*Problems*'
    }

    It 'is zero for no rows' {
        $sum = @() | Test-TtsSpeech -Summary
        $sum.Rows, $sum.EstimatedCost | Should -Be 0, 0
    }
}

Describe 'Test-TtsSpeech -Remote' {
    BeforeEach {
        Reset-RecoveryLedger
        $Relay.Clear()
    }

    It 'asks the service for its price of each valid row, by dry runs that are not charged' {
        $before = Get-Usage
        $Relay.Clear()
        $found = Import-Csv -LiteralPath $Csv -Encoding utf8 | Test-TtsSpeech -Remote
        $found.Id | Should -Be 'one', 'two', 'three', 'four', 'five'
        $found.IsValid | Should -Be $true, $false, $true, $false, $true
        $found.PriceSource | Should -Be 'Service', $null, 'Service', $null, 'Service'
        $valid = @($found | Where-Object -Property IsValid)
        $valid.EstimatedCost | Should -BeGreaterThan 0
        $found[1].Problems.ErrorId | Should -BeExactly 'InvalidRequest.Text'

        $Relay.DryRuns | Should -HaveCount 3
        $Relay.Count | Should -Be 3
        $after = Get-Usage
        $after.Balance | Should -Be $before.Balance
        $after.Tasks | Should -Be $before.Tasks
    }

    It 'sends the task as New-TtsSpeech would' {
        $row = [pscustomobject]@{ Text = 'hello'; Voice = 'ryan'; Style = 'calm'; Speed = '1.5'; OutputFormat = 'OGG'; Bitrate = '64'; NumberResults = '2'; MaxNewTokens = '500' }
        $row | Test-TtsSpeech -Remote | Out-Null
        $row | New-TtsSpeech | Out-Null
        $sent = @(Get-SentTask -Relay $Relay)
        $sent | Should -HaveCount 2
        Get-WireText -Task $sent[0] | Should -BeExactly (Get-WireText -Task $sent[1])
        $Relay.DryRuns | Should -HaveCount 1
    }

    It 'without a key is one error that ends the pipeline' {
        Disconnect-TtsService
        try { $outcome = Get-Outcome -Action { 'a', 'b' | Test-TtsSpeech -Remote } }
        finally { Connect-TtsService -ApiKey $TestKey -Endpoint $Relay.Url }
        $outcome.Errors | Should -HaveCount 1
        $outcome.Thrown | Get-ErrorName | Should -BeExactly 'ApiKeyMissing'
        $outcome.Thrown.CategoryInfo.Category | Should -Be 'AuthenticationError'
    }

    It 'with no host that answers is ServiceUnreachable' {
        $url = (Get-NowhereUrl)
        $outcome = Get-Outcome -Action { 'a' | Test-TtsSpeech -Remote -ApiKey $TestKey -Endpoint $url }
        $outcome.Errors | Should -HaveCount 1
        $outcome.Errors | Get-ErrorName | Should -BeExactly 'ServiceUnreachable'
        $outcome.Errors[0].CategoryInfo.Category | Should -Be 'ConnectionError'
        $outcome.Errors[0].TargetObject | Should -BeExactly 'a'
    }

    It 'of the draft voices says that they are free' {
        Connect-TtsService -Offline
        try { $outcome = Get-Outcome -Action { 'a', 'b' | Test-TtsSpeech -Remote } }
        finally { Connect-TtsService -ApiKey $TestKey -Endpoint $Relay.Url }
        $outcome.Errors | Get-ErrorName | Select-Object -Unique | Should -BeExactly 'NotSupported.Remote'
        $outcome.Errors[0].CategoryInfo.Category | Should -Be 'NotImplemented'
        $outcome.Output | Should -HaveCount 0
    }
}
