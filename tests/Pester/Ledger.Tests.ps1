# What a batch did and cost, as objects: read, summed, and piped into Wait-TtsTask and Save-TtsSpeech.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Support.ps1')
    Import-TestModule
    $script:Emulator = Open-Emulator -Tiny
    Connect-TtsService -ApiKey $TestKey -Endpoint $Emulator.Url

    function Get-LedgerFile {
        param([string] $Folder)

        return Join-Path -Path $Folder -ChildPath 'tts-ledger.jsonl'
    }
}

AfterAll { Close-TestResource }

Describe 'Get-TtsLedger' {
    BeforeAll {
        $script:Folder = Join-Path -Path $TestDrive -ChildPath 'told'
        $script:Before = Get-Record -Emulator $Emulator
        $rows = @(
            [pscustomobject]@{ Id = 'a'; Text = "one ledger's first text"; Voice = 'ryan'; Language = 'en'; OutputFormat = 'WAV' }
            [pscustomobject]@{ Id = 'b'; Text = "one ledger's second text"; OutputPath = 'sub/b.mp3' }
            [pscustomobject]@{ Id = 'take'; Text = 'three takes for the ledger'; NumberResults = 3; OutputFormat = 'WAV' }
        )
        $script:Results = $rows | New-TtsSpeech -OutputDirectory $Folder
        $script:Entries = @(Get-TtsLedger $Folder)
    }

    It 'tells of each task once, in the order in which they were submitted' {
        $Entries | Should -HaveCount 3
        $Entries[0].PSObject.TypeNames[0] | Should -BeExactly 'RunwareTts.TtsLedgerEntry'
        $Entries.Id | Sort-Object | Should -Be 'a', 'b', 'take'
        @($Entries.Submitted | Sort-Object) | Should -Be $Entries.Submitted
    }

    It 'adds them up by model with -Summary, to the last decimal' {
        $sum = Get-TtsLedger $Folder -Summary
        $sum | Should -HaveCount 1
        $sum.PSObject.TypeNames[0] | Should -BeExactly 'RunwareTts.TtsLedgerSummary'
        $sum.Model, $sum.Provider, $sum.Tasks, $sum.Saved, $sum.Failed | Should -Be 'CustomVoice', 'Runware', 3, 3, 0
        $sum.Cost | Should -BeOfType ([decimal])
        $sum.Cost | Should -Be (($Entries | ForEach-Object -MemberName Cost | Measure-Object -Sum).Sum)
        $sum.Duration | Should -Be ([timespan]::new(($Results | ForEach-Object -Process { $_.Duration.Ticks } | Measure-Object -Sum).Sum))
        $sum | Format-Table | Out-String | Should -Match ([regex]::Escape($sum.Cost.ToString('0.0000##', [cultureinfo]::InvariantCulture)))
    }

    It 'says what was asked for, what came of it and where it is' {
        $entry, $result = ($Entries | Where-Object -Property Id -EQ -Value 'a'), $Results[0]
        $entry.TaskUUID, $entry.Status, $entry.Model, $entry.Voice, $entry.Language, $entry.OutputFormat | Should -Be $result.TaskUUID, 'Saved', 'CustomVoice', 'ryan', 'English', 'WAV'
        $entry.Path, $entry.Size, $entry.Duration, $entry.AudioUrl, $entry.AudioUUID | Should -Be $result.Path, $result.Size, $result.Duration, $result.AudioUrl, $result.AudioUUID
        $entry.OutputDirectory, $entry.OutputPath | Should -Be $Folder, 'a.wav'
        $entry.Characters, $entry.NumberResults, $entry.Attempts | Should -Be 23, 1, 1
        $entry.Endpoint, $entry.Provider | Should -Be $Emulator.Url, 'Runware'
        $entry.Cost | Should -BeOfType ([decimal])
        $entry.Elapsed | Should -BeGreaterThan ([timespan]::Zero)
        $entry.Hash | Should -Match '^[0-9a-f]{64}$'
        ($Entries | Where-Object -Property Id -EQ -Value 'b').OutputPath | Should -BeExactly 'sub/b.mp3'
    }

    It 'sums to what the service has charged, several results of a task too' {
        $charged = (Get-Record -Emulator $Emulator).charged - $Before.charged
        [math]::Round((Get-TtsLedger $Folder | Measure-Object Cost -Sum).Sum, 4) | Should -Be ([math]::Round($charged, 4))
        ($Entries | Where-Object -Property Id -EQ -Value 'take').Cost | Should -Be 0.0012
    }

    It 'takes the folder <How>' -ForEach @(
        @{ How = 'as its ledger'; Get = { Get-TtsLedger -Path (Get-LedgerFile -Folder $Folder) } }
        @{ How = 'piped as text'; Get = { $Folder | Get-TtsLedger } }
        @{ How = 'of Get-Item'; Get = { Get-Item -LiteralPath $Folder | Get-TtsLedger } }
        @{ How = 'of Get-ChildItem, as its ledger'; Get = { Get-ChildItem -LiteralPath $Folder -Filter '*.jsonl' | Get-TtsLedger } }
        @{ How = 'under the name of New-TtsSpeech'; Get = { Get-TtsLedger -OutputDirectory $Folder } }
        @{ How = 'relative to the location'; Get = { Push-Location -LiteralPath $TestDrive; try { Get-TtsLedger told } finally { Pop-Location } } }
        @{ How = 'on a drive'; Get = { Get-TtsLedger 'TestDrive:/told' } }
    ) {
        @(& $Get) | Should -HaveCount 3
    }

    It 'is LedgerNotFound for a folder without one, and goes on with the next' {
        $outcome = Get-Outcome -Action { $TestDrive, $Folder | Get-TtsLedger }
        $outcome.Thrown | Should -BeNullOrEmpty
        $outcome.Errors | Get-ErrorName | Should -BeExactly 'LedgerNotFound'
        $outcome.Errors[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $outcome.Errors[0].Exception.Message | Should -Match ([regex]::Escape("$TestDrive"))
        $outcome.Output | Should -HaveCount 3
    }

    It 'writes nothing' {
        $before = Get-ChildItem -LiteralPath $Folder -Recurse -Force | Select-Object -Property FullName, Length, LastWriteTimeUtc | ConvertTo-Json
        Get-TtsLedger $Folder | Out-Null
        Get-ChildItem -LiteralPath $Folder -Recurse -Force | Select-Object -Property FullName, Length, LastWriteTimeUtc | ConvertTo-Json | Should -BeExactly $before
    }

    It 'stops after Select-Object -First, and lets go of the file' {
        Get-TtsLedger $Folder | Select-Object -First 1 | Should -HaveCount 1
        Rename-Item -LiteralPath (Get-LedgerFile -Folder $Folder) -NewName 'moved.jsonl'
        Rename-Item -LiteralPath (Join-Path -Path $Folder -ChildPath 'moved.jsonl') -NewName 'tts-ledger.jsonl'
    }

    It 'survives Export-Csv under <_>' -ForEach 'en-US', 'de-DE' {
        $csv = Join-Path -Path $TestDrive -ChildPath "ledger-$_.csv"
        $again = Invoke-InCulture -Culture $_ -Action {
            Get-TtsLedger $Folder | Export-Csv -LiteralPath $csv
            Import-Csv -LiteralPath $csv | Wait-TtsTask
        }
        $again.Status | Select-Object -Unique | Should -BeExactly 'Unchanged'
        $again.Path | Sort-Object | Should -Be @($Results.Path | Sort-Object)
    }
}

Describe 'The Status of an entry' {
    It 'is <Status> when <When>' -ForEach @(
        @{ Status = 'Processing'; When = 'the service has it'; Order = $null; With = @{ Async = $true } }
        @{ Status = 'Saved'; When = 'it was saved'; Order = $null; With = @{} }
        @{ Status = 'Submitted'; When = 'its request may never have left'; Order = @{ on = 'submit'; fault = 'reset-before-accept'; times = 60 }; With = @{ TimeoutSec = 1 } }
        @{ Status = 'Failed'; When = 'the service has refused it'; Order = @{ on = 'submit'; fault = 'status'; status = 400 }; With = @{} }
    ) {
        $folder = Join-Path -Path $TestDrive -ChildPath "status-$Status"
        if ($Order) { Add-Fault -Emulator $Emulator -Order $Order }
        try { $outcome = Get-Outcome -Action { [pscustomobject]@{ Id = 'x'; Text = "status $Status"; OutputFormat = 'WAV' } | New-TtsSpeech -OutputDirectory $folder @With } }
        finally { Clear-Fault -Emulator $Emulator }
        $entry = @(Get-TtsLedger $folder)
        $entry | Should -HaveCount 1
        $entry.Status | Should -BeExactly $Status
        $entry.Cost | Should -Be $(if ($Status -eq 'Saved') { 0.0002 })
        if ($Status -eq 'Failed') { $entry.ErrorId | Should -BeExactly ($outcome.Errors[0] | Get-ErrorName) }
    }
}

Describe 'What Get-TtsLedger gives' {
    BeforeAll {
        # Two rows whose audio was paid for and did not come home. Each test has a copy of their folder.
        $script:Unsaved = Join-Path -Path $TestDrive -ChildPath 'unsaved'
        $script:UnsavedRows = 1, 2 | ForEach-Object -Process { [pscustomobject]@{ Text = "$([guid]::NewGuid())"; OutputPath = "sub/p$_.wav" } }
        Add-Fault -Emulator $Emulator -Order @{ on = 'download'; fault = 'not-found-download'; times = 60 }
        try { (Get-Outcome -Action { $UnsavedRows | New-TtsSpeech -OutputDirectory $Unsaved }).Errors | Get-ErrorName | Should -Be 'DownloadFailed', 'DownloadFailed' }
        finally { Clear-Fault -Emulator $Emulator }
        (Get-TtsLedger $Unsaved).Status | Should -Be 'Completed', 'Completed'
        (Get-TtsLedger $Unsaved).Cost | Should -Be 0.0005, 0.0005
    }

    BeforeEach {
        Reset-RecoveryLedger
        $script:Folder = Join-Path -Path $TestDrive -ChildPath "out-$([guid]::NewGuid().ToString('N'))"
        Copy-Item -LiteralPath $Unsaved -Destination $Folder -Recurse
        $script:Rows = $UnsavedRows | Select-Object -Property *
        $script:Paths = 1, 2 | ForEach-Object -Process { Join-Path -Path $Folder -ChildPath "sub/p$_.wav" }
        $script:Paid = (Get-Record -Emulator $Emulator).chargedTasks
    }

    It 'is saved by <Cmdlet> where it was planned, <How>; the ledger knows it, and the next run is Unchanged' -ForEach @(
        foreach ($cmdlet in 'Wait-TtsTask', 'Save-TtsSpeech') {
            @{ Cmdlet = $cmdlet; How = 'live'; Through = { $input } }
            @{ Cmdlet = $cmdlet; How = 'through Export-Csv'; Through = { $csv = Join-Path -Path $TestDrive -ChildPath 'through.csv'; $input | Export-Csv -LiteralPath $csv; Import-Csv -LiteralPath $csv } }
            @{ Cmdlet = $cmdlet; How = 'through Export-Clixml'; Through = { $xml = Join-Path -Path $TestDrive -ChildPath 'through.xml'; $input | Export-Clixml -LiteralPath $xml; Import-Clixml -LiteralPath $xml } }
        }
    ) {
        $saved = Get-TtsLedger $Folder | Where-Object Status -EQ Completed | & $Through | & $Cmdlet
        $saved.Status | Should -Be 'Completed', 'Completed'
        $saved.Path | Sort-Object | Should -Be $Paths
        $Paths | Should -Exist
        (Get-TtsLedger $Folder).Status | Should -Be 'Saved', 'Saved'
        (Get-TtsLedger $Folder).Path | Sort-Object | Should -Be $Paths
        ($Rows | New-TtsSpeech -OutputDirectory $Folder).Status | Should -Be 'Unchanged', 'Unchanged'
        (Get-Record -Emulator $Emulator).chargedTasks | Should -Be $Paid
    }

    It 'goes into another folder when the line says so' {
        $copy = "$Folder-copy"
        $saved = Get-TtsLedger $Folder | Save-TtsSpeech -OutputDirectory $copy
        $saved.Path | Sort-Object | Should -Be (Join-Path -Path $copy -ChildPath 'sub/p1.wav'), (Join-Path -Path $copy -ChildPath 'sub/p2.wav')
        $Paths | Should -Not -Exist
        Get-LedgerFile -Folder $copy | Should -Not -Exist
    }

    It 'leaves a file of somebody else alone in Save-TtsSpeech' {
        New-Item -ItemType File -Path $Paths[0] -Value 'mine' -Force | Out-Null
        $outcome = Get-Outcome -Action { Get-TtsLedger $Folder | Save-TtsSpeech }
        $outcome.Errors | Get-ErrorName | Should -BeExactly 'OutputExists'
        Get-Content -LiteralPath $Paths[0] | Should -BeExactly 'mine'
        $outcome.Output | Should -HaveCount 1
    }

    It 'does not let an old task undo the file of a newer one in <_>' -ForEach 'Wait-TtsTask', 'Save-TtsSpeech' {
        $old = Get-TtsLedger $Folder | Where-Object -Property OutputPath -EQ -Value 'sub/p1.wav'
        $Rows[0].Text = "newer $([guid]::NewGuid())"
        $new = $Rows[0] | New-TtsSpeech -OutputDirectory $Folder
        (Get-Outcome -Action { $old | & $_ }).Errors | Get-ErrorName | Should -BeExactly 'OutputExists'
        ($Rows[0] | New-TtsSpeech -OutputDirectory $Folder).TaskUUID | Should -Be $new.TaskUUID
    }

    It 'does not write a key into another account''s hands: the endpoint of a row is not followed' {
        $row = Get-TtsLedger $Folder | Select-Object -First 1 -Property *
        $row.Endpoint = (Get-NowhereUrl)
        @($row | Wait-TtsTask) | Should -HaveCount 1
    }
}

Describe 'The recovery ledger' {
    BeforeEach { Reset-RecoveryLedger }

    It 'tells of all processes together, in order' {
        "mine $([guid]::NewGuid())" | New-TtsSpeech -Id 'first' -OutputFormat WAV | Out-Null
        Invoke-OtherProcess -Endpoint $Emulator.Url -Value @{ Text = "theirs $([guid]::NewGuid())" } -Action { $Value.Text | New-TtsSpeech -Id 'second' -OutputFormat WAV | Select-Object -Property Id } | Out-Null
        (Get-TtsLedger).Id | Should -Be 'first', 'second'
        @(Get-ChildItem -LiteralPath $env:XDG_STATE_HOME -Recurse -File -Filter '*.jsonl') | Should -HaveCount 2
    }

    It 'stays the folder of nobody else: rows with a folder are not in it' {
        "in a folder $([guid]::NewGuid())" | New-TtsSpeech -OutputFormat WAV -OutputDirectory (Join-Path -Path $TestDrive -ChildPath 'apart') | Out-Null
        Get-TtsLedger | Should -BeNullOrEmpty
    }
}

Describe 'The file of a ledger' {
    It 'has hashes, ids, paths and costs, and neither text nor key nor the query of a URL' {
        Reset-RecoveryLedger
        $folder = Join-Path -Path $TestDrive -ChildPath 'secrets'
        $store = Open-Relay -Url $Emulator.Url
        $secret = 's3cr3t-signature'
        $rows = [pscustomobject]@{ Id = 'up'; Text = 'Nobody may read this text.'; OutputFormat = 'WAV'; UploadEndpoint = "$($store.Url)/up?X-Amz-Signature=$secret" },
        [pscustomobject]@{ Id = 'design'; Text = 'Nor this text.'; VoiceDescription = 'A voice like nobody else'; OutputFormat = 'WAV' },
        [pscustomobject]@{ Id = 'style'; Text = 'Nor that text.'; Style = 'in a whisper'; OutputFormat = 'WAV' },
        [pscustomobject]@{ Id = 'hook'; Text = 'Nor this one.'; OutputFormat = 'WAV'; WebhookUrl = "http://127.0.0.1:$(Get-RefusingPort)/?token=$secret" },
        [pscustomobject]@{ Id = 'bad'; Text = 'Nor a refused text.'; Voice = 'newcomer'; OutputFormat = 'WAV' }
        Get-Outcome -Action { $rows | New-TtsSpeech -OutputDirectory $folder; $rows | New-TtsSpeech -Async } | Out-Null
        $files = @(Get-ChildItem -LiteralPath $folder -Filter '*.jsonl') + @(Get-ChildItem -LiteralPath $env:XDG_STATE_HOME -Recurse -File)
        $files | Should -HaveCount 2
        foreach ($file in $files) {
            $content = Get-Content -LiteralPath $file.FullName -Raw
            $content | Should -Not -Match 'Nobody|Nor |like nobody else|whisper'
            $content | Should -Not -Match $secret
            $content | Should -Not -Match ([regex]::Escape($TestKey))
            $content | Should -Not -Match '\?'
            foreach ($line in $content.TrimEnd("`n") -split "`n") { { $line | ConvertFrom-Json } | Should -Not -Throw }
        }
    }

    It 'of a stranger cannot lead out of the folder' {
        $folder = Join-Path -Path $TestDrive -ChildPath 'stranger'
        $row = [pscustomobject]@{ Id = 'a'; Text = "$([guid]::NewGuid())"; OutputFormat = 'WAV' }
        $row | New-TtsSpeech -OutputDirectory $folder | Out-Null
        $ledger = Get-LedgerFile -Folder $folder
        $victim = Join-Path -Path $TestDrive -ChildPath 'victim.wav'
        Copy-Item -LiteralPath (Join-Path -Path $folder -ChildPath 'a.wav') -Destination $victim
        (Get-Content -LiteralPath $ledger -Raw) -replace 'a\.wav', '../victim.wav' | Set-Content -LiteralPath $ledger -NoNewline
        $entry = Get-TtsLedger $folder
        $entry.Path | Should -BeNullOrEmpty
        $hash = (Get-FileHash -LiteralPath $victim).Hash
        Remove-Item -LiteralPath (Join-Path -Path $folder -ChildPath 'a.wav')
        Get-Outcome -Action { $entry | Wait-TtsTask; $entry | Save-TtsSpeech; $row | New-TtsSpeech -OutputDirectory $folder } | Out-Null
        (Get-FileHash -LiteralPath $victim).Hash | Should -BeExactly $hash
        Get-ChildItem -LiteralPath $TestDrive -File -Filter '*.wav' | Should -HaveCount 1
    }
}
