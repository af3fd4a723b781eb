# Results that the emulator really posts, taken by a listener in a thread job or a runspace of its own.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Support.ps1')
    Import-TestModule
    $script:Emulator = Open-Emulator -Tiny
    Connect-TtsService -ApiKey $TestKey -Endpoint $Emulator.Url

    function Open-Receiver {
        # A listener in a thread job; it listens when this returns.
        param([hashtable] $With = @{})

        $token = [guid]::NewGuid().ToString('N')
        $module = Get-TestModulePath
        $limits = $With
        return Invoke-AtPort -Action {
            param($port)
            $job = Start-ThreadJob -ScriptBlock {
                Import-Module -Name $using:module
                $more = $using:limits
                Receive-TtsWebhook -Prefix "http://127.0.0.1:$using:port/" -Token $using:token -Verbose @more
            }
            Wait-Until { $job.Verbose.Count -gt 0 -or $job.State -notin 'NotStarted', 'Running' }
            $why = if ($job.State -eq 'Failed') { $job.JobStateInfo.Reason.Message }
            [pscustomobject]@{ Job = $job; Token = $token; Told = ''; Port = $port; Url = "http://127.0.0.1:$port/hook?token=$token"; Thrown = $why }
        }
    }

    function Receive-AtPort {
        # What Receive-TtsWebhook gives at a port that is free.
        param([string] $Address = '127.0.0.1', [int] $Count = 0, [int] $TimeoutSec = 1)

        $with = @{ Token = 't' * 16; TimeoutSec = $TimeoutSec }
        if ($Count) { $with.Count = $Count }
        return Invoke-AtPort -Action {
            param($port)
            Get-Outcome -Action { Receive-TtsWebhook -Prefix "http://${Address}:$port/" @with -Verbose 4>&1 }
        }
    }

    function Get-Received {
        param([Parameter(Mandatory)] $Receiver)

        $Receiver.Job | Wait-Job -Timeout 120 | Out-Null
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
        $tasks = 'one', 'two', 'three' | New-TtsSpeech -WebhookUrl $receiver.Url -OutputFormat MP3
        $results = Get-Received -Receiver $receiver
        $results | Should -HaveCount 3
        $results[0].PSObject.TypeNames[0] | Should -BeExactly 'RunwareTts.TtsSpeech'
        $results.TaskUUID | Sort-Object | Should -Be @($tasks.TaskUUID | Sort-Object)
        $results.OutputFormat | Select-Object -Unique | Should -BeExactly 'MP3'
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
        $outcome = Receive-AtPort -Count 2
        $outcome.Errors | Should -HaveCount 0
        $outcome.Output[-1].Message | Should -Match '^0 of 2 results were received within 1 s'
    }

    It 'stops at once and frees its port' {
        $receiver = Open-Receiver
        # Without -TimeoutSec it would go on for ever.
        $receiver.Job | Stop-Job
        $receiver.Job.State | Should -Be 'Stopped'
        $prefix = "http://127.0.0.1:$($receiver.Port)/"
        (Get-Outcome -Action { Receive-TtsWebhook -Prefix $prefix -Token ('t' * 16) -TimeoutSec 1 }).Errors | Should -HaveCount 0
    }

    It 'lets go of its port after Select-Object -First' {
        $receiver = Open-Receiver
        $receiver.Job | Stop-Job
        $prefix = "http://127.0.0.1:$($receiver.Port)/"
        $url = $receiver.Url
        $posts = Start-ThreadJob -ScriptBlock {
            $to = $using:url
            while ($true) {
                $body = @{ taskType = 'audioInference'; taskUUID = [guid]::NewGuid(); audioUUID = [guid]::NewGuid(); audioURL = 'https://a.example/a.mp3' } | ConvertTo-Json
                Invoke-RestMethod -Uri $to -Method Post -Body $body -ErrorAction Ignore
                Start-Sleep -Milliseconds 50
            }
        }
        try {
            Receive-TtsWebhook -Prefix $prefix -Token $receiver.Token -TimeoutSec 120 | Select-Object -First 1 | Should -HaveCount 1
            (Get-Outcome -Action { Receive-TtsWebhook -Prefix $prefix -Token $receiver.Token -TimeoutSec 1 }).Errors | Should -HaveCount 0
        }
        finally { $posts | Stop-Job }
    }

    It 'refuses -<Parameter> ''<Value>'' by name, and teaches the right one' -ForEach @(
        @{ Parameter = 'Token'; Value = 'too-short'; Teaches = '\[guid\]::NewGuid\(\)' }
        @{ Parameter = 'Prefix'; Value = 'http://127.0.0.1:9000'; Teaches = 'http://127\.0\.0\.1:9000/$' }
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
        $prefix = "http://127.0.0.1:$($receiver.Port)/"
        (Get-Outcome -Action { Receive-TtsWebhook -Prefix $prefix -Token ('t' * 16) }).Thrown | Get-ErrorName | Should -BeExactly 'PrefixInUse'
        $receiver.Job | Stop-Job
    }

    It 'warns once that the token travels unencrypted beyond this machine' {
        $outcome = Receive-AtPort -Address '+'
        $outcome.Warnings | Should -HaveCount 1
        $outcome.Warnings[0] | Should -Match 'unencrypted'
    }
}
