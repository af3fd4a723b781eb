# -MaxCost: what would pass it is not sent, and what was not sent can be piped into the next run.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Support.ps1')
    Import-TestModule
    $script:Emulator = Open-Emulator -Tiny
    Connect-TtsService -ApiKey $TestKey -Endpoint $Emulator.Url

    function Get-Row {
        # Rows that no other test has, of one length; each costs 0.0001 USD, the least that the service asks for.
        param([int] $Count)

        $tag = [guid]::NewGuid().ToString('N').Substring(0, 6)
        foreach ($number in 1..$Count) { [pscustomobject]@{ Id = "row-$number"; Text = "$tag $('{0:00}' -f $number)"; OutputFormat = 'WAV' } }
    }
}

AfterAll { Close-TestResource }

Describe 'A budget' {
    BeforeEach {
        Reset-RecoveryLedger
        $script:Folder = Join-Path -Path $TestDrive -ChildPath "out-$([guid]::NewGuid().ToString('N'))"
        $script:Before = Get-Record -Emulator $Emulator
    }

    It 'stops before it is passed: one BudgetReached for each row that is left, and the pipeline goes on' {
        $rows = Get-Row -Count 12
        $outcome = Get-Outcome -Action { $rows | New-TtsSpeech -OutputDirectory $Folder -MaxCost 0.0005 -ThrottleLimit 8 }
        $outcome.Thrown | Should -BeNullOrEmpty
        # Eight may be at the counter together: five get through, in whatever order.
        $outcome.Output | Should -HaveCount 5
        $outcome.Errors | Should -HaveCount 7
        $outcome.Errors | Get-ErrorName | Select-Object -Unique | Should -BeExactly 'BudgetReached'
        $outcome.Errors[0].CategoryInfo.Category | Should -Be 'LimitsExceeded'
        $outcome.Errors[0].Exception.Message | Should -Match '0\.0005.*-MaxCost'
        $outcome.Errors.TargetObject | ForEach-Object { $rows -contains $_ | Should -BeTrue }
        @($outcome.Output.Id) + @($outcome.Errors.TargetObject.Id) | Sort-Object | Should -Be ($rows.Id | Sort-Object)
        [math]::Round((Get-Record -Emulator $Emulator).charged - $Before.charged, 4) | Should -Be 0.0005

        # The rows that are left are the next run.
        $rest = $outcome.Errors.TargetObject | New-TtsSpeech -OutputDirectory $Folder -MaxCost 0.0007
        $rest.Id | Should -Be $outcome.Errors.TargetObject.Id
        (Get-Record -Emulator $Emulator).chargedTwice | Should -Be 0
    }

    It 'is spent to its last step by texts of <_> characters' -ForEach 6, 7, 13 {
        # A price a character of these has no end.
        $length = $_
        $rows = 1..4 | ForEach-Object -Process { [pscustomobject]@{ Text = [guid]::NewGuid().ToString('N').Substring(0, $length); OutputFormat = 'WAV' } }
        $sum = ($rows | Test-TtsSpeech -Summary).EstimatedCost
        $outcome = Get-Outcome -Action { $rows | New-TtsSpeech -OutputDirectory $Folder -MaxCost $sum -ThrottleLimit 1 }
        $outcome.Errors | Should -HaveCount 0
        $outcome.Output | Should -HaveCount 4
    }

    It 'is not used up by rows that are there' {
        $rows = Get-Row -Count 6
        $rows[0..3] | New-TtsSpeech -OutputDirectory $Folder | Out-Null
        $outcome = Get-Outcome -Action { $rows | New-TtsSpeech -OutputDirectory $Folder -MaxCost 0.0001 -ThrottleLimit 1 }
        $outcome.Output.Status | Should -Be 'Unchanged', 'Unchanged', 'Unchanged', 'Unchanged', 'Completed'
        $outcome.Errors.TargetObject.Id | Should -BeExactly 'row-6'
        $outcome.Errors | Get-ErrorName | Should -BeExactly 'BudgetReached'
    }

    It 'is not used up by an equal row, and counts every result of a row' {
        $row = Get-Row -Count 1
        $equal = [pscustomobject]@{ Id = 'equal'; Text = $row.Text; OutputFormat = 'WAV' }
        ($row, $equal | New-TtsSpeech -OutputDirectory $Folder -MaxCost 0.0001).Status | Should -Be 'Completed', 'Unchanged'
        $three = [pscustomobject]@{ Id = 'three'; Text = [guid]::NewGuid().ToString('N').Substring(0, 9); OutputFormat = 'WAV'; NumberResults = 3 }
        (Get-Outcome -Action { $three | New-TtsSpeech -OutputDirectory $Folder -MaxCost 0.0002 }).Errors | Get-ErrorName | Should -BeExactly 'BudgetReached'
        $three | New-TtsSpeech -OutputDirectory $Folder -MaxCost 0.0003 | Should -HaveCount 3
    }

    It 'of 0 sends nothing, and leaves no trace of the rows' {
        $outcome = Get-Outcome -Action { Get-Row -Count 3 | New-TtsSpeech -OutputDirectory $Folder -MaxCost 0 }
        $outcome.Errors | Get-ErrorName | Should -Be 'BudgetReached', 'BudgetReached', 'BudgetReached'
        (Get-Record -Emulator $Emulator).requests | Should -Be $Before.requests
        Get-ChildItem -LiteralPath $Folder -Force | Should -BeNullOrEmpty
    }

    It 'holds with -Async, by estimate' {
        $outcome = Get-Outcome -Action { Get-Row -Count 5 | New-TtsSpeech -Async -MaxCost 0.0003 }
        $outcome.Output | Should -HaveCount 3
        $outcome.Errors | Should -HaveCount 2
        (Get-Record -Emulator $Emulator).chargedTasks - $Before.chargedTasks | Should -Be 3
    }

    It 'is read as it is written, <How>, under de-DE' -ForEach @(
        @{ How = 'as a string'; Most = '0.0002' }
        @{ How = 'as a double'; Most = 0.0002 }
        @{ How = 'as a decimal'; Most = [decimal]0.0002 }
    ) {
        $outcome = Invoke-InCulture -Culture 'de-DE' -Action { Get-Outcome -Action { Get-Row -Count 3 | New-TtsSpeech -MaxCost $Most } }
        $outcome.Output | Should -HaveCount 2
        $outcome.Errors | Get-ErrorName | Should -BeExactly 'BudgetReached'
        $outcome.Errors[0].Exception.Message | Should -Match '-MaxCost 0\.0002\b'
    }

    It 'of ''<_>'' is one InvalidRequest.MaxCost, and nothing is sent' -ForEach '5,00', '' {
        $most = $_
        foreach ($culture in 'en-US', 'de-DE') {
            foreach ($call in { 'one', 'two' | New-TtsSpeech -OutputDirectory $Folder -MaxCost $most }, { 'one', 'two' | Test-TtsSpeech -MaxCost $most }) {
                $outcome = Invoke-InCulture -Culture $culture -Action { Get-Outcome -Action $call }
                $outcome.Errors | Should -HaveCount 1
                $outcome.Output | Should -HaveCount 0
                $outcome.Thrown | Get-ErrorName | Should -BeExactly 'InvalidRequest.MaxCost'
                $outcome.Thrown.CategoryInfo.Category | Should -Be 'InvalidArgument'
                $outcome.Thrown.Exception.Message | Should -Match 'such as 5\.00'
            }
        }
        (Get-Record -Emulator $Emulator).requests | Should -Be $Before.requests
        $Folder | Should -Not -Exist
    }

    It 'of an array is InvalidRequest.MaxCost too' {
        (Get-Outcome -Action { 'one' | New-TtsSpeech -MaxCost @(1, 2) }).Thrown | Get-ErrorName | Should -BeExactly 'InvalidRequest.MaxCost'
    }

    It 'does not follow a column' {
        $row = Get-Row -Count 1 | Select-Object -Property *, @{ Name = 'MaxCost'; Expression = { 0 } }
        $row | New-TtsSpeech | Should -HaveCount 1
    }

    It 'is NotSupported.MaxCost for draft voices, which are free' {
        Connect-TtsService -Offline
        try {
            $outcome = Get-Outcome -Action { 'one', 'two' | New-TtsSpeech -MaxCost 5.00 }
            $outcome.Errors | Should -HaveCount 1
            $outcome.Thrown | Get-ErrorName | Should -BeExactly 'NotSupported.MaxCost'
            $outcome.Thrown.Exception.Message | Should -Match 'charges nothing'
        }
        finally { Connect-TtsService -ApiKey $TestKey -Endpoint $Emulator.Url }
    }
}
