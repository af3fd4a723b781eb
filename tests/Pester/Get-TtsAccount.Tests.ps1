# What the account of a key has left and has used.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Support.ps1')
    Import-TestModule
    $script:Emulator = Open-Emulator -Tiny
    $script:Relay = Open-Relay -Url $Emulator.Url
    Connect-TtsService -ApiKey $TestKey -Endpoint $Relay.Url
}

AfterAll { Close-TestResource }

Describe 'Get-TtsAccount' {
    BeforeEach { Reset-RecoveryLedger }

    It 'gives balance and usage, in exact decimals, in one request' {
        $Relay.Clear()
        $account = Get-TtsAccount
        $Relay.Count | Should -Be 1
        $account.PSObject.TypeNames[0] | Should -BeExactly 'RunwareTts.TtsAccount'
        $account.Balance | Should -BeOfType ([decimal])
        $account.Balance | Should -BeGreaterThan 0
        $account.Currency | Should -BeExactly 'USD'
        $account.OrganizationName, $account.OrganizationUUID | Should -Not -BeNullOrEmpty
        foreach ($period in 'Today', 'Last7Days', 'Last30Days', 'Total') { $account.$period.Requests | Should -BeOfType ([decimal]) }
    }

    It 'goes down by what a result says that it cost' {
        $before = Get-TtsAccount
        $result = New-TtsSpeech -Text ('It costs something. ' * 40) -OutputFormat WAV
        $after = Get-TtsAccount
        $before.Balance - $after.Balance | Should -Be $result.Cost
        $after.Total.Requests - $before.Total.Requests | Should -Be 1
        $after.Total.Credits - $before.Total.Credits | Should -Be $result.Cost
    }

    It 'survives Export-Clixml' {
        $file = Join-Path -Path $TestDrive -ChildPath 'account.xml'
        $account = Get-TtsAccount
        $account | Export-Clixml -LiteralPath $file
        (Import-Clixml -LiteralPath $file).Balance | Should -Be $account.Balance
    }

    It 'has nothing of the key in it' {
        $account = Get-TtsAccount -Verbose -Debug *>&1
        $account | ConvertTo-Json -Depth 4 -WarningAction Ignore | Should -Not -Match $TestKey
        $account | Format-List -Property * -Force | Out-String | Should -Not -Match $TestKey
    }

    It 'takes -ApiKey and -Endpoint, a SecureString too' {
        Disconnect-TtsService
        try { (Get-TtsAccount -ApiKey (ConvertTo-Secure -Value $TestKey) -Endpoint $Emulator.Url).Balance | Should -BeGreaterThan 0 }
        finally { Connect-TtsService -ApiKey $TestKey -Endpoint $Relay.Url }
    }

    It 'without a key names the ways to give one' {
        Disconnect-TtsService
        try { $outcome = Get-Outcome -Action { Get-TtsAccount -Endpoint $Relay.Url } }
        finally { Connect-TtsService -ApiKey $TestKey -Endpoint $Relay.Url }
        $outcome.Errors | Should -HaveCount 1
        $outcome.Thrown | Get-ErrorName | Should -BeExactly 'ApiKeyMissing'
        $outcome.Thrown.CategoryInfo.Category | Should -Be 'AuthenticationError'
        $outcome.Thrown.Exception.Message | Should -Match 'RUNWARE_API_KEY'
    }

    It 'with a wrong key is Runware.invalidApiKey, and does not repeat the key' {
        $outcome = Get-Outcome -Action { Get-TtsAccount -ApiKey 'wrong-key' -Endpoint $Relay.Url }
        $outcome.Errors | Should -HaveCount 1
        $outcome.Thrown | Get-ErrorName | Should -BeExactly 'Runware.invalidApiKey'
        $outcome.Thrown.CategoryInfo.Category | Should -Be 'AuthenticationError'
        $outcome.Thrown.ErrorDetails.Message | Should -BeExactly $outcome.Thrown.Exception.Message
        "$($outcome.Thrown) $($outcome.Thrown.Exception)" | Should -Not -Match 'wrong-key'
    }

    It 'of the draft voices is NotSupported.Account' {
        Connect-TtsService -Offline
        try { $outcome = Get-Outcome -Action { Get-TtsAccount } }
        finally { Connect-TtsService -ApiKey $TestKey -Endpoint $Relay.Url }
        $outcome.Errors | Should -HaveCount 1
        $outcome.Thrown | Get-ErrorName | Should -BeExactly 'NotSupported.Account'
        $outcome.Thrown.CategoryInfo.Category | Should -Be 'NotImplemented'
    }
}
