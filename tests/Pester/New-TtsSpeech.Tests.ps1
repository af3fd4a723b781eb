# A batch as a whole, against the emulator: what comes out, in which order, and how it ends.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Support.ps1')
    Import-TestModule
    $script:Emulator = Open-Emulator -Tiny
    $script:Relay = Open-Relay -Url $Emulator.Url
    # Whose tasks are never done while a test waits.
    $script:Patient = Open-Emulator -Tiny -TaskTime 3600
    $script:PatientRelay = Open-Relay -Url $Patient.Url
    Connect-TtsService -ApiKey $TestKey -Endpoint $Relay.Url
}

AfterAll { Close-TestResource }

Describe 'A result' {
    BeforeAll {
        $script:Folder = Join-Path -Path $TestDrive -ChildPath 'result'
        $row = [pscustomobject]@{ Id = 'gate'; Text = 'Gate seven is closing.'; Voice = 'ryan'; Style = 'calm'; Language = 'en'; Speed = '1.1'; OutputFormat = 'OGG'; Bitrate = '64'; SampleRate = '24000'; Channels = '1'; MaxNewTokens = '900' }
        # The tiny voice speaks no OGG.
        $script:Result = $row | New-TtsSpeech -OutputDirectory $Folder -ApiKey $TestKey -Endpoint (Open-Emulator).Url
    }

    BeforeEach { Reset-RecoveryLedger }

    It 'says <Name> as it was asked for: <Value>' -ForEach @(
        @{ Name = 'Id'; Value = 'gate' }, @{ Name = 'Text'; Value = 'Gate seven is closing.' }, @{ Name = 'Model'; Value = 'CustomVoice' }, @{ Name = 'Voice'; Value = 'ryan' }
        @{ Name = 'Style'; Value = 'calm' }, @{ Name = 'Language'; Value = 'English' }, @{ Name = 'Speed'; Value = 1.1 }, @{ Name = 'OutputFormat'; Value = 'OGG' }
        @{ Name = 'Bitrate'; Value = 64 }, @{ Name = 'SampleRate'; Value = 24000 }, @{ Name = 'Channels'; Value = 1 }, @{ Name = 'MaxNewTokens'; Value = 900 }
        @{ Name = 'Provider'; Value = 'Runware' }, @{ Name = 'Status'; Value = 'Completed' }, @{ Name = 'Attempts'; Value = 1 }
    ) {
        $Result.$Name | Should -BeExactly $Value
    }

    It 'says where the file is, and what it really is' {
        $Result.Path | Should -BeExactly (Join-Path -Path $Folder -ChildPath 'gate.ogg')
        $Result.File | Should -BeOfType ([System.IO.FileInfo])
        $Result.Size | Should -Be (Get-Item -LiteralPath $Result.Path).Length
        $Result.Audio.Format | Should -BeExactly 'OGG'
        $Result.Audio.SampleRate | Should -Be 24000
        $Result.Audio.Channels | Should -Be 1
        $Result.Duration | Should -Be $Result.Audio.Duration
        $Result.Duration | Should -BeGreaterThan ([timespan]::FromSeconds(0.3))
    }

    It 'says what it cost, as a decimal' {
        $Result.Cost | Should -BeOfType ([decimal])
        $Result.Cost | Should -BeGreaterThan 0
        ($Result, $Result | Measure-Object -Property Cost -Sum).Sum | Should -Be ($Result.Cost * 2)
    }

    It 'has the ids by which the service knows it, and its time' {
        $Result.TaskUUID | Should -BeOfType ([guid])
        $Result.AudioUUID | Should -Not -BeNullOrEmpty
        $Result.AudioUrl | Should -Match '^http://127\.0\.0\.1'
        $Result.Elapsed | Should -BeGreaterThan ([timespan]::Zero)
    }

    It 'binds to Get-Item, Remove-Item and others by its Path' {
        ($Result | Get-Item).FullName | Should -BeExactly $Result.Path
    }
}

Describe 'A pipeline' {
    BeforeEach {
        Reset-RecoveryLedger
        $Relay.Clear()
    }

    It 'keeps errors at their place between the results' {
        $events = [System.Collections.Generic.List[string]]::new()
        'one', '', 'three', ' ', 'five' | New-TtsSpeech -OutputFormat WAV -ErrorAction Continue 2>&1 | ForEach-Object -Process {
            $events.Add($(if ($_ -is [System.Management.Automation.ErrorRecord]) { 'error' } else { $_.Text }))
        }
        $events | Should -Be 'one', 'error', 'three', 'error', 'five'
    }

    It 'streams: results come while rows are still being read' {
        $seen = [System.Collections.Generic.List[string]]::new()
        & { 1..30 | ForEach-Object -Process { $seen.Add("in $_"); "text $_" } } | New-TtsSpeech -OutputFormat WAV -ThrottleLimit 1 | ForEach-Object -Process { $seen.Add("out $($_.Text)") }
        $seen.IndexOf('out text 1') | Should -BeLessThan $seen.IndexOf('in 30')
    }

    It 'ends soon after Select-Object -First 2, and does not send what is left' {
        $first = 1..60 | ForEach-Object -Process { "text $_" } | New-TtsSpeech -OutputFormat WAV -ThrottleLimit 2 | Select-Object -First 2
        $first.Text | Should -Be 'text 1', 'text 2'
        Get-SentTask -Relay $Relay | Measure-Object | Select-Object -ExpandProperty Count | Should -BeLessThan 30
    }

    It 'ends soon when somebody downstream throws' {
        { 1..60 | ForEach-Object -Process { "text $_" } | New-TtsSpeech -OutputFormat WAV -ThrottleLimit 2 | ForEach-Object -Process { throw 'downstream' } } | Should -Throw 'downstream'
        Get-SentTask -Relay $Relay | Measure-Object | Select-Object -ExpandProperty Count | Should -BeLessThan 30
    }

    It 'refuses a <Parameter> of <Value> by the name of the parameter' -ForEach @(
        @{ Parameter = 'ThrottleLimit'; Value = 0 }, @{ Parameter = 'TimeoutSec'; Value = 0 }, @{ Parameter = 'OutputDirectory'; Value = '' }
    ) {
        $arguments = @{ $Parameter = $Value }
        $outcome = Get-Outcome -Action { 'a', 'b' | New-TtsSpeech @arguments }
        $outcome.Thrown.Exception.Message | Should -Match $Parameter
        $Relay.Count | Should -Be 0
    }
}

Describe 'ShouldProcess' {
    BeforeEach {
        Reset-RecoveryLedger
        $Relay.Clear()
    }

    It 'under -WhatIf says text, voice, file and cost, sends nothing and writes nothing' {
        $folder = Join-Path -Path $TestDrive -ChildPath 'whatif'
        $script = 'Import-Module {0}; "Boarding now." | New-TtsSpeech -Voice ryan -Id gate -OutputDirectory {1} -ApiKey {2} -Endpoint {3} -WhatIf' -f (Get-TestModulePath), $folder, $TestKey, $Relay.Url
        $shown = (Invoke-PowerShell -Command $script) -join "`n"
        $shown | Should -Match 'Boarding now\.'
        $shown | Should -Match 'ryan'
        $shown | Should -Match ([regex]::Escape((Join-Path -Path $folder -ChildPath 'gate.mp3')))
        $shown | Should -Match '0\.0002 USD'
        $Relay.Count | Should -Be 0
        $folder | Should -Not -Exist
    }

    It 'needs no key under -WhatIf, and still tells what is wrong with a row' {
        $instance = Open-Runspace
        try {
            $instance.AddScript('"good", "", @{ a = 1 } | New-TtsSpeech -WhatIf').Invoke() | Should -HaveCount 0
            $instance.Streams.Error.FullyQualifiedErrorId | Should -Be (@('InvalidRequest.Text,RunwareTts.Commands.NewTtsSpeechCommand') * 2)
        }
        finally { $instance.Dispose() }
    }

    It 'does not ask of itself: the impact is low' {
        $before = $ConfirmPreference
        $before | Should -Be 'High'
        New-TtsSpeech -Text 'hello' -OutputFormat WAV | Should -Not -BeNullOrEmpty
    }

    It 'speaks under -Confirm:$false whatever the preference' {
        $ConfirmPreference = 'Low'
        New-TtsSpeech -Text 'hello' -OutputFormat WAV -Confirm:$false | Should -Not -BeNullOrEmpty
    }
}

Describe 'Stopping' {
    BeforeEach { Reset-RecoveryLedger }

    It 'ends at once, lets go of the files and leaves nothing half written' {
        $PatientRelay.Clear()
        $folder = Join-Path -Path $TestDrive -ChildPath 'stopped'
        $instance = Open-Runspace
        try {
            $instance.AddScript('1..8 | ForEach-Object { "text $_" } | New-TtsSpeech -OutputDirectory $args[0] -ApiKey $args[1] -Endpoint $args[2]').AddArgument($folder).AddArgument($TestKey).AddArgument($PatientRelay.Url) | Out-Null
            $instance.BeginInvoke() | Out-Null
            Wait-Until { $PatientRelay.Count -ge 4 }
            # The tasks would take an hour.
            $instance.Stop()
            $instance.InvocationStateInfo.State | Should -Be 'Stopped'
            if (Test-Path -LiteralPath $folder) { Get-ChildItem -LiteralPath $folder -Force -Recurse -Include '*.part', '*.mp3' | Should -HaveCount 0 }
        }
        finally { $instance.Dispose() }
    }

    It 'ends Wait-TtsTask at once' {
        $task = New-TtsSpeech -Text 'hello' -Async -ApiKey $TestKey -Endpoint $Patient.Url
        $PatientRelay.Clear()
        $instance = Open-Runspace
        try {
            $instance.AddScript('Wait-TtsTask -TaskUUID $args[0] -ApiKey $args[1] -Endpoint $args[2]').AddArgument($task.TaskUUID).AddArgument($TestKey).AddArgument($PatientRelay.Url) | Out-Null
            $instance.BeginInvoke() | Out-Null
            Wait-Until { $PatientRelay.Count -ge 1 }
            $instance.Stop()
            $instance.InvocationStateInfo.State | Should -Be 'Stopped'
        }
        finally { $instance.Dispose() }
    }

    It 'by -TimeoutSec is a TaskTimeout that says how to fetch it later' {
        $row = [pscustomobject]@{ Text = 'slow' }
        $outcome = Get-Outcome -Action { $row | New-TtsSpeech -TimeoutSec 1 -ApiKey $TestKey -Endpoint $PatientRelay.Url }
        $outcome.Errors | Should -HaveCount 1
        $outcome.Errors[0] | Get-ErrorName | Should -BeExactly 'TaskTimeout'
        $outcome.Errors[0].CategoryInfo.Category | Should -Be 'OperationTimeout'
        $outcome.Errors[0].Exception.Message | Should -Match 'Wait-TtsTask -TaskUUID [0-9a-f-]{36}'
        [object]::ReferenceEquals($outcome.Errors[0].TargetObject, $row) | Should -BeTrue
    }
}
