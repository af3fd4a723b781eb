# Results that the emulator really posts, taken by a listener in a thread job or a runspace of its own.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Support.ps1')
    Import-TestModule
    $script:Emulator = Open-Emulator
    Connect-TtsService -ApiKey $TestKey -Endpoint $Emulator.Url

    function Open-Receiver {
        # A listener in a thread job; it listens when this returns.
        param([hashtable] $With = @{})

        $port = Get-FreePort
        $token = [guid]::NewGuid().ToString('N')
        $module = Get-TestModulePath
        $limits = $With
        $job = Start-ThreadJob -ScriptBlock {
            Import-Module -Name $using:module
            $more = $using:limits
            Receive-TtsWebhook -Prefix "http://127.0.0.1:$using:port/" -Token $using:token -Verbose @more
        }

        $deadline = [datetime]::UtcNow.AddSeconds(10)
        while ($job.Verbose.Count -eq 0 -and $job.State -in 'NotStarted', 'Running' -and [datetime]::UtcNow -lt $deadline) { Start-Sleep -Milliseconds 20 }
        return [pscustomobject]@{ Job = $job; Token = $token; Told = ''; Url = "http://127.0.0.1:$port/hook?token=$token" }
    }

    function Get-Received {
        param([Parameter(Mandatory)] $Receiver)

        $Receiver.Job | Wait-Job -Timeout 20 | Out-Null
        $Receiver.Job.State | Should -Be 'Completed'
        $Receiver.Told = $Receiver.Job.Verbose.Message -join "`n"
        $Receiver.Job | Receive-Job -ErrorAction SilentlyContinue -Verbose:$false 4>$null
    }
}

AfterAll {
    Disconnect-TtsService
    Get-Job | Remove-Job -Force
    Close-TestResource
}

Describe 'Receive-TtsWebhook' {
    BeforeEach { Reset-RecoveryLedger }

    It 'gives a TtsSpeech for each result, as the service posts it' {
        $receiver = Open-Receiver -With @{ Count = 3 }
        $tasks = 'one', 'two', 'three' | New-TtsSpeech -WebhookUrl $receiver.Url -OutputFormat OGG
        $results = Get-Received -Receiver $receiver
        $results | Should -HaveCount 3
        $results[0].PSObject.TypeNames[0] | Should -BeExactly 'RunwareTts.TtsSpeech'
        $results.TaskUUID | Sort-Object | Should -Be @($tasks.TaskUUID | Sort-Object)
        $results.OutputFormat | Select-Object -Unique | Should -BeExactly 'OGG'
        $results.Provider | Select-Object -Unique | Should -BeExactly 'Runware'
        $results.Status | Select-Object -Unique | Should -BeExactly 'Completed'
        $results.Cost | Should -Not -Contain $null
        (Invoke-WebRequest -Uri $results[0].AudioUrl).RawContentLength | Should -BeGreaterThan 100
    }

    It 'carries the bytes of <_>' -ForEach 'base64Data', 'dataURI' {
        $receiver = Open-Receiver -With @{ Count = 1 }
        New-TtsSpeech -Text 'hello' -WebhookUrl $receiver.Url -OutputType $_ -OutputFormat WAV | Out-Null
        $result = Get-Received -Receiver $receiver
        [System.Text.Encoding]::ASCII.GetString($result.AudioData, 0, 4) | Should -BeExactly 'RIFF'
        $result.Audio.Format, $result.OutputFormat | Should -Be 'WAV', 'WAV'
        $result.Size | Should -Be $result.AudioData.Length
    }

    It 'gets what the service sends again when it starts late' {
        $port = Get-FreePort
        $token = [guid]::NewGuid().ToString('N')
        New-TtsSpeech -Text 'hello' -OutputFormat WAV -WebhookUrl "http://127.0.0.1:$port/?token=$token" | Out-Null
        Start-Sleep -Milliseconds 600
        Receive-TtsWebhook -Prefix "http://127.0.0.1:$port/" -Token $token -Count 1 -TimeoutSec 20 | Should -HaveCount 1
    }

    It 'refuses what is bad, says so, and carries on' {
        $receiver = Open-Receiver -With @{ Count = 1 }
        $answers = @(
            Invoke-WebRequest -Uri $receiver.Url -SkipHttpErrorCheck
            Invoke-WebRequest -Uri ($receiver.Url -replace '\?.*') -Method Post -Body '{}' -SkipHttpErrorCheck
            Invoke-WebRequest -Uri "$($receiver.Url)x" -Method Post -Body '{}' -SkipHttpErrorCheck
            Invoke-WebRequest -Uri $receiver.Url -Method Post -Body 'not json' -SkipHttpErrorCheck
            Invoke-WebRequest -Uri $receiver.Url -Method Post -Body '{}' -SkipHttpErrorCheck
        )
        $answers.StatusCode | Should -Be 405, 401, 403, 400, 400
        New-TtsSpeech -Text 'hello' -WebhookUrl $receiver.Url -OutputFormat WAV | Out-Null
        Get-Received -Receiver $receiver | Should -HaveCount 1
        foreach ($status in 405, 401, 403, 400) { $receiver.Told | Should -Match "HTTP $status" }
        $receiver.Told | Should -Not -Match $receiver.Token
    }

    It 'ends without an error when its time is over, and says how many came' {
        $prefix = "http://127.0.0.1:$(Get-FreePort)/"
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        $outcome = Get-Outcome -Action { Receive-TtsWebhook -Prefix $prefix -Token ('t' * 16) -Count 2 -TimeoutSec 1 -Verbose 4>&1 }
        $clock.Elapsed.TotalSeconds | Should -BeLessThan 3
        $outcome.Errors | Should -HaveCount 0
        $outcome.Output[-1].Message | Should -Match '^0 of 2 results came within 1 s'
    }

    It 'stops at once and frees its port' {
        $prefix = "http://127.0.0.1:$(Get-FreePort)/"
        $instance = Open-Runspace
        try {
            $instance.AddScript('Receive-TtsWebhook -Prefix $args[0] -Token $args[1]').AddArgument($prefix).AddArgument('t' * 16) | Out-Null
            $instance.BeginInvoke() | Out-Null
            Start-Sleep -Milliseconds 700
            $clock = [System.Diagnostics.Stopwatch]::StartNew()
            $instance.Stop()
            $clock.Elapsed.TotalSeconds | Should -BeLessThan 2
        }
        finally { $instance.Dispose() }
        (Get-Outcome -Action { Receive-TtsWebhook -Prefix $prefix -Token ('t' * 16) -TimeoutSec 1 }).Errors | Should -HaveCount 0
    }

    It 'lets go of its port after Select-Object -First' {
        $receiver = Open-Receiver
        $receiver.Job | Stop-Job
        $port = ([uri]$receiver.Url).Port
        $url = $receiver.Url
        $posts = Start-ThreadJob -ScriptBlock {
            $to = $using:url
            1..50 | ForEach-Object -Process {
                $body = @{ taskType = 'audioInference'; taskUUID = [guid]::NewGuid(); audioUUID = [guid]::NewGuid(); audioURL = 'https://a.example/a.mp3' } | ConvertTo-Json
                Invoke-RestMethod -Uri $to -Method Post -Body $body -ErrorAction Ignore
                Start-Sleep -Milliseconds 100
            }
        }
        Receive-TtsWebhook -Prefix "http://127.0.0.1:$port/" -Token $receiver.Token -TimeoutSec 20 | Select-Object -First 1 | Should -HaveCount 1
        (Get-Outcome -Action { Receive-TtsWebhook -Prefix "http://127.0.0.1:$port/" -Token $receiver.Token -TimeoutSec 1 }).Errors | Should -HaveCount 0
        $posts | Stop-Job
    }

    It 'refuses -<Parameter> ''<Value>'' by name, and teaches the right one' -ForEach @(
        @{ Parameter = 'Token'; Value = ''; Teaches = '\[guid\]::NewGuid\(\)' }
        @{ Parameter = 'Token'; Value = 'too-short'; Teaches = '\[guid\]::NewGuid\(\)' }
        @{ Parameter = 'Prefix'; Value = ''; Teaches = 'http://127\.0\.0\.1:8090/$' }
        @{ Parameter = 'Prefix'; Value = 'http://127.0.0.1:9000'; Teaches = 'http://127\.0\.0\.1:9000/$' }
        @{ Parameter = 'Prefix'; Value = '127.0.0.1:9000'; Teaches = 'http://127\.0\.0\.1:9000/$' }
    ) {
        $arguments = @{ Prefix = 'http://127.0.0.1:9000/'; Token = 't' * 16; TimeoutSec = 1 }
        $arguments[$Parameter] = $Value
        $outcome = Get-Outcome -Action { Receive-TtsWebhook @arguments }
        $outcome.Thrown | Get-ErrorName | Should -BeExactly "InvalidRequest.$Parameter"
        $outcome.Thrown.Exception.Message | Should -Match $Teaches
        $outcome.Thrown.Exception.Message | Should -Not -Match 'too-short'
    }

    It 'names a port that is in use' {
        $receiver = Open-Receiver
        $prefix = "http://127.0.0.1:$(([uri]$receiver.Url).Port)/"
        (Get-Outcome -Action { Receive-TtsWebhook -Prefix $prefix -Token ('t' * 16) }).Thrown | Get-ErrorName | Should -BeExactly 'PrefixInUse'
        $receiver.Job | Stop-Job
    }

    It 'warns once that the token travels in clear beyond this machine' {
        $prefix = "http://+:$(Get-FreePort)/"
        $outcome = Get-Outcome -Action { Receive-TtsWebhook -Prefix $prefix -Token ('t' * 16) -TimeoutSec 1 }
        $outcome.Warnings | Should -HaveCount 1
        $outcome.Warnings[0] | Should -Match 'in clear'
    }
}
