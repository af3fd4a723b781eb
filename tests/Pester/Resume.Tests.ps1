# The same rows again: what is there is left alone, what is missing is fetched, and only what is new is paid for.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Support.ps1')
    Import-TestModule
    $script:Emulator = Open-Emulator -Tiny
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
        $script:Rows = 'Id,Text,OutputFormat', "a,$Tag one,WAV", "b,$Tag two,MP3", "c,$Tag three,WAV" | ConvertFrom-Csv
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

    It 'is Unchanged in another process, tomorrow' {
        $again = Invoke-OtherProcess -Endpoint $Emulator.Url -Value @{ Rows = $Rows; Folder = $Folder } -Action {
            $Value.Rows | New-TtsSpeech -OutputDirectory $Value.Folder | Select-Object -Property Status, Cost, Path
        }
        $again.Status | Should -Be 'Unchanged', 'Unchanged', 'Unchanged'
        $again.Path | Should -Be $First.Path
        Get-Sent | Should -Be 0
    }

    It 'speaks a new row and a changed one, whose file is replaced without -Force' {
        $Rows[1].Text = "$Tag two, and changed"
        $again = @($Rows) + [pscustomobject]@{ Id = 'd'; Text = "$Tag four"; OutputFormat = 'WAV' } | New-TtsSpeech -OutputDirectory $Folder
        $again.Status | Should -Be 'Unchanged', 'Completed', 'Unchanged', 'Completed'
        $again[1].Path | Should -BeExactly $First[1].Path
        (Get-Item -LiteralPath $First[1].Path).Length | Should -Be $again[1].Size
        Get-Paid | Should -Be 2
    }

    It 'brings a deleted file back for nothing' {
        $hash = (Get-FileHash -LiteralPath $First[0].Path).Hash
        Remove-Item -LiteralPath $First[0].Path
        $again = $Rows | New-TtsSpeech -OutputDirectory $Folder
        $again.Status | Should -Be 'Unchanged', 'Unchanged', 'Unchanged'
        $again[0].Cost | Should -Be 0
        (Get-FileHash -LiteralPath $First[0].Path).Hash | Should -BeExactly $hash
        Get-Paid | Should -Be 0
    }

    It 'does not know its files with -SkipLedger' {
        $outcome = Get-Outcome -Action { $Rows | New-TtsSpeech -OutputDirectory $Folder -SkipLedger }
        $outcome.Errors | Get-ErrorName | Should -Be 'OutputExists', 'OutputExists', 'OutputExists'
        Get-Sent | Should -Be 0
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
}

Describe 'Rows without a folder' {
    BeforeEach {
        Reset-RecoveryLedger
        Get-Paid | Out-Null
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
}
