# Bad input: each a non-terminating InvalidRequest.<Parameter> of that row, told before anything is sent.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Support.ps1')
    Import-TestModule
    $script:Emulator = Open-Emulator -Tiny
    $script:Relay = Open-Relay -Url $Emulator.Url
    Connect-TtsService -ApiKey $TestKey -Endpoint $Relay.Url
}

AfterAll { Close-TestResource }

Describe 'A bad row' {
    BeforeEach {
        Reset-RecoveryLedger
        $Relay.Clear()
    }

    # Which cells are bad is proven where they are read, in the tests of Core.
    It 'is one InvalidRequest.<Id> with its row and what is allowed: <Says>' -ForEach @(
        @{ Row = @{ Text = 'a' * 2001 }; Id = 'Text'; Says = '2001.*1 to 2000' }
        @{ Row = @{ Speed = '0,3' }; Id = 'Speed'; Says = "'0,3'.*Write 0\.3\b" }
        @{ Row = @{ Speed = [double]::PositiveInfinity }; Id = 'Speed'; Says = 'number' }
        @{ Row = @{ Bitrate = '64kb' }; Id = 'Bitrate'; Says = "'64kb'.*Write 64\b" }
        @{ Row = @{ OutputPath = 'a.m4a' }; Id = 'OutputPath'; Says = '\.m4a.*\.mp3' }
        @{ Row = @{ Model = 'VoiceDesign' }; Id = 'VoiceDescription'; Says = 'VoiceDesign needs' }
    ) {
        $cells = @{ Text = 'hello' }
        foreach ($name in $Row.Keys) { $cells[$name] = $Row[$name] }
        $bad = [pscustomobject]$cells
        $outcome = Get-Outcome -Action { $bad | New-TtsSpeech }

        $outcome.Errors | Should -HaveCount 1
        $outcome.Thrown | Should -BeNullOrEmpty
        $record = $outcome.Errors[0]
        $record | Get-ErrorName | Should -BeExactly "InvalidRequest.$Id"
        $record.CategoryInfo.Category | Should -Be 'InvalidArgument'
        [object]::ReferenceEquals($record.TargetObject, $bad) | Should -BeTrue
        $record.Exception.Message | Should -Match $Says
        $record.ErrorDetails.Message | Should -BeExactly $record.Exception.Message
        $Relay.Count | Should -Be 0
    }
}

Describe 'A batch with bad rows' {
    BeforeEach {
        Reset-RecoveryLedger
        $Relay.Clear()
    }

    It 'goes on after each, and sends the good ones only' {
        $rows = @'
Text,Speed,Bitrate
one,,
two,9,
three,1.1,
four,,abc
five,,64
'@ | ConvertFrom-Csv
        $outcome = Get-Outcome -Action { $rows | New-TtsSpeech }
        $outcome.Output.Text | Should -Be 'one', 'three', 'five'
        $outcome.Errors | Get-ErrorName | Should -Be 'InvalidRequest.Speed', 'InvalidRequest.Bitrate'
        $outcome.Errors.TargetObject.Text | Should -Be 'two', 'four'
        (Get-SentTask -Relay $Relay).speech.text | Sort-Object | Should -Be 'five', 'one', 'three'
    }

    It 'can be run again with the refused rows alone, once they are mended' {
        $rows = 'Text,Speed', 'one,9', 'two,1' | ConvertFrom-Csv
        $outcome = Get-Outcome -Action { $rows | New-TtsSpeech -OutputFormat WAV }
        $mended = $outcome.Errors.TargetObject
        $mended.Speed = '0.9'
        ($mended | New-TtsSpeech -OutputFormat WAV).Text | Should -BeExactly 'one'
    }

    It 'gives the text as the target when it stands on the line' {
        $outcome = Get-Outcome -Action { New-TtsSpeech -Text 'hello' -Speed 9 }
        $outcome.Errors[0].TargetObject | Should -BeExactly 'hello'
    }

    It 'needs no key to be refused' {
        Disconnect-TtsService
        try {
            $outcome = Get-Outcome -Action { '', [pscustomobject]@{ Text = 'x'; Speed = 'abc' } | New-TtsSpeech }
            $outcome.Errors | Get-ErrorName | Should -Be 'InvalidRequest.Text', 'InvalidRequest.Speed'
            $outcome.Thrown | Should -BeNullOrEmpty
        }
        finally {
            Connect-TtsService -ApiKey $TestKey -Endpoint $Relay.Url
        }
    }

    It 'masks a presigned UploadEndpoint in everything that it writes, and leaves the row alone' {
        $secret = 's3cr3t'
        $Relay.Clear()
        $rows = "Text,OutputFormat,Id,UploadEndpoint,WebhookUrl", "x,WAV,a,$($Relay.Url)/a?X-Amz-Signature=$secret,", "y,WAV,b,$($Relay.Url)/b?X-Amz-Signature=$secret,",
            "z,WAV,c,http://127.0.0.1:$(Get-RefusingPort)/c?X-Amz-Signature=$secret,", "z,WAV,d,$($Relay.Url)/d?X-Amz-Signature=$secret,http://127.0.0.1:$(Get-RefusingPort)/?token=$secret" | ConvertFrom-Csv
        $folder = Join-Path -Path $TestDrive -ChildPath 'masked'
        $stream = @($rows | New-TtsSpeech -OutputDirectory $folder -Verbose -Debug -WarningAction Continue -ErrorAction Continue *>&1)
        $stream += @($rows[0] | New-TtsSpeech -Async -Verbose -Debug -WarningAction Continue *>&1) + @($rows | Test-TtsSpeech -Verbose *>&1)
        $results = @($stream | Where-Object -FilterScript { $_.PSObject.TypeNames[0] -eq 'RunwareTts.TtsSpeech' })

        # It did go up, signed.
        $Relay.Uploads.Keys | Where-Object -FilterScript { $_ -match "/a\?X-Amz-Signature=$secret" } | Should -HaveCount 1
        [System.Text.Encoding]::ASCII.GetString($Relay.Uploads["/v1/a?X-Amz-Signature=$secret"], 0, 4) | Should -BeExactly 'RIFF'
        $results.Id | Should -Be 'a', 'b'
        $results[0].InputObject.UploadEndpoint | Should -BeExactly "$($Relay.Url)/a?****"
        $rows[0].UploadEndpoint | Should -Match $secret

        $stream | Where-Object -FilterScript { $_ -is [System.Management.Automation.ErrorRecord] } | Get-ErrorName | Should -BeExactly 'Runware.uploadFailed'
        $stream | Where-Object -FilterScript { $_ -is [System.Management.Automation.VerboseRecord] } | Should -Not -BeNullOrEmpty
        # An error's target is the row itself, so that it can be piped again, and PowerShell hangs the bound parameters on every record; the words are the module's.
        $shown = $stream | ForEach-Object -Process {
            if ($_ -is [System.Management.Automation.ErrorRecord]) { "$_ $($_.Exception) $($_.ErrorDetails) $($_.FullyQualifiedErrorId) $($_.ScriptStackTrace)" }
            elseif ($_ -is [System.Management.Automation.InformationalRecord]) { $_.Message }
            else { $_ | Format-List -Property * -Force | Out-String -Width 4000; $_ | Select-Object -ExcludeProperty File | ConvertTo-Json -Depth 3 -WarningAction Ignore }
        }
        @($shown -split "`n" -match $secret) | Should -BeNullOrEmpty
        Get-ChildItem -LiteralPath $folder -Recurse -File -Force | Select-String -Pattern $secret -SimpleMatch | Should -BeNullOrEmpty
    }
}

Describe 'What the service may know and this module does not' {
    BeforeEach {
        Reset-RecoveryLedger
        $Relay.Clear()
    }

    It 'warns of an unknown voice and sends it; the refusal of the service is the row''s' {
        $row = [pscustomobject]@{ Text = 'hello'; Voice = 'newcomer' }
        $outcome = Get-Outcome -Action { $row, 'next' | New-TtsSpeech -OutputFormat WAV }
        $outcome.Warnings | Should -Match "'newcomer'"
        (Get-SentTask -Relay $Relay).speech.voice | Should -Contain 'newcomer'
        $outcome.Errors | Should -HaveCount 1
        $outcome.Errors[0] | Get-ErrorName | Should -Match '^Runware\.\w+$'
        [object]::ReferenceEquals($outcome.Errors[0].TargetObject, $row) | Should -BeTrue
        $outcome.Errors[0].Exception.AllowedValues | Should -Contain 'ryan'
        $outcome.Errors[0].Exception.Parameters | Should -Contain 'speech.voice'
        $outcome.Thrown | Should -BeNullOrEmpty
        $outcome.Output.Text | Should -BeExactly 'next'
    }

    It 'warns of an unknown full model id and sends it' {
        $outcome = Get-Outcome -Action { New-TtsSpeech -Text 'hello' -Model 'alibaba:qwen@4-tts' }
        $outcome.Warnings | Should -Match 'alibaba:qwen@4-tts'
        (Get-SentTask -Relay $Relay).model | Should -BeExactly 'alibaba:qwen@4-tts'
        $outcome.Errors | Get-ErrorName | Should -Match '^Runware\.'
    }
}
