# Where speech comes from, and that the key goes there and nowhere else. Get- and Disconnect-TtsService too.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Support.ps1')
    Import-TestModule
    $script:Emulator = Open-Emulator -Tiny
    $script:Relay = Open-Relay -Url $Emulator.Url
    $script:Elsewhere = Open-Relay -Url $Emulator.Url
}

AfterAll { Close-TestResource }

BeforeDiscovery {
    $script:keys = @(
        @{ Kind = 'a string'; Make = { $TestKey } }
        @{ Kind = 'a string with blanks around it'; Make = { " $TestKey`n" } }
        @{ Kind = 'a SecureString'; Make = { ConvertTo-Secure -Value $TestKey } }
        @{ Kind = 'a PSCredential'; Make = { [pscredential]::new('runware', (ConvertTo-Secure -Value $TestKey)) } }
    )
    $script:badEndpoints = 'http://example.com/v1', 'https://user:secret@example.com/v1'
}

Describe 'Connect-TtsService' {
    BeforeEach {
        Reset-RecoveryLedger
        Disconnect-TtsService
        Remove-Item -Path env:RUNWARE_API_KEY, env:RUNWARE_API_URL -ErrorAction Ignore
        $Relay.Clear()
        $Elsewhere.Clear()
    }

    It 'remembers that the service refuses the voice auto' {
        Add-EmulatorSwitch -Emulator $Emulator -Switch @{ refuseAuto = $true }
        try {
            Connect-TtsService -ApiKey $TestKey -Endpoint $Relay.Url
            (New-TtsSpeech -Text 'one' -OutputFormat WAV -WarningAction Ignore).Voice | Should -BeExactly 'ryan'
            $before = @(Get-SentTask -Relay $Relay).Count
            $outcome = Get-Outcome -Action { 'two', 'three' | New-TtsSpeech -OutputFormat WAV }
            $outcome.Output.Voice | Should -BeExactly 'ryan', 'ryan'
            $outcome.Warnings | Should -HaveCount 1
            @(Get-SentTask -Relay $Relay).Count - $before | Should -Be 2
        }
        finally { Clear-EmulatorSwitch -Emulator $Emulator }
    }

    It 'takes the key as <Kind>' -ForEach $keys {
        Connect-TtsService -ApiKey (& $Make) -Endpoint $Relay.Url
        $service = Get-TtsService
        $service.Provider | Should -BeExactly 'Runware'
        $service.KeySource | Should -BeExactly 'Connection'
        $service.IsReady | Should -BeTrue
        $service.Endpoint | Should -Be $Relay.Url
        (New-TtsSpeech -Text 'hello' -OutputFormat WAV).Provider | Should -BeExactly 'Runware'
    }

    It 'warns once of a key that is written out in the line, and does not repeat it' {
        $outcome = Get-Outcome -Action { Connect-TtsService -ApiKey 'written-out-4711' -Endpoint $Relay.Url }
        $outcome.Warnings | Should -HaveCount 1
        $outcome.Warnings | Should -BeLike '*written out*Read-Host -AsSecureString*RUNWARE_API_KEY*'
        $outcome.Warnings | Should -Not -BeLike '*4711*'
        $outcome = Get-Outcome -Action { 'one', 'two', 'three' | New-TtsSpeech -ApiKey 'written-out-4711' -Endpoint $Relay.Url }
        $outcome.Warnings | Should -HaveCount 1
        (Get-Outcome -Action { Connect-TtsService (ConvertTo-Secure -Value 'written-out-4711') -Endpoint $Relay.Url }).Warnings | Should -HaveCount 1
    }

    It 'does not warn of a key that comes from <_>' -ForEach 'a variable', 'the environment', 'a splat' {
        $env:RUNWARE_API_KEY = $TestKey
        $splat = @{ ApiKey = $TestKey; Endpoint = $Relay.Url }
        $outcome = switch ($_) {
            'a variable' { Get-Outcome -Action { Connect-TtsService -ApiKey $TestKey -Endpoint $Relay.Url } }
            'the environment' { Get-Outcome -Action { Connect-TtsService -ApiKey $env:RUNWARE_API_KEY -Endpoint $Relay.Url } }
            default { Get-Outcome -Action { Connect-TtsService @splat } }
        }
        $outcome.Errors | Should -HaveCount 0
        $outcome.Warnings | Should -HaveCount 0
    }

    It 'refuses <_> as a key' -ForEach 'a blank', 'a number', 'a hashtable' {
        $key = switch ($_) { 'a blank' { '  ' } 'a number' { 12345 } default { @{ Key = 'x' } } }
        $outcome = Get-Outcome -Action { Connect-TtsService -ApiKey $key -Endpoint $Relay.Url }
        $outcome.Thrown.Exception.Message | Should -Match 'SecureString'
        $Relay.Count | Should -Be 0
        (Get-TtsService).IsReady | Should -BeFalse
    }

    It 'gives no output' {
        Connect-TtsService -ApiKey $TestKey -Endpoint $Relay.Url | Should -BeNullOrEmpty
        Connect-TtsService -Offline | Should -BeNullOrEmpty
        Disconnect-TtsService | Should -BeNullOrEmpty
    }

    It 'proves the key: a wrong one is an error, and nothing else speaks in its place' {
        Connect-TtsService -Offline
        $outcome = Get-Outcome -Action { Connect-TtsService -ApiKey 'wrong-key' -Endpoint $Relay.Url }
        $outcome.Thrown | Get-ErrorName | Should -BeExactly 'Runware.invalidApiKey'
        $outcome.Thrown.CategoryInfo.Category | Should -Be 'AuthenticationError'
        (Get-TtsService).Provider | Should -BeExactly 'Runware'
        (Get-Outcome -Action { 'x' | New-TtsSpeech }).Thrown | Get-ErrorName | Should -BeExactly 'Runware.invalidApiKey'
        Disconnect-TtsService
    }

    It 'names both ways when there is no key' {
        $outcome = Get-Outcome -Action { Connect-TtsService -Endpoint $Relay.Url }
        $outcome.Thrown | Get-ErrorName | Should -BeExactly 'ApiKeyMissing'
        $outcome.Thrown.CategoryInfo.Category | Should -Be 'AuthenticationError'
        $outcome.Thrown.Exception.Message | Should -Match 'RUNWARE_API_KEY'
        $outcome.Thrown.Exception.Message | Should -Match 'Connect-TtsService -Offline'
        $Relay.Count | Should -Be 0
    }

    It 'refuses the endpoint <_>' -ForEach $badEndpoints {
        $outcome = Get-Outcome -Action { Connect-TtsService -ApiKey $TestKey -Endpoint $_ }
        $outcome.Thrown | Get-ErrorName | Should -BeExactly 'InvalidRequest.Endpoint'
        $outcome.Thrown.Exception.Message | Should -Match 'https'
        $outcome.Thrown.Exception.Message | Should -Not -Match 'secret'
    }

    It 'does not take -Offline and -ApiKey at once' {
        (Get-Outcome -Action { Connect-TtsService -Offline -ApiKey $TestKey }).Thrown | Get-ErrorName | Should -BeExactly 'AmbiguousParameterSet'
    }
}

Describe 'Get-TtsService' {
    BeforeEach {
        Disconnect-TtsService
        Remove-Item -Path env:RUNWARE_API_KEY, env:RUNWARE_API_URL -ErrorAction Ignore
    }

    It 'tells of nothing when nothing is set up' {
        $service = Get-TtsService
        $service.Provider | Should -BeExactly 'Runware'
        $service.Endpoint | Should -Be 'https://api.runware.ai/v1'
        $service.KeySource | Should -BeExactly 'None'
        $service.IsReady | Should -BeFalse
    }

    It 'tells of the draft voices' {
        Connect-TtsService -Offline
        $service = Get-TtsService
        $service.Provider | Should -BeExactly 'Offline'
        $service.Endpoint | Should -BeNullOrEmpty
        $service.IsReady | Should -BeTrue
    }
}

Describe 'Disconnect-TtsService' {
    BeforeEach {
        Reset-RecoveryLedger
        Remove-Item -Path env:RUNWARE_API_KEY, env:RUNWARE_API_URL -ErrorAction Ignore
    }

    It 'forgets the key' {
        Connect-TtsService -ApiKey $TestKey -Endpoint $Relay.Url
        Disconnect-TtsService
        (Get-TtsService).IsReady | Should -BeFalse
        (Get-Outcome -Action { 'hello' | New-TtsSpeech -Endpoint $Relay.Url }).Thrown | Get-ErrorName | Should -BeExactly 'ApiKeyMissing'
    }

    It 'may be called twice' {
        Disconnect-TtsService
        { Disconnect-TtsService -ErrorAction Stop } | Should -Not -Throw
        (Get-TtsService).IsReady | Should -BeFalse
    }
}

Describe 'Which connection a command uses' {
    BeforeEach {
        Reset-RecoveryLedger
        Disconnect-TtsService
        Remove-Item -Path env:RUNWARE_API_KEY, env:RUNWARE_API_URL -ErrorAction Ignore
        $Relay.Clear()
        $Elsewhere.Clear()
    }

    It 'is what stands on the line' {
        $outcome = Get-Outcome -Action { New-TtsSpeech -Text 'hello' -OutputFormat WAV -ApiKey (ConvertTo-Secure -Value $TestKey) -Endpoint $Relay.Url }
        $outcome.Errors | Should -HaveCount 0
        $outcome.Output.Provider | Should -BeExactly 'Runware'
        (Get-TtsService).IsReady | Should -BeFalse
    }

    It 'is the session before the environment' {
        $env:RUNWARE_API_KEY = 'wrong-key'
        $env:RUNWARE_API_URL = $Elsewhere.Url
        Connect-TtsService -ApiKey $TestKey -Endpoint $Relay.Url
        New-TtsSpeech -Text 'hello' -OutputFormat WAV | Out-Null
        $Elsewhere.Count | Should -Be 0
    }

    It 'is the environment without a session' {
        $env:RUNWARE_API_KEY = $TestKey
        $env:RUNWARE_API_URL = $Relay.Url
        (New-TtsSpeech -Text 'hello' -OutputFormat WAV).Provider | Should -BeExactly 'Runware'
        $Relay.Count | Should -Be 1
    }

    It 'does not send the key of the session to another -Endpoint' {
        Connect-TtsService -ApiKey $TestKey -Endpoint $Relay.Url
        $outcome = Get-Outcome -Action { 'a', 'b' | New-TtsSpeech -Endpoint $Elsewhere.Url }
        $outcome.Errors | Should -HaveCount 1
        $outcome.Thrown | Get-ErrorName | Should -BeExactly 'ApiKeyMissing'
        $outcome.Thrown.Exception.Message | Should -Match ([regex]::Escape($Elsewhere.Url))
        $outcome.Thrown.Exception.Message | Should -Match '-ApiKey'
        $Elsewhere.Count | Should -Be 0
    }

    It 'is not moved by a column Endpoint or ApiKey' {
        Connect-TtsService -ApiKey $TestKey -Endpoint $Relay.Url
        $row = [pscustomobject]@{ Text = 'hello'; OutputFormat = 'WAV'; Endpoint = $Elsewhere.Url; ApiKey = 'wrong-key' }
        (Get-Outcome -Action { $row | New-TtsSpeech }).Errors | Should -HaveCount 0
        $Elsewhere.Count | Should -Be 0
    }

    It 'refuses a bad endpoint once for all rows' {
        $outcome = Get-Outcome -Action { 'a', 'b', 'c' | New-TtsSpeech -ApiKey $TestKey -Endpoint 'http://example.com/v1' }
        $outcome.Errors | Should -HaveCount 1
        $outcome.Thrown | Get-ErrorName | Should -BeExactly 'InvalidRequest.Endpoint'
    }
}

Describe 'A key that is wrong' {
    BeforeEach { Reset-RecoveryLedger }

    It 'does not fall back to the account before, when the endpoint is wrong' {
        Connect-TtsService -ApiKey $TestKey -Endpoint $Relay.Url
        (Get-Outcome -Action { Connect-TtsService -ApiKey $TestKey -Endpoint 'http://other.example/v1' }).Thrown | Get-ErrorName | Should -BeExactly 'InvalidRequest.Endpoint'
        (Get-TtsService).Provider | Should -BeExactly 'None'
        (Get-Outcome -Action { 'x' | New-TtsSpeech }).Thrown | Get-ErrorName | Should -BeExactly 'ApiKeyMissing'
        (New-TtsSpeech -Text 'x' -ApiKey $TestKey -Endpoint $Relay.Url).Status | Should -BeExactly 'Completed'
        Disconnect-TtsService
    }

    It 'does not fall back to the hosted service when the offline voice is missing' {
        Disconnect-TtsService
        $path = $env:PATH
        try {
            $env:PATH = ''
            (Get-Outcome -Action { Connect-TtsService -Offline }).Thrown | Get-ErrorName | Should -BeExactly 'OfflineToolMissing'
            (Get-TtsService).Provider | Should -BeExactly 'Offline'
        }
        finally { $env:PATH = $path }
        Disconnect-TtsService
    }
}

Describe 'A host that does not answer' {
    BeforeEach { Reset-RecoveryLedger }

    It 'is one error for many rows' {
        $url = (Get-NowhereUrl)
        $folder = Join-Path -Path $TestDrive -ChildPath 'silent'
        $outcome = Get-Outcome -Action { 1..12 | ForEach-Object -Process { "row $_" } | New-TtsSpeech -ApiKey $TestKey -Endpoint $url -OutputDirectory $folder }
        $outcome.Errors | Should -HaveCount 1
        $outcome.Thrown | Get-ErrorName | Should -BeExactly 'ServiceUnreachable'
        $outcome.Thrown.CategoryInfo.Category | Should -Be 'ConnectionError'
        $outcome.Thrown.Exception.Message | Should -Match 'Tried 3 times'
        $outcome.Thrown.Exception.Message | Should -Match ([regex]::Escape($url))
        if (Test-Path -LiteralPath $folder) { Get-ChildItem -LiteralPath $folder -Force -Recurse -File | Where-Object -Property Extension -In -Value '.mp3', '.part' | Should -HaveCount 0 }
    }
}

Describe 'The key is seen by nobody' {
    BeforeAll {
        Disconnect-TtsService
        Connect-TtsService -ApiKey $TestKey -Endpoint $Relay.Url
        $script:Secret = [regex]::Escape($TestKey)
    }

    BeforeEach { Reset-RecoveryLedger }

    It 'in no stream, with -Verbose and -Debug' {
        $folder = Join-Path -Path $TestDrive -ChildPath 'streams'
        # Under -Debug alone PowerShell asks before each warning and error.
        $talk = @{ Verbose = $true; Debug = $true; WarningAction = 'Continue'; ErrorAction = 'Continue' }
        $all = & {
            Connect-TtsService -ApiKey $TestKey -Endpoint $Relay.Url -Verbose -Debug
            'one', '', 'two' | New-TtsSpeech -ApiKey $TestKey -Endpoint $Relay.Url -OutputDirectory $folder -Voice newcomer @talk
            'one', 'two' | New-TtsSpeech -OutputDirectory $folder @talk
            Get-TtsService -Verbose -Debug
        } *>&1
        $all | Should -Not -BeNullOrEmpty
        $shown = ($all | Out-String) + ($all | Format-List -Property * -Force | Out-String) + ($all | ConvertTo-Json -Depth 3 -WarningAction Ignore)
        $shown | Should -Not -Match $Secret
        Get-ChildItem -LiteralPath $folder -Force -Recurse -File | Select-String -Pattern $TestKey -SimpleMatch | Should -BeNullOrEmpty
    }

    It 'in no error, the wrong key neither' {
        $Error.Clear()
        $wrong = 'not-the-emulator-key-4711'
        foreach ($action in { 'x' | New-TtsSpeech -ApiKey $wrong -Endpoint $Relay.Url }, { 'x' | New-TtsSpeech -ApiKey $wrong -Endpoint 'http://example.com' }, { Connect-TtsService -ApiKey $wrong -Endpoint $Relay.Url }, { 'x' | New-TtsSpeech -ApiKey $wrong -Endpoint (Get-NowhereUrl) }) {
            (Get-Outcome -Action $action).Thrown | Should -Not -BeNullOrEmpty
        }
        $shown = $Error | ForEach-Object -Process { $_ | Out-String; $_ | Format-List -Property * -Force | Out-String; $_.Exception.ToString(); Get-Error -InputObject $_ | Out-String; $_.InvocationInfo.BoundParameters | Out-String }
        $shown -join "`n" | Should -Not -Match $wrong
        $shown -join "`n" | Should -Not -Match $Secret
    }

    It 'in no variable' {
        Get-Variable -Scope Global -Name '*Tts*' | Should -Not -BeNullOrEmpty
        $shown = Get-Variable -Scope Global -Name '*Tts*' | ForEach-Object -Process { $_ | Out-String; $_.Value | Format-List -Property * -Force | Out-String; $_.Value | Get-Member -Force | Out-String; $_.Value | ConvertTo-Json -Depth 5 -WarningAction Ignore; $_.Value | Format-Custom -Depth 5 | Out-String }
        $shown -join "`n" | Should -Not -Match $Secret
    }

    It 'in no export of the session' {
        $file = Join-Path -Path $TestDrive -ChildPath 'session.xml'
        Get-Variable -Scope Global -Name '*Tts*' | Export-Clixml -LiteralPath $file -Depth 8
        Get-TtsService | Export-Clixml -LiteralPath "$file.service" -Depth 8
        Get-Content -Raw -LiteralPath $file, "$file.service" | Should -Not -Match $Secret
    }

    It 'in no result and no task' {
        Connect-TtsService -ApiKey $TestKey -Endpoint $Relay.Url
        $items = @(New-TtsSpeech -Text 'hello' -OutputFormat WAV; New-TtsSpeech -Text 'hello' -OutputFormat WAV -Async)
        $items | ConvertTo-Json -Depth 5 -WarningAction Ignore | Should -Not -Match $Secret
    }
}

Describe 'Runspaces' {
    BeforeAll {
        Disconnect-TtsService
        Connect-TtsService -ApiKey $TestKey -Endpoint $Relay.Url
    }

    BeforeEach { Reset-RecoveryLedger }

    It 'leave nothing behind for the next who is given the same one' {
        $module = Get-TestModulePath
        $found = 1..3 | ForEach-Object -ThrottleLimit 1 -Parallel {
            Import-Module -Name $using:module
            (Get-TtsService).Provider
            Connect-TtsService -Offline
        }
        $found | Should -Be 'Runware', 'Runware', 'Runware'
        (Get-TtsService).KeySource | Should -BeExactly 'Connection'
    }

    It 'have one connection each' {
        $other = Open-Runspace
        try {
            $other.AddScript('Connect-TtsService -Offline; (Get-TtsService).Provider').Invoke() | Should -BeExactly 'Offline'
            (Get-TtsService).Provider | Should -BeExactly 'Runware'
        }
        finally { $other.Dispose() }
    }

    It 'work in a thread job, which connects for itself' {
        $module = Get-TestModulePath
        $url = $Relay.Url
        $job = Start-ThreadJob -ScriptBlock {
            Import-Module -Name $using:module
            $secure = [System.Net.NetworkCredential]::new('', $using:TestKey).SecurePassword
            'one', 'two' | New-TtsSpeech -OutputFormat WAV -ApiKey $secure -Endpoint $using:url
        }
        try { (Receive-Job -Job $job -Wait).Text | Should -Be 'one', 'two' }
        finally { Remove-Job -Job $job -Force }
    }

    It 'speak side by side under ForEach-Object -Parallel' {
        $module = Get-TestModulePath
        $url = $Emulator.Url
        $results = 1..4 | ForEach-Object -ThrottleLimit 4 -Parallel {
            Import-Module -Name $using:module
            "text $_" | New-TtsSpeech -OutputFormat WAV -ApiKey $using:TestKey -Endpoint $using:url
        }
        $results.Text | Sort-Object | Should -Be 'text 1', 'text 2', 'text 3', 'text 4'
    }
}
