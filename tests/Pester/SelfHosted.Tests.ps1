# The same cmdlets on servers of the open weights: what PowerShell adds.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Support.ps1')
    Import-TestModule
    $script:Custom = Open-SpeechServer -Model CustomVoice
    $script:Other = Open-SpeechServer -Model CustomVoice -Kind sglang
    $script:Design = Open-SpeechServer -Model VoiceDesign
    $script:Base = Open-SpeechServer -Model Base
    $script:Nowhere = "http://127.0.0.1:$(Get-RefusingPort)"
}

AfterAll { Close-TestResource }

Describe 'Connect-TtsService -SelfHosted' {
    BeforeEach {
        Reset-RecoveryLedger
        Disconnect-TtsService
        $env:RUNWARE_API_KEY = 'not-for-servers'
    }

    AfterEach { Remove-Item -Path env:RUNWARE_API_KEY -ErrorAction Ignore }

    It 'shows which server has which model, by which kind, and what does not answer' {
        $outcome = Get-Outcome -Action {
            Connect-TtsService -SelfHosted ([ordered]@{ CustomVoice = $Custom.Url, $Other.Url, $Nowhere; VoiceDesign = $Design.Url })
        }
        $outcome.Errors | Should -HaveCount 0
        $outcome.Output.Model | Should -BeExactly 'CustomVoice', 'CustomVoice', 'CustomVoice', 'VoiceDesign'
        $outcome.Output.Kind | Should -BeExactly 'VllmOmni', 'SglangOmni', $null, 'VllmOmni'
        $outcome.Output.IsReady | Should -Be $true, $true, $false, $true
        $outcome.Output[0].ServedModel | Should -BeExactly 'Qwen/Qwen3-TTS-12Hz-1.7B-CustomVoice'
        $outcome.Warnings | Should -HaveCount 1
        $outcome.Warnings | Should -BeLike "CustomVoice: $Nowhere does not answer:*tried again*"

        $service = Get-TtsService
        $service.Provider, $service.KeySource, $service.IsReady | Should -Be 'SelfHosted', 'None', $true
        $service.Servers | Should -HaveCount 4
        ($service | Format-Table | Out-String -Width 120) | Should -BeLike '*SelfHosted*3 of 4 servers ready*'
        ($service.Servers | Out-String -Width 120) | Should -BeLike '*SglangOmni*'
    }

    It 'takes a server for the kind that is given' {
        (Connect-TtsService -SelfHosted @{ CustomVoice = $Custom.Url } -ServerKind OpenAI).Kind | Should -BeExactly 'OpenAI'
        (Connect-TtsService -SelfHosted @{ CustomVoice = "$($Custom.Url)/v1/" } -ServerKind vllmomni).Kind | Should -BeExactly 'VllmOmni'
    }

    It 'refuses <Name>, and nothing else is used in its place' -ForEach @(
        @{ Name = 'an empty table'; Table = { @{} }; Error = 'InvalidRequest.SelfHosted'; Says = '*empty*' }
        @{ Name = 'another model'; Table = { @{ CustomVoices = $Custom.Url } }; Error = 'InvalidRequest.SelfHosted'; Says = '*CustomVoices*CustomVoice*' }
        @{ Name = 'what is no URL'; Table = { @{ CustomVoice = 'gpu1' } }; Error = 'InvalidRequest.SelfHosted'; Says = '*gpu1*' }
        @{ Name = 'a URL under the wrong model'; Table = { @{ Base = $Custom.Url } }; Error = 'InvalidRequest.Model'; Says = '*CustomVoice and not Base*' }
        @{ Name = 'servers of which none answers'; Table = { @{ CustomVoice = $Nowhere } }; Error = 'ServiceUnreachable'; Says = "*No server answers*" }
    ) {
        $caught = { Connect-TtsService -SelfHosted (& $Table) } | Should -Throw -PassThru
        $caught.FullyQualifiedErrorId | Should -BeLike "$Error,*"
        "$caught" | Should -BeLike $Says
        (Get-TtsService).Provider | Should -Not -Be 'Runware'
    }

    It 'sends a key over http to this machine only' {
        $key = ConvertTo-Secure -Value 'a-key-of-servers'
        $caught = { Connect-TtsService -SelfHosted @{ CustomVoice = 'http://gpu1.example:8091' } -ApiKey $key } |
            Should -Throw -PassThru
        (Connect-TtsService -SelfHosted @{ CustomVoice = $Custom.Url } -ApiKey $key).IsReady | Should -BeTrue
        (Get-TtsService).KeySource | Should -BeExactly 'Connection'
        "$caught" | Should -BeLike '*https*-ApiKey*'
    }
}

Describe 'Rows on own servers' {
    BeforeAll {
        Reset-RecoveryLedger
        Connect-TtsService -SelfHosted @{ CustomVoice = $Custom.Url, $Other.Url; VoiceDesign = $Design.Url; Base = $Base.Url } | Out-Null
    }

    It 'come from a CSV, in their order, and are unchanged the next time' {
        $csv = Join-Path -Path $TestDrive -ChildPath 'rows.csv'
        $out = Join-Path -Path $TestDrive -ChildPath 'out'
        1..12 | ForEach-Object { [pscustomobject]@{ Id = "row$_"; Text = "The train from platform $_ is late."; Language = 'en'; OutputFormat = 'WAV' } } |
            Export-Csv -LiteralPath $csv
        $first = @(Import-Csv -LiteralPath $csv | New-TtsSpeech -OutputDirectory $out)
        $first.Id | Should -BeExactly (1..12 | ForEach-Object { "row$_" })
        $first.Provider | Select-Object -Unique | Should -BeExactly 'SelfHosted'
        $first.Voice | Select-Object -Unique | Should -BeExactly 'ryan'
        @($first.Cost | Where-Object { $null -ne $_ }) | Should -HaveCount 0
        $again = @(Import-Csv -LiteralPath $csv | New-TtsSpeech -OutputDirectory $out)
        $again.Status | Select-Object -Unique | Should -BeExactly 'Unchanged'
        # A result is a row again.
        ($again | New-TtsSpeech -OutputDirectory $out).Status | Select-Object -Unique | Should -BeExactly 'Unchanged'
    }

    It 'are refused by name for <Name>' -ForEach @(
        @{ Name = 'Async'; Row = @{ Async = $true } }
        @{ Name = 'MaxCost'; Row = @{ MaxCost = '1.00' } }
        @{ Name = 'WebhookUrl'; Row = @{ WebhookUrl = 'https://example.com/hook' } }
        @{ Name = 'Ttl'; Row = @{ Ttl = '60' } }
        @{ Name = 'Option'; Row = @{ Option = @{ max_new_tokens = 4 } } }
    ) {
        $caught = { New-TtsSpeech -Text 'Hello' @Row -ErrorAction Stop -WarningAction Ignore } | Should -Throw -PassThru
        $caught.FullyQualifiedErrorId | Should -BeLike "NotSupported.$Name,*"
    }

    It 'have no tasks, accounts or prices' {
        (Get-Outcome -Action { Wait-TtsTask -TaskUUID ([guid]::NewGuid()) }).Errors[0].FullyQualifiedErrorId | Should -BeLike 'NotSupported.TaskUUID,*'
        (Get-Outcome -Action { Get-TtsAccount }).Errors[0].FullyQualifiedErrorId | Should -BeLike 'NotSupported.Account,*'
        (Get-Outcome -Action { Test-TtsSpeech -Text 'Hello' -Remote }).Errors[0].FullyQualifiedErrorId | Should -BeLike 'NotSupported.Remote,*'
        $valid = Test-TtsSpeech -Text 'Hello'
        $valid.IsValid | Should -BeTrue
    }

    It 'show no Wait-TtsTask, but the server, in -Verbose' {
        $lines = New-TtsSpeech -Text 'Hello' -OutputFormat WAV -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        "$lines" | Should -Not -BeLike '*Wait-TtsTask*'
        "$lines" | Should -BeLike '*answered after * by http://127.0.0.1:*'
    }

    It 'are spoken by one kept voice for each description' {
        $out = Join-Path -Path $TestDrive -ChildPath 'book'
        $spoken = @(1..3 | ForEach-Object { [pscustomobject]@{ Id = "p$_"; Text = "This is part $_ of the book."; VoiceDescription = 'A calm old man' } } |
                New-TtsSpeech -OutputDirectory $out -KeepVoice -OutputFormat WAV)
        $spoken.Model | Select-Object -Unique | Should -BeExactly 'Base'
        @(Get-TtsVoice -Kind Kept -VoiceFolder (Join-Path -Path $out -ChildPath 'voices')) | Should -HaveCount 1
    }

    It 'stop at once' {
        $slow = Start-Emulator -Argument '--speech-server', 'vllm', '--model', 'CustomVoice', '--port', '0', '--switches', '{"delay":60}'
        $shell = Open-Runspace
        try {
            $shell.AddScript("Connect-TtsService -SelfHosted @{ CustomVoice = '$slow' } | Out-Null; 1..20 | ForEach-Object { `"Text `$_`" } | New-TtsSpeech -OutputFormat WAV") | Out-Null
            $run = $shell.BeginInvoke()
            Start-Sleep -Milliseconds 1500
            $clock = [System.Diagnostics.Stopwatch]::StartNew()
            $shell.Stop()
            $run.AsyncWaitHandle.WaitOne(20000) | Should -BeTrue
            $clock.Elapsed.TotalSeconds | Should -BeLessThan 30 -Because 'a row takes a minute'
        }
        finally { $shell.Dispose() }
    }
}
