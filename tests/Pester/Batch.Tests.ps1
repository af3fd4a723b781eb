# Batches that are cut off, disturbed or run side by side: in the end each row is a file or an error, and none is paid for twice.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Support.ps1')
    Import-TestModule
    $script:Emulator = Open-Emulator -Tiny
    Connect-TtsService -ApiKey $TestKey -Endpoint $Emulator.Url

    function Get-Row {
        # Rows that no other test has.
        param([int] $Count)

        $tag = [guid]::NewGuid().ToString('N').Substring(0, 8)
        foreach ($number in 1..$Count) { [pscustomobject]@{ Id = "row-$number"; Text = "$tag, row number $number"; OutputFormat = 'WAV' } }
    }

    function Start-Batch {
        # New-TtsSpeech in a PowerShell of its own, while this one goes on.
        [Diagnostics.CodeAnalysis.SuppressMessageAttribute('PSUseShouldProcessForStateChangingFunctions', '', Justification = 'Nothing but a test sees it.')]
        param([object[]] $Rows, [hashtable] $With)

        $instance = Open-Runspace
        $instance.AddScript('param($rows, $with) $rows | New-TtsSpeech @with').AddArgument($Rows).AddArgument($With) | Out-Null
        return [pscustomobject]@{ PowerShell = $instance; Running = $instance.BeginInvoke() }
    }
}

BeforeDiscovery {
    $script:places = @(
        @{ Where = 'in its folder'; Folder = { Join-Path -Path $TestDrive -ChildPath "out-$([guid]::NewGuid().ToString('N'))" } }
        @{ Where = 'in the recovery ledger'; Folder = { } }
    )
}

AfterAll { Close-TestResource }

Describe 'When every fifth request fails' -Tag Slow {
    It 'ends with a file for each row, in their order, and pays for none twice' {
        $night = Open-Emulator -Tiny
        Add-Fault -Emulator $night -Order @{ rate = 0.2; seed = 11 }
        $folder = Join-Path -Path $TestDrive -ChildPath 'night'
        $rows = Get-Row -Count 40
        $outcome = Get-Outcome -Action { $rows | New-TtsSpeech -OutputDirectory $folder -ThrottleLimit 8 -ApiKey $TestKey -Endpoint $night.Url }
        Clear-Fault -Emulator $night
        $outcome.Thrown | Should -BeNullOrEmpty
        $failed = @($outcome.Errors | ForEach-Object -Process { $_.TargetObject.Id })
        $outcome.Output.Count + $failed.Count | Should -Be 40
        $outcome.Output.Id | Should -Be @($rows.Id | Where-Object -FilterScript { $_ -notin $failed })
        (Get-Record -Emulator $night).faults | Should -BeGreaterThan 5

        # What is left, the next run does; the first has lost nothing that was paid for.
        $again = $rows | New-TtsSpeech -OutputDirectory $folder -ApiKey $TestKey -Endpoint $night.Url
        $again.Path | Should -Exist
        $record = Get-Record -Emulator $night
        $record.chargedTwice | Should -Be 0
        $record.chargedTasks | Should -Be 40
        Get-ChildItem -LiteralPath $folder -Force -Filter '*.part' | Should -BeNullOrEmpty
        [math]::Round((Get-TtsLedger $folder | Measure-Object -Property Cost -Sum).Sum, 4) | Should -Be $record.charged
    }
}

Describe 'New-TtsSpeech -Async | Wait-TtsTask in one pipeline' {
    BeforeEach { Reset-RecoveryLedger }

    It 'share the ledger of one folder, and are free when they run again' {
        $folder = Join-Path -Path $TestDrive -ChildPath 'both'
        $rows = Get-Row -Count 5
        $before = Get-Record -Emulator $Emulator
        $first = $rows | New-TtsSpeech -Async -OutputDirectory $folder | ConvertTo-OldTask | Wait-TtsTask -OutputDirectory $folder
        $first | Should -HaveCount 5
        $first.Path | Should -Exist
        $between = Get-Record -Emulator $Emulator
        $between.chargedTasks - $before.chargedTasks | Should -Be 5

        $again = $rows | New-TtsSpeech -Async -OutputDirectory $folder | Wait-TtsTask -OutputDirectory $folder
        $again.Status | Should -Be (@('Unchanged') * 5)
        $again.Path | Sort-Object | Should -Be @($first.Path | Sort-Object)
        ($again | Measure-Object -Property Cost -Sum).Sum | Should -Be 0
        # Without -Async they are the same rows.
        ($rows | New-TtsSpeech -OutputDirectory $folder).Status | Should -Be (@('Unchanged') * 5)
        (Get-Record -Emulator $Emulator).requests | Should -Be $between.requests
    }
}

Describe 'A batch that is cut off by Select-Object -First 3, known <Where>' -Tag Slow -ForEach $places {
    BeforeAll {
        Reset-RecoveryLedger
        $script:Steady = Open-Emulator -Tiny -TaskTime 0.3
        $script:Place = & $Folder
        $script:With = if ($Place) { @{ OutputDirectory = $Place } } else { @{} }
        $script:Of = if ($Place) { @{ Path = $Place } } else { @{} }
        $script:Rows = Get-Row -Count 60
        $script:Before = Get-Record -Emulator $Steady
        $script:First = $Rows | New-TtsSpeech @With -ThrottleLimit 6 -ApiKey $TestKey -Endpoint $Steady.Url | Select-Object -First 3
        $script:Known = @(Get-TtsLedger @Of)
    }

    It 'has not sent the rows that are left' {
        $First.Id | Should -Be 'row-1', 'row-2', 'row-3'
        $Known.Count | Should -BeGreaterThan 2
        $Known.Count | Should -BeLessThan 30
        $sent = (Get-Record -Emulator $Steady).chargedTasks - $Before.chargedTasks
        $sent | Should -BeLessOrEqual $Known.Count
    }

    It 'finds what was sent, though nobody waited for it' {
        $waited = Get-Outcome -Action { $Known | Wait-TtsTask -TimeoutSec 5 -ApiKey $TestKey -Endpoint $Steady.Url }
        # A request that was cut off before it left is not at the service.
        $waited.Errors | Get-ErrorName | Where-Object -FilterScript { $_ -ne 'TaskTimeout' } | Should -BeNullOrEmpty
        $waited.Output.Count + $waited.Errors.Count | Should -Be $Known.Count
        $waited.Output.Count | Should -Be ((Get-Record -Emulator $Steady).chargedTasks - $Before.chargedTasks)
    }

    It 'is done to its end by another process, and nothing is paid for twice' {
        $again = Invoke-OtherProcess -Endpoint $Steady.Url -Value @{ Rows = $Rows; With = $With } -Action {
            $with = @{}
            foreach ($each in $Value.With.PSObject.Properties) { $with[$each.Name] = $each.Value }
            $Value.Rows | New-TtsSpeech -ThrottleLimit 16 @with | Select-Object -Property Id, Cost, Status
        }
        $again.Id | Should -Be $Rows.Id
        $again[0..2].Status | Should -Be 'Unchanged', 'Unchanged', 'Unchanged'
        $record = Get-Record -Emulator $Steady
        $record.chargedTwice | Should -Be 0
        $record.chargedTasks - $Before.chargedTasks | Should -Be 60
        [math]::Round((Get-TtsLedger @Of | Measure-Object -Property Cost -Sum).Sum, 4) | Should -Be ([math]::Round($record.charged - $Before.charged, 4))
    }
}

Describe 'Ctrl+C, known <Where>' -Tag Slow -ForEach $places {
    BeforeAll {
        $script:Slow = Open-Emulator -Tiny -TaskTime 6
        $script:ToSlow = @{ ApiKey = $TestKey; Endpoint = $Slow.Url }
    }

    It 'returns before the tasks are done, and the next run pays for none of them again' {
        Reset-RecoveryLedger
        $place = & $Folder
        $with = $ToSlow + $(if ($place) { @{ OutputDirectory = $place } } else { @{} })
        $of = if ($place) { @{ Path = $place } } else { @{} }
        $rows = Get-Row -Count 4
        $before = Get-Record -Emulator $Slow
        $batch = Start-Batch -Rows $rows -With $with
        try {
            Wait-Until -Condition { (Get-Record -Emulator $Slow).chargedTasks - $before.chargedTasks -eq 4 }
            $batch.PowerShell.Stop()
            $batch.PowerShell.InvocationStateInfo.State | Should -Be 'Stopped'
            @($batch.PowerShell.Streams.Error) | Should -HaveCount 0
            (Get-TtsLedger @of).Status | Select-Object -Unique | Should -BeIn 'Submitted', 'Processing'
        }
        finally { $batch.PowerShell.Dispose() }

        $verbose = $($again = $rows | New-TtsSpeech @with -Verbose) 4>&1
        $again.Id | Should -Be $rows.Id
        @($verbose -match 'was sent by an earlier run') | Should -HaveCount 4
        (Get-Record -Emulator $Slow).chargedTasks - $before.chargedTasks | Should -Be 4
        if ($place) { (Get-ChildItem -LiteralPath $place -Force).Name | Sort-Object | Should -Be 'row-1.wav', 'row-2.wav', 'row-3.wav', 'row-4.wav', 'tts-ledger.jsonl' }
    }
}

Describe 'One folder' {
    It 'is LedgerLocked for another process, which disturbs nothing; to look into it is allowed' {
        $folder = Join-Path -Path $TestDrive -ChildPath 'locked'
        $rows = Get-Row -Count 4
        $go = Join-Path -Path $TestDrive -ChildPath 'go'
        $job = Start-Job -ArgumentList (Get-TestModulePath), $rows, $folder, $TestKey, $Emulator.Url, $go -ScriptBlock {
            param($module, $all, $folder, $key, $url, $go)
            Import-Module -Name $module
            # The last row comes when the other process has looked.
            & { $all[0..2]; while (-not (Test-Path -LiteralPath $go)) { Start-Sleep -Milliseconds 20 }; $all[3] } |
                New-TtsSpeech -OutputDirectory $folder -ApiKey $key -Endpoint $url | Select-Object -Property Id, Status
        }
        try {
            Wait-Until -Condition { @(Get-ChildItem -Path $folder -Filter *.wav -ErrorAction Ignore).Count -eq 3 }
            $sent = (Get-Record -Emulator $Emulator).requests
            foreach ($action in { $rows | New-TtsSpeech -OutputDirectory $folder }, { Wait-TtsTask -TaskUUID ([guid]::NewGuid()) -OutputDirectory $folder }, { Save-TtsSpeech -AudioUrl "$($Emulator.Url)/x.mp3" -OutputDirectory $folder }) {
                $outcome = Get-Outcome -Action $action
                $outcome.Errors | Should -HaveCount 1
                $outcome.Thrown | Get-ErrorName | Should -BeExactly 'LedgerLocked'
                $outcome.Thrown.CategoryInfo.Category | Should -Be 'ResourceUnavailable'
                $outcome.Thrown.Exception.Message | Should -Match ([regex]::Escape((Join-Path -Path $folder -ChildPath 'tts-ledger.jsonl')))
                $outcome.Thrown.Exception.Message | Should -Match 'another process.*Wait until'
            }
            (Get-Record -Emulator $Emulator).requests | Should -Be $sent

            @(Get-TtsLedger $folder).Count | Should -BeGreaterThan 0
            ($rows | Test-TtsSpeech -OutputDirectory $folder).IsValid | Should -Be $true, $true, $true, $true

            Set-Content -LiteralPath $go -Value 'go'
            $done = $job | Receive-Job -Wait
            $done.Status | Should -Be (@('Completed') * 4)
        }
        finally { $job | Remove-Job -Force }
        # And when it is done, the folder is free.
        ($rows | New-TtsSpeech -OutputDirectory $folder).Status | Should -Be (@('Unchanged') * 4)
        Join-Path -Path $folder -ChildPath 'tts-ledger.jsonl.lock' | Should -Not -Exist
    }

    It 'is shared by the runspaces of one process, which pay for an equal row once' {
        $folder = Join-Path -Path $TestDrive -ChildPath 'parallel'
        $shared = "the same in all $([guid]::NewGuid())"
        $before = Get-Record -Emulator $Emulator
        $module, $url, $key = (Get-TestModulePath), $Emulator.Url, $TestKey
        $results = 1..6 | ForEach-Object -ThrottleLimit 6 -Parallel {
            Import-Module -Name $using:module
            $number = $_
            $rows = [pscustomobject]@{ Id = "own-$number"; Text = "parallel $($using:shared) $number"; OutputFormat = 'WAV' }, [pscustomobject]@{ Id = "copy-$number"; Text = $using:shared; OutputFormat = 'WAV' }
            $rows | New-TtsSpeech -OutputDirectory $using:folder -ApiKey $using:key -Endpoint $using:url
        }
        $results | Should -HaveCount 12
        $results.Path | Should -Exist
        @($results | Where-Object -Property Status -EQ -Value 'Completed') | Should -HaveCount 7
        (Get-Record -Emulator $Emulator).chargedTasks - $before.chargedTasks | Should -Be 7
        @(Get-TtsLedger $folder) | Should -HaveCount 7
        Join-Path -Path $folder -ChildPath 'tts-ledger.jsonl.lock' | Should -Not -Exist
    }
}

Describe 'What -Verbose tells' {
    It 'is that the throttle is lowered, that a request is sent again, and that the throttle is raised' {
        $busy = Open-Emulator -Tiny
        Add-Fault -Emulator $busy -Order @{ on = 'submit'; fault = 'status'; status = 429; retryAfter = '0'; times = 2 }
        $rows = Get-Row -Count 30
        $told = ($rows | New-TtsSpeech -ThrottleLimit 4 -ApiKey $TestKey -Endpoint $busy.Url -Verbose 4>&1 | Where-Object -FilterScript { $_ -is [System.Management.Automation.VerboseRecord] }).Message
        @($told -match 'The service is busy: throttle lowered to 2').Count | Should -BeGreaterThan 0
        @($told -match 'Runware\.rateLimitExceeded\. Sending it again under the same id') | Should -HaveCount 2
        @($told -match 'Throttle raised to 4') | Should -HaveCount 1
        @($told -match 'Wait-TtsTask -TaskUUID [0-9a-f-]{36}') | Should -HaveCount 30
        $told -match [regex]::Escape($TestKey) | Should -BeNullOrEmpty
    }
}

Describe 'The progress of a batch' -Tag Slow {
    BeforeAll {
        $script:Steady = Open-Emulator -Tiny -TaskTime 0.3

        function Get-Progress {
            # The progress records of a script in a PowerShell of its own, and how long that took.
            param([string] $Script)

            $instance = Open-Runspace
            $clock = [System.Diagnostics.Stopwatch]::StartNew()
            try {
                $instance.AddScript($Script).AddArgument((Get-Row -Count 12)).AddArgument(@{ ThrottleLimit = 1; ApiKey = $TestKey; Endpoint = $Steady.Url }) | Out-Null
                try { $instance.Invoke() | Out-Null } catch { Write-Verbose -Message "$_" }
                return [pscustomobject]@{ Records = @($instance.Streams.Progress); Seconds = $clock.Elapsed.TotalSeconds }
            }
            finally { $instance.Dispose() }
        }
    }

    It 'is told at most once a second, with numbers that fit, and completed at the end' {
        $progress = Get-Progress -Script '$with = $args[1]; $args[0] | New-TtsSpeech @with'
        $told = @($progress.Records | Where-Object -Property RecordType -EQ -Value 'Processing')
        $told.Count | Should -BeGreaterThan 1
        # However slow this machine is: the clock here includes that of the batch.
        $told.Count | Should -BeLessOrEqual ([math]::Floor($progress.Seconds))
        $told[0].Activity | Should -BeExactly 'New-TtsSpeech'
        $told[-1].StatusDescription | Should -Match '^\d+ done, 0 failed, \d+ left; 0\.\d{4} USD; \d+\.\d rows/s$'
        $told[-1].PercentComplete | Should -BeGreaterThan 0
        $told[-1].SecondsRemaining | Should -BeGreaterOrEqual 0
        $progress.Records[-1].RecordType | Should -Be 'Completed'
        @($progress.Records | Where-Object -Property RecordType -EQ -Value 'Completed') | Should -HaveCount 1
    }

    It 'is completed when <How> ends the pipeline' -ForEach @(
        @{ How = 'Select-Object -First'; Script = '$with = $args[1]; $args[0] | New-TtsSpeech @with | Select-Object -First 7' }
        @{ How = 'somebody downstream'; Script = '$with = $args[1]; $n = 0; $args[0] | New-TtsSpeech @with | ForEach-Object { if (++$n -eq 7) { throw "enough" } }' }
        @{ How = '-ErrorAction Stop'; Script = '$with = $args[1]; & { $args[0][0..6]; [pscustomobject]@{ Text = "" }; $args[0][7..11] } $args[0] | New-TtsSpeech @with -ErrorAction Stop' }
    ) {
        $progress = Get-Progress -Script $Script
        @($progress.Records | Where-Object -Property RecordType -EQ -Value 'Processing').Count | Should -BeGreaterThan 0
        $progress.Records[-1].RecordType | Should -Be 'Completed'
    }

    It 'is silent for a batch that is done within a second' {
        $progress = Get-Progress -Script '$with = $args[1]; $args[0][0] | New-TtsSpeech @with'
        if ($progress.Seconds -lt 1) { $progress.Records | Should -HaveCount 0 }
        else { Set-ItResult -Skipped -Because 'this machine took longer' }
    }
}

Describe 'ShouldProcess in a folder with a ledger' {
    BeforeAll {
        $script:Folder = Join-Path -Path $TestDrive -ChildPath 'asked'
        $script:Rows = Get-Row -Count 4
        $Rows[0] | New-TtsSpeech -OutputDirectory $Folder | Out-Null
        $Rows[1] | New-TtsSpeech -OutputDirectory $Folder -Async | Out-Null
        $script:Csv = Join-Path -Path $TestDrive -ChildPath 'asked.csv'
        @($Rows) + [pscustomobject]@{ Id = 'same'; Text = $Rows[3].Text; OutputFormat = 'WAV' } | Export-Csv -LiteralPath $Csv

        function Invoke-Console {
            # A PowerShell with a console of its own, whose prompts are answered by these lines.
            param([string] $Switch, [string[]] $Answer = @())

            $command = "`$PSStyle.OutputRendering = 'PlainText'; Import-Module '$(Get-TestModulePath)'; Import-Csv '$Csv' | New-TtsSpeech -OutputDirectory '$Folder' -ApiKey '$TestKey' -Endpoint '$($Emulator.Url)' $Switch | ForEach-Object { `"`$(`$_.Id) is `$(`$_.Status)`" }"
            $program, $first = Get-PowerShellCommand
            return ($Answer | & $program @first -Command $command) -join "`n"
        }
    }

    It 'under -WhatIf says what would be left, fetched and spoken, and neither sends nor writes' {
        $sent = (Get-Record -Emulator $Emulator).requests
        $before = Get-ChildItem -LiteralPath $Folder -Force | Select-Object -Property Name, Length, LastWriteTimeUtc | ConvertTo-Json
        $shown = (Invoke-Console -Switch '-WhatIf') -split "`n" -match '^What if'
        $shown | Should -HaveCount 5
        $shown[0] | Should -Match 'Leave unchanged, free.*row number 1.*row-1\.wav'
        $shown[1] | Should -Match 'Fetch what an earlier run has sent.*row number 2'
        $shown[2] | Should -Match 'Generate, about 0\.000\d USD \(estimated by the list price\).*row number 3'
        $shown[4] | Should -Match 'Generate \(as an earlier row\), free.*row number 4.*same\.wav'
        (Get-Record -Emulator $Emulator).requests | Should -Be $sent
        Get-ChildItem -LiteralPath $Folder -Force | Select-Object -Property Name, Length, LastWriteTimeUtc | ConvertTo-Json | Should -BeExactly $before
    }

    It 'under -WhatIf makes no folder, no ledger and no state folder' {
        Reset-RecoveryLedger
        $nowhere = Join-Path -Path $TestDrive -ChildPath 'nowhere'
        $instance = Open-Runspace
        try {
            $instance.AddScript('$args[0] | New-TtsSpeech -WhatIf -OutputDirectory $args[1]; $args[0] | New-TtsSpeech -WhatIf; $WhatIfPreference = $true; $args[0] | New-TtsSpeech -OutputDirectory $args[1]').AddArgument($Rows).AddArgument($nowhere).Invoke() | Should -HaveCount 0
            $instance.Streams.Error | Should -HaveCount 0
        }
        finally { $instance.Dispose() }
        $nowhere | Should -Not -Exist
        $env:XDG_STATE_HOME | Should -Not -Exist
    }

    It 'under -Confirm speaks what was answered with yes, and leaves the others for another time' {
        $before = Get-Record -Emulator $Emulator
        # Row 1, 2: yes; row 3: no; row 4: yes; its equal: no.
        $shown = Invoke-Console -Switch '-Confirm' -Answer 'y', 'y', 'n', 'y', 'n'
        $shown | Should -Match 'row-1 is Unchanged'
        $shown | Should -Match 'row-2 is (Completed|Unchanged)'
        $shown | Should -Match 'row-4 is Completed'
        $shown | Should -Not -Match '(row-3|same) is'
        (Get-Record -Emulator $Emulator).chargedTasks - $before.chargedTasks | Should -Be 1
        (Get-ChildItem -LiteralPath $Folder -Filter '*.wav').Name | Sort-Object | Should -Be 'row-1.wav', 'row-2.wav', 'row-4.wav'
    }
}
