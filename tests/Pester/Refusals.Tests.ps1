# Bad input: each a non-terminating InvalidRequest.<Parameter> of that row, told before anything is sent.

BeforeDiscovery {
    $cases = @(
        # Text
        @{ Row = @{ Text = 'a' * 2001 }; Id = 'Text'; Says = '2001.*1 to 2000'; Shown = 'a text of 2001 characters' }
        @{ Row = @{ Text = [char]::ConvertFromUtf32(0x1F600) * 2001 }; Id = 'Text'; Says = '2001.*1 to 2000'; Shown = 'a text of 2001 emoji' }
        @{ Row = @{ Text = "broken $([char]0xD83D) half" }; Id = 'Text'; Says = 'surrogate.*position 8'; Shown = 'half a character' }
        # Speed
        @{ Row = @{ Speed = '0.24' }; Id = 'Speed'; Says = '0\.24.*0\.25 to 4' }
        @{ Row = @{ Speed = '4.01' }; Id = 'Speed'; Says = '4\.01.*0\.25 to 4' }
        @{ Row = @{ Speed = '0' }; Id = 'Speed'; Says = '0\.25 to 4' }
        @{ Row = @{ Speed = '-1' }; Id = 'Speed'; Says = '-1.*0\.25 to 4' }
        @{ Row = @{ Speed = 'abc' }; Id = 'Speed'; Says = "'abc'.*number" }
        @{ Row = @{ Speed = '0,3' }; Id = 'Speed'; Says = "'0,3'.*Write 0\.3\b" }
        @{ Row = @{ Speed = '1.005' }; Id = 'Speed'; Says = '1\.005.*0\.01' }
        @{ Row = @{ Speed = '1.5x' }; Id = 'Speed'; Says = "'1\.5x'.*Write 1\.5\b" }
        @{ Row = @{ Speed = 'NaN' }; Id = 'Speed'; Says = 'NaN.*number' }
        @{ Row = @{ Speed = [double]::PositiveInfinity }; Id = 'Speed'; Says = 'number' }
        @{ Row = @{ Speed = '1 2' }; Id = 'Speed'; Says = 'number' }
        # Language
        @{ Row = @{ Language = 'Klingon' }; Id = 'Language'; Says = "'Klingon'.*English.*Italian" }
        @{ Row = @{ Language = 'nl-NL' }; Id = 'Language'; Says = "'nl-NL'.*English" }
        # Format
        @{ Row = @{ OutputFormat = 'AAC' }; Id = 'OutputFormat'; Says = "'AAC'.*MP3, WAV, FLAC, OGG" }
        @{ Row = @{ OutputFormat = 'MP3'; OutputPath = 'a.wav' }; Id = 'OutputFormat'; Says = 'MP3.*a\.wav' }
        @{ Row = @{ OutputPath = 'a.m4a' }; Id = 'OutputPath'; Says = '\.m4a.*\.mp3' }
        # Bitrate
        @{ Row = @{ Bitrate = 'abc' }; Id = 'Bitrate'; Says = "'abc'.*whole number" }
        @{ Row = @{ Bitrate = '0,3' }; Id = 'Bitrate'; Says = "'0,3'" }
        @{ Row = @{ Bitrate = '64kb' }; Id = 'Bitrate'; Says = "'64kb'.*Write 64\b" }
        @{ Row = @{ Bitrate = '64 kbps' }; Id = 'Bitrate'; Says = 'Write 64\b' }
        @{ Row = @{ Bitrate = '128.5' }; Id = 'Bitrate'; Says = "'128\.5'" }
        @{ Row = @{ Bitrate = '1e2' }; Id = 'Bitrate'; Says = "'1e2'" }
        @{ Row = @{ Bitrate = '0x40' }; Id = 'Bitrate'; Says = "'0x40'" }
        @{ Row = @{ Bitrate = '-64' }; Id = 'Bitrate'; Says = '-64.*8 to 320' }
        @{ Row = @{ Bitrate = '99999999999' }; Id = 'Bitrate'; Says = '99999999999' }
        @{ Row = @{ Bitrate = '7' }; Id = 'Bitrate'; Says = '7.*8 to 320.*MP3' }
        @{ Row = @{ Bitrate = '321' }; Id = 'Bitrate'; Says = '321.*8 to 320' }
        @{ Row = @{ Bitrate = '65'; SampleRate = '8000' }; Id = 'Bitrate'; Says = '65.*8 to 64.*8000' }
        @{ Row = @{ Bitrate = '31'; SampleRate = '44100' }; Id = 'Bitrate'; Says = '32 to 320.*44100' }
        @{ Row = @{ Bitrate = '96'; SampleRate = '24000'; Channels = '1'; OutputFormat = 'OGG' }; Id = 'Bitrate'; Says = '96 kbps is outside 16 to 80 for OGG 24000 Hz mono.*Use 80.*SampleRate 16000 or 48000.*Channels 2.*Get-TtsFormat OGG' }
        @{ Row = @{ Bitrate = '41'; SampleRate = '8000'; Channels = '1'; OutputFormat = 'OGG' }; Id = 'Bitrate'; Says = '8 to 40.*OGG 8000 Hz mono' }
        @{ Row = @{ Bitrate = '47'; SampleRate = '48000'; OutputFormat = 'OGG' }; Id = 'Bitrate'; Says = '48 to 256.*stereo.*default' }
        @{ Row = @{ Bitrate = '225'; Channels = '1'; OutputFormat = 'OGG' }; Id = 'Bitrate'; Says = '8 to 224.*mono' }
        @{ Row = @{ Bitrate = '128'; OutputFormat = 'WAV' }; Id = 'Bitrate'; Says = 'WAV.*MP3 or OGG' }
        # Sample rate and channels
        @{ Row = @{ SampleRate = '44.1kHz' }; Id = 'SampleRate'; Says = "'44\.1kHz'.*Write 44100" }
        @{ Row = @{ SampleRate = '44.1' }; Id = 'SampleRate'; Says = "'44\.1'.*Write 44100" }
        @{ Row = @{ SampleRate = '24,000' }; Id = 'SampleRate'; Says = "'24,000'.*digits only" }
        @{ Row = @{ SampleRate = '96000' }; Id = 'SampleRate'; Says = '96000.*48000' }
        @{ Row = @{ SampleRate = '44100'; OutputFormat = 'OGG' }; Id = 'SampleRate'; Says = '44100.*OGG.*8000, 12000, 16000, 24000, 48000.*MP3, which has 44100' }
        @{ Row = @{ SampleRate = '48000'; OutputFormat = 'FLAC' }; Id = 'SampleRate'; Says = 'FLAC' }
        @{ Row = @{ Channels = '3' }; Id = 'Channels'; Says = '3.*mono.*stereo' }
        @{ Row = @{ Channels = '0' }; Id = 'Channels'; Says = '0.*mono' }
        @{ Row = @{ Channels = 'stereo' }; Id = 'Channels'; Says = "'stereo'.*2 for stereo" }
        @{ Row = @{ Channels = '1'; OutputFormat = 'WAV' }; Id = 'Channels'; Says = 'WAV' }
        @{ Row = @{ Channels = '2'; OutputPath = 'a.flac' }; Id = 'Channels'; Says = 'FLAC' }
        # Delivery
        @{ Row = @{ Ttl = '59' }; Id = 'Ttl'; Says = '59.*60' }
        @{ Row = @{ Ttl = '1h' }; Id = 'Ttl'; Says = "'1h'" }
        @{ Row = @{ Ttl = '60'; OutputType = 'base64Data' }; Id = 'Ttl'; Says = '60.*URL.*base64Data' }
        @{ Row = @{ Ttl = '60'; OutputType = 'dataURI' }; Id = 'Ttl'; Says = 'dataURI' }
        @{ Row = @{ OutputType = 'file' }; Id = 'OutputType'; Says = "'file'.*URL, base64Data, dataURI" }
        @{ Row = @{ WebhookUrl = 'example.com/hook' }; Id = 'WebhookUrl'; Says = 'absolute' }
        @{ Row = @{ WebhookUrl = 'ftp://example.com/hook' }; Id = 'WebhookUrl'; Says = 'http' }
        @{ Row = @{ UploadEndpoint = 'bucket/file' }; Id = 'UploadEndpoint'; Says = 'absolute' }
        # Results and tokens
        @{ Row = @{ NumberResults = '0' }; Id = 'NumberResults'; Says = '0.*1 to 20' }
        @{ Row = @{ NumberResults = '21' }; Id = 'NumberResults'; Says = '21.*1 to 20.*CustomVoice' }
        @{ Row = @{ NumberResults = '5'; VoiceDescription = 'A child' }; Id = 'NumberResults'; Says = '5.*1 to 4.*VoiceDesign' }
        @{ Row = @{ NumberResults = 'two' }; Id = 'NumberResults'; Says = "'two'" }
        @{ Row = @{ MaxNewTokens = '0' }; Id = 'MaxNewTokens'; Says = '0.*1' }
        @{ Row = @{ MaxNewTokens = 'many' }; Id = 'MaxNewTokens'; Says = "'many'" }
        # Models and voices
        @{ Row = @{ Model = 'VoiceDesign' }; Id = 'VoiceDescription'; Says = 'VoiceDesign needs' }
        @{ Row = @{ Model = 'alibaba:qwen@3-tts-1.7b-voicedesign' }; Id = 'VoiceDescription'; Says = 'VoiceDesign needs' }
        @{ Row = @{ Voice = 'design' }; Id = 'VoiceDescription'; Says = 'VoiceDesign needs' }
        @{ Row = @{ Voice = 'design'; Model = 'CustomVoice' }; Id = 'Voice'; Says = "'design'" }
        @{ Row = @{ VoiceDescription = 'A child'; Style = 'calm' }; Id = 'Style'; Says = 'VoiceDescription' }
        @{ Row = @{ VoiceDescription = 'A child'; Voice = 'ryan' }; Id = 'Voice'; Says = "'ryan'" }
        @{ Row = @{ VoiceDescription = 'A child'; Model = 'CustomVoice' }; Id = 'VoiceDescription'; Says = 'CustomVoice' }
        @{ Row = @{ Model = 'Qwen' }; Id = 'Model'; Says = "'Qwen'.*CustomVoice, VoiceDesign" }
        # Templates
        @{ Row = @{ OutputPath = 'a-{Nope}.mp3' }; Id = 'OutputPath'; Says = '\{Nope\}.*\{Id\}.*\{Hash\}' }
        @{ Row = @{ OutputPath = '{}.mp3' }; Id = 'OutputPath'; Says = '\{\}' }
        @{ Row = @{ OutputPath = '{Id}.mp3' }; Id = 'OutputPath'; Says = 'no Id' }
    )
    foreach ($case in $cases) {
        if (-not $case.Contains('Shown')) { $case.Shown = ($case.Row.GetEnumerator() | Sort-Object -Property Key | ForEach-Object { "$($_.Key)=$($_.Value)" }) -join ', ' }
    }
}

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Support.ps1')
    Import-TestModule
    $script:Emulator = Open-Emulator
    $script:Relay = Open-Relay -Url $Emulator.Url
    Connect-TtsService -ApiKey $TestKey -Endpoint $Relay.Url
}

AfterAll { Close-TestResource }

Describe 'A bad row' {
    BeforeEach {
        Reset-RecoveryLedger
        $Relay.Clear()
    }

    It 'is refused as <Id>: <Shown>' -ForEach $cases {
        $bad = [pscustomobject](@{ Text = 'hello' } + ($Row.Contains('Text') ? @{} : $Row))
        if ($Row.Contains('Text')) { $bad.Text = $Row.Text }
        $outcome = Get-Outcome -Action { $bad | New-TtsSpeech }

        $outcome.Errors | Should -HaveCount 1
        $outcome.Thrown | Should -BeNullOrEmpty
        $record = $outcome.Errors[0]
        $record | Get-ErrorName | Should -BeExactly "InvalidRequest.$Id"
        $record.CategoryInfo.Category | Should -Be 'InvalidArgument'
        [object]::ReferenceEquals($record.TargetObject, $bad) | Should -BeTrue
        $record.Exception.Message | Should -Match $Says
        $record.Exception.Message | Should -Match ($Id -replace 'VoiceDescription', 'VoiceDes')
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

    It 'ends at the first bad row under -ErrorAction Stop' {
        $outcome = Get-Outcome -Action { 'one', '', 'three' | New-TtsSpeech -OutputFormat WAV -ErrorAction Stop }
        $outcome.Thrown | Get-ErrorName | Should -BeExactly 'InvalidRequest.Text'
        $outcome.Output.Text | Should -Not -Contain 'three'
    }

    It 'leaves -ErrorVariable with every error under -ErrorAction SilentlyContinue' {
        '', ' ', 'good' | New-TtsSpeech -OutputFormat WAV -ErrorAction SilentlyContinue -ErrorVariable failures | Out-Null
        $failures | Should -HaveCount 2
    }

    It 'names everything that is wrong with a row, the first as its id' {
        $outcome = Get-Outcome -Action { [pscustomobject]@{ Text = ''; Speed = '9'; Language = 'Klingon' } | New-TtsSpeech }
        $outcome.Errors | Should -HaveCount 1
        $outcome.Errors[0].Exception.Message | Should -Match 'Text.*Klingon'
        $outcome.Errors[0].Exception.Message | Should -Match 'Speed 9'
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

    It 'does not repeat an UploadEndpoint that may be a secret' {
        $row = [pscustomobject]@{ Text = 'x'; UploadEndpoint = 'htps://bucket/x?sig=s3cr3t' }
        $outcome = Get-Outcome -Action { $row | New-TtsSpeech }
        $outcome.Errors | Get-ErrorName | Should -BeExactly 'InvalidRequest.UploadEndpoint'
        ($outcome.Errors | Out-String) + $outcome.Errors[0].Exception | Should -Not -Match 's3cr3t'
    }

    It 'masks a presigned UploadEndpoint in everything that it writes, and leaves the row alone' {
        $secret = 's3cr3t'
        $Relay.Clear()
        $rows = "Text,OutputFormat,Id,UploadEndpoint,WebhookUrl", "x,WAV,a,$($Relay.Url)/a?X-Amz-Signature=$secret,", "y,WAV,b,$($Relay.Url)/b?X-Amz-Signature=$secret,",
            "z,WAV,c,http://127.0.0.1:$(Get-FreePort)/c?X-Amz-Signature=$secret,", "z,WAV,d,$($Relay.Url)/d?X-Amz-Signature=$secret,http://127.0.0.1:$(Get-FreePort)/?token=$secret" | ConvertFrom-Csv
        $folder = Join-Path -Path $TestDrive -ChildPath 'masked'
        $stream = @($rows | New-TtsSpeech -OutputDirectory $folder -Verbose -Debug -ErrorAction Continue *>&1)
        $stream += @($rows[0] | New-TtsSpeech -Async -Verbose -Debug *>&1) + @($rows | Test-TtsSpeech -Verbose *>&1)
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

Describe 'What is just inside' {
    BeforeAll {
        function Get-PlanError {
            # In a runspace without a host, so that -WhatIf stays silent.
            param($Row)
            $instance = Open-Runspace
            try {
                $instance.AddScript('$args[0] | New-TtsSpeech -WhatIf').AddArgument($Row).Invoke() | Out-Null
                $instance.Streams.Error
            }
            finally { $instance.Dispose() }
        }
    }

    BeforeEach { Reset-RecoveryLedger }

    It 'takes 2000 emoji, which are 4000 UTF-16 units' {
        Get-PlanError -Row ([char]::ConvertFromUtf32(0x1F600) * 2000) | Should -BeNullOrEmpty
    }

    It 'takes <Format> <SampleRate> Hz with <Channels> channels at <Bitrate> kbps' -ForEach @(
        @{ Format = 'MP3'; SampleRate = 8000; Channels = 1; Bitrate = 8 }
        @{ Format = 'MP3'; SampleRate = 48000; Channels = 2; Bitrate = 320 }
        @{ Format = 'OGG'; SampleRate = 8000; Channels = 1; Bitrate = 40 }
        @{ Format = 'OGG'; SampleRate = 48000; Channels = 2; Bitrate = 256 }
        @{ Format = 'OGG'; SampleRate = ''; Channels = 1; Bitrate = 224 }
        @{ Format = 'MP3'; SampleRate = ''; Channels = ''; Bitrate = 8 }
    ) {
        $row = [pscustomobject]@{ Text = 'hello'; OutputFormat = $Format; SampleRate = $SampleRate; Channels = $Channels; Bitrate = $Bitrate }
        (Get-Outcome -Action { $row | New-TtsSpeech }).Errors | Should -HaveCount 0
    }

    It 'takes <Count> results of <Model>' -ForEach @{ Count = 20; Model = 'CustomVoice' }, @{ Count = 4; Model = 'VoiceDesign' } {
        $row = [pscustomobject]@{ Text = 'hello'; Model = $Model; VoiceDescription = if ($Model -eq 'VoiceDesign') { 'A child' }; NumberResults = $Count }
        Get-PlanError -Row $row | Should -BeNullOrEmpty
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
