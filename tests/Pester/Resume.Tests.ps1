# The same rows again: what is there is left alone, what is missing is fetched, and only what is new is paid for.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Support.ps1')
    Import-TestModule
    $script:Emulator = Open-Emulator
    Connect-TtsService -ApiKey $TestKey -Endpoint $Emulator.Url

    function Get-Paid {
        # How many tasks were charged since the last look.
        $now = (Get-Record -Emulator $Emulator).chargedTasks
        $paid = $now - $script:PaidBefore
        $script:PaidBefore = $now
        return $paid
    }

    function Get-Sent {
        # How many requests of any kind arrived since the last look.
        $now = (Get-Record -Emulator $Emulator).requests
        $sent = $now - $script:SentBefore
        $script:SentBefore = $now
        return $sent
    }

    $script:PaidBefore = 0
    $script:SentBefore = 0
}

AfterAll { Close-TestResource }

Describe 'A batch that is run again' {
    BeforeEach {
        Reset-RecoveryLedger
        $script:Folder = Join-Path -Path $TestDrive -ChildPath "out-$([guid]::NewGuid().ToString('N'))"
        $script:Tag = [guid]::NewGuid().ToString('N').Substring(0, 6)
        $script:Rows = 'Id,Text,OutputFormat', "a,$Tag one,WAV", "b,$Tag two,MP3", "c,$Tag three,OGG" | ConvertFrom-Csv
        $script:First = $Rows | New-TtsSpeech -OutputDirectory $Folder
        Get-Paid | Should -Be 3
        Get-Sent | Out-Null
    }

    It 'is Unchanged and free, without a request, and says all that the first run said' {
        $again = $Rows | New-TtsSpeech -OutputDirectory $Folder
        $again.Status | Should -Be 'Unchanged', 'Unchanged', 'Unchanged'
        $again.Cost | Should -Be 0, 0, 0
        foreach ($name in 'Id', 'Text', 'Path', 'Size', 'Duration', 'TaskUUID', 'AudioUUID', 'OutputFormat', 'Voice', 'Provider') { $again.$name | Should -Be $First.$name -Because $name }
        $again.Audio.Codec | Should -Be $First.Audio.Codec
        [object]::ReferenceEquals($again[1].InputObject, $Rows[1]) | Should -BeTrue
        Get-Sent | Should -Be 0
    }

    It 'is Unchanged under -Force too' {
        ($Rows | New-TtsSpeech -OutputDirectory $Folder -Force).Status | Should -Be 'Unchanged', 'Unchanged', 'Unchanged'
        Get-Sent | Should -Be 0
    }

    It 'is Unchanged in another process, tomorrow' {
        $again = Invoke-OtherProcess -Endpoint $Emulator.Url -Value @{ Rows = $Rows; Folder = $Folder } -Action {
            $Value.Rows | New-TtsSpeech -OutputDirectory $Value.Folder | Select-Object -Property Status, Cost, Path
        }
        $again.Status | Should -Be 'Unchanged', 'Unchanged', 'Unchanged'
        $again.Path | Should -Be $First.Path
        Get-Sent | Should -Be 0
    }

    It 'is Unchanged when the folder was moved' {
        Move-Item -LiteralPath $Folder -Destination "$Folder-moved"
        $again = $Rows | New-TtsSpeech -OutputDirectory "$Folder-moved"
        $again.Status | Should -Be 'Unchanged', 'Unchanged', 'Unchanged'
        Get-Sent | Should -Be 0
    }

    It 'speaks a new row and a changed one, whose file is replaced without -Force' {
        $Rows[1].Text = "$Tag two, and now a good deal longer than it was"
        $before = $First[1].Size
        $again = @($Rows) + [pscustomobject]@{ Id = 'd'; Text = "$Tag four"; OutputFormat = 'WAV' } | New-TtsSpeech -OutputDirectory $Folder
        $again.Status | Should -Be 'Unchanged', 'Completed', 'Unchanged', 'Completed'
        $again[1].Path | Should -BeExactly $First[1].Path
        $again[1].Size | Should -BeGreaterThan $before
        (Get-Item -LiteralPath $First[1].Path).Length | Should -Be $again[1].Size
        Get-Paid | Should -Be 2
    }

    It 'gives a row that was changed back its audio for nothing' {
        $text = $Rows[1].Text
        $Rows[1].Text = "$Tag for a while something else"
        $Rows | New-TtsSpeech -OutputDirectory $Folder | Out-Null
        $Rows[1].Text = $text
        Get-Paid | Out-Null
        $again = $Rows | New-TtsSpeech -OutputDirectory $Folder
        $again.Status | Should -Be 'Unchanged', 'Unchanged', 'Unchanged'
        (Get-Item -LiteralPath $First[1].Path).Length | Should -Be $First[1].Size
        Get-Paid | Should -Be 0
    }

    It 'brings a deleted file back for nothing, when <When>' -ForEach @(
        @{ When = 'its address still has it'; Break = { } }
        @{ When = 'only getResponse still has it'; Break = { Add-Fault -Emulator $Emulator -Order @{ on = 'download'; fault = 'not-found-download'; times = 3 } } }
        @{ When = 'only getTaskDetails still has it'; Break = {
                Add-Fault -Emulator $Emulator -Order @{ on = 'download'; fault = 'not-found-download'; times = 3 }
                Invoke-RestMethod -Uri "$($Emulator.Control)/forget" -Method Post | Out-Null
            }
        }
    ) {
        $hash = (Get-FileHash -LiteralPath $First[0].Path).Hash
        Remove-Item -LiteralPath $First[0].Path
        & $Break
        $again = $Rows | New-TtsSpeech -OutputDirectory $Folder
        $again.Status | Should -Be 'Unchanged', 'Unchanged', 'Unchanged'
        $again[0].Cost | Should -Be 0
        (Get-FileHash -LiteralPath $First[0].Path).Hash | Should -BeExactly $hash
        Get-Paid | Should -Be 0
        (Get-Record -Emulator $Emulator).pending | Should -Be 0
    }

    It 'does not touch a file that somebody has edited: OutputExists, and nothing is paid' {
        Add-Content -LiteralPath $First[0].Path -Value 'edited'
        $hash = (Get-FileHash -LiteralPath $First[0].Path).Hash
        $outcome = Get-Outcome -Action { $Rows | New-TtsSpeech -OutputDirectory $Folder }
        $outcome.Errors | Get-ErrorName | Should -BeExactly 'OutputExists'
        $outcome.Output.Status | Should -Be 'Unchanged', 'Unchanged'
        (Get-FileHash -LiteralPath $First[0].Path).Hash | Should -BeExactly $hash
        Get-Paid | Should -Be 0

        # -Force puts back what was paid for.
        $forced = $Rows | New-TtsSpeech -OutputDirectory $Folder -Force
        $forced[0].Status, $forced[0].Cost, $forced[0].Size | Should -Be 'Unchanged', 0, $First[0].Size
        (Get-Item -LiteralPath $First[0].Path).Length | Should -Be $First[0].Size
        Get-Paid | Should -Be 0
    }

    It 'speaks all anew with -Regenerate, over the files of the ledger and without -Force' {
        $again = $Rows | New-TtsSpeech -OutputDirectory $Folder -Regenerate
        $again.Status | Should -Be 'Completed', 'Completed', 'Completed'
        $again.Path | Should -Be $First.Path
        $again.TaskUUID | ForEach-Object -Process { $First.TaskUUID | Should -Not -Contain $_ }
        Get-Paid | Should -Be 3
        ($Rows | New-TtsSpeech -OutputDirectory $Folder).TaskUUID | Should -Be $again.TaskUUID
    }

    It 'does not know its files with -SkipLedger' {
        $outcome = Get-Outcome -Action { $Rows | New-TtsSpeech -OutputDirectory $Folder -SkipLedger }
        $outcome.Errors | Get-ErrorName | Should -Be 'OutputExists', 'OutputExists', 'OutputExists'
        Get-Sent | Should -Be 0
    }

    It 'takes a row under another name from the file that is there' {
        $Rows[0].Id = 'renamed'
        $again = $Rows[0] | New-TtsSpeech -OutputDirectory $Folder
        $again.Status, $again.Cost, $again.File.Name | Should -Be 'Unchanged', 0, 'renamed.wav'
        (Get-FileHash -LiteralPath $again.Path).Hash | Should -BeExactly (Get-FileHash -LiteralPath $First[0].Path).Hash
        Get-Sent | Should -Be 0
        $First[0].Path | Should -Exist
    }

    It 'is Unchanged whichever endpoint is asked: the file is there' {
        $other = Open-Emulator -Tiny
        $again = $Rows[0] | New-TtsSpeech -OutputDirectory $Folder -ApiKey $TestKey -Endpoint $other.Url
        $again.Status | Should -BeExactly 'Unchanged'
        (Get-Record -Emulator $other).requests | Should -Be 0
    }
}

Describe 'A row of several results that is run again' {
    BeforeAll {
        $script:Row = [pscustomobject]@{ Id = 'take'; Text = 'several takes of one text'; NumberResults = 3; OutputFormat = 'WAV' }
        $script:Folder = Join-Path -Path $TestDrive -ChildPath 'takes'
        $script:First = $Row | New-TtsSpeech -OutputDirectory $Folder
        Get-Paid | Out-Null
    }

    It 'is Unchanged in all its files' {
        $again = $Row | New-TtsSpeech -OutputDirectory $Folder
        $again.Status | Should -Be 'Unchanged', 'Unchanged', 'Unchanged'
        $again.Path | Should -Be $First.Path
        $again.AudioUUID | Should -Be $First.AudioUUID
        Get-Paid | Should -Be 0
    }

    It 'gets back the one that is missing, and the others stay' {
        $hash = (Get-FileHash -LiteralPath $First[1].Path).Hash
        $time = (Get-Item -LiteralPath $First[2].Path).LastWriteTimeUtc
        Remove-Item -LiteralPath $First[1].Path
        $again = $Row | New-TtsSpeech -OutputDirectory $Folder
        $again.File.Name | Should -Be 'take-1.wav', 'take-2.wav', 'take-3.wav'
        (Get-FileHash -LiteralPath $First[1].Path).Hash | Should -BeExactly $hash
        (Get-Item -LiteralPath $First[2].Path).LastWriteTimeUtc | Should -Be $time
        Get-Paid | Should -Be 0
    }

    It 'is paid for when another number of results is wanted' {
        ($Row | Select-Object -Property Text, OutputFormat, @{ Name = 'Id'; Expression = { 'two' } }, @{ Name = 'NumberResults'; Expression = { 2 } } | New-TtsSpeech -OutputDirectory $Folder).Status | Should -Be 'Completed', 'Completed'
        Get-Paid | Should -Be 1
    }
}

Describe 'Equal rows of one batch' {
    BeforeEach {
        Reset-RecoveryLedger
        $script:Folder = Join-Path -Path $TestDrive -ChildPath "equal-$([guid]::NewGuid().ToString('N'))"
        Get-Paid | Out-Null
    }

    It 'are spoken once, and each gets its file' {
        $text = "equal $([guid]::NewGuid())"
        $rows = 'one.wav', 'two.wav', 'sub/three.wav' | ForEach-Object -Process { [pscustomobject]@{ Text = $text; OutputPath = $_ } }
        $results = $rows | New-TtsSpeech -OutputDirectory $Folder
        $results.Status | Should -Be 'Completed', 'Unchanged', 'Unchanged'
        $results[1, 2].Cost | Should -Be 0, 0
        @($results.Path | Get-FileHash | Select-Object -ExpandProperty Hash -Unique) | Should -HaveCount 1
        @($results.TaskUUID | Select-Object -Unique) | Should -HaveCount 1
        Get-Paid | Should -Be 1
        ($rows | New-TtsSpeech -OutputDirectory $Folder).Status | Should -Be 'Unchanged', 'Unchanged', 'Unchanged'
        Get-Paid | Should -Be 0
    }

    It 'are spoken each for itself with -Regenerate, and then cannot share a file' {
        $text = "equal $([guid]::NewGuid())"
        $rows = 'one.wav', 'two.wav', 'two.wav' | ForEach-Object -Process { [pscustomobject]@{ Text = $text; OutputPath = $_ } }
        $outcome = Get-Outcome -Action { $rows | New-TtsSpeech -OutputDirectory $Folder -Regenerate }
        $outcome.Output.Status | Should -Be 'Completed', 'Completed'
        $outcome.Errors | Get-ErrorName | Should -BeExactly 'OutputPathTaken'
        Get-Paid | Should -Be 2
    }

    It 'let the second try for itself when the first has failed' {
        $text = "equal $([guid]::NewGuid())"
        Add-Fault -Emulator $Emulator -Order @{ on = 'submit'; fault = 'error-body'; status = 400; body = @{ errors = @(@{ code = 'invalidParameter'; message = 'not today'; taskType = 'audioInference' }) } }
        $outcome = Get-Outcome -Action { 'one.wav', 'two.wav' | ForEach-Object -Process { [pscustomobject]@{ Text = $text; OutputPath = $_ } } | New-TtsSpeech -OutputDirectory $Folder }
        $outcome.Errors | Should -HaveCount 1
        $outcome.Errors[0].TargetObject.OutputPath | Should -BeExactly 'one.wav'
        $outcome.Output.File.Name | Should -BeExactly 'two.wav'
        Get-Paid | Should -Be 1
    }
}

Describe 'Files of somebody else' {
    BeforeEach {
        $script:Folder = (New-Item -ItemType Directory -Path (Join-Path -Path $TestDrive -ChildPath "theirs-$([guid]::NewGuid().ToString('N'))")).FullName
        Set-Content -LiteralPath (Join-Path -Path $Folder -ChildPath 'mine.wav') -Value 'mine'
        $script:Row = [pscustomobject]@{ Id = 'mine'; Text = "theirs $([guid]::NewGuid())"; OutputFormat = 'WAV' }
        Get-Sent | Out-Null
    }

    It 'are OutputExists before anything is sent, and no ledger is begun' {
        (Get-Outcome -Action { $Row | New-TtsSpeech -OutputDirectory $Folder }).Errors | Get-ErrorName | Should -BeExactly 'OutputExists'
        Get-Sent | Should -Be 0
        (Get-ChildItem -LiteralPath $Folder -Force).Name | Should -BeExactly 'mine.wav'
    }

    It 'are overwritten by -Force, and belong to the batch from then on' {
        $result = $Row | New-TtsSpeech -OutputDirectory $Folder -Force
        $result.Status | Should -BeExactly 'Completed'
        ($Row | New-TtsSpeech -OutputDirectory $Folder).Status | Should -BeExactly 'Unchanged'
    }
}

Describe 'New-TtsSpeech -SkipLedger' {
    It 'leaves no ledger, neither in the folder nor in the state folder' {
        Reset-RecoveryLedger
        $folder = Join-Path -Path $TestDrive -ChildPath 'skipped'
        'no ledger', 'of this' | New-TtsSpeech -OutputFormat WAV -OutputDirectory $folder -SkipLedger | Should -HaveCount 2
        'nor of that' | New-TtsSpeech -OutputFormat WAV -SkipLedger | Should -HaveCount 1
        Get-ChildItem -LiteralPath $folder -Force | Where-Object -Property Name -NotMatch -Value '\.wav$' | Should -BeNullOrEmpty
        $env:XDG_STATE_HOME | Should -Not -Exist
    }

    It 'still speaks equal rows of the batch once' {
        Get-Paid | Out-Null
        ('same same', 'same same' | New-TtsSpeech -OutputFormat WAV -SkipLedger).Status | Should -Be 'Completed', 'Unchanged'
        Get-Paid | Should -Be 1
    }
}

Describe 'Rows without a folder' {
    BeforeEach {
        Reset-RecoveryLedger
        Get-Paid | Out-Null
    }

    It 'are known to the recovery ledger: free, and their address comes again' {
        $text = "recovered $([guid]::NewGuid())"
        $first = $text | New-TtsSpeech -OutputFormat WAV
        $again = $text | New-TtsSpeech -OutputFormat WAV
        $again.Status, $again.Cost | Should -Be 'Unchanged', 0
        $again.AudioUrl | Should -BeExactly $first.AudioUrl
        Get-Paid | Should -Be 1
    }

    It 'are known to another process' {
        $text = "recovered $([guid]::NewGuid())"
        $text | New-TtsSpeech -OutputFormat WAV | Out-Null
        $again = Invoke-OtherProcess -Endpoint $Emulator.Url -Value @{ Text = $text } -Action { $Value.Text | New-TtsSpeech -OutputFormat WAV | Select-Object -Property Status, Cost }
        $again.Status, $again.Cost | Should -Be 'Unchanged', 0
        Get-Paid | Should -Be 1
    }

    It 'are Unchanged at an absolute path, and follow it' {
        $path = Join-Path -Path $TestDrive -ChildPath "absolute-$([guid]::NewGuid().ToString('N')).wav"
        $row = [pscustomobject]@{ Text = "recovered $([guid]::NewGuid())"; OutputPath = $path }
        $row | New-TtsSpeech | Out-Null
        ($row | New-TtsSpeech).Status | Should -BeExactly 'Unchanged'
        $row.OutputPath = "$path.copy.wav"
        ($row | New-TtsSpeech).Path | Should -Exist
        Get-Paid | Should -Be 1
    }

    It 'carry their bytes again as <_>' -ForEach 'base64Data', 'dataURI' {
        $text = "recovered $([guid]::NewGuid())"
        $first = $text | New-TtsSpeech -OutputFormat WAV -OutputType $_
        $again = $text | New-TtsSpeech -OutputFormat WAV -OutputType $_
        $again.Status | Should -BeExactly 'Unchanged'
        $again.AudioData.Length | Should -Be $first.AudioData.Length
        Get-Paid | Should -Be 1
    }
}
