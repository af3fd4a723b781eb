# -KeepVoice and -Voice NAME in a pipeline: what PowerShell adds to what KeepVoiceTests prove in Core.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Support.ps1')
    Import-TestModule
    $script:Emulator = Open-Emulator
    $script:Announcer = 'A weathered old announcer, low and slow'
}

AfterAll { Close-TestResource }

Describe '-KeepVoice' {
    BeforeEach {
        Reset-RecoveryLedger
        Connect-TtsService -ApiKey $TestKey -Endpoint $Emulator.Url
        $script:Folder = Join-Path -Path $TestDrive -ChildPath "out-$([guid]::NewGuid().ToString('N'))"
        $script:Book = Join-Path -Path $TestDrive -ChildPath 'book.csv'
        @(
            [pscustomobject]@{ Id = 'one'; Text = 'This is the first part of the book.'; VoiceDescription = $Announcer; Voice = '' }
            [pscustomobject]@{ Id = 'two'; Text = 'And this is the second part of it.'; VoiceDescription = $Announcer.ToUpper(); Voice = '' }
            [pscustomobject]@{ Id = 'three'; Text = 'A preset voice has the last word.'; VoiceDescription = ''; Voice = 'ryan' }
        ) | Export-Csv -LiteralPath $Book
        $script:Before = @(Get-Charge -Emulator $Emulator).Count
        function Get-NewCharge { @(Get-Charge -Emulator $Emulator) | Select-Object -Skip $Before }
    }

    It 'speaks the rows of a CSV by one voice, and its results pipe back from a CSV for nothing' {
        $spoken = Import-Csv -LiteralPath $Book | New-TtsSpeech -KeepVoice -OutputDirectory $Folder
        $spoken.Model | Should -Be 'Base', 'Base', 'CustomVoice'
        $spoken[0].Voice | Should -BeExactly $spoken[1].Voice
        $spoken[0].Voice | Should -Match '^a-weathered-old-announcer.*-[0-9a-f]{8}$'
        $charges = Get-NewCharge
        $charges.model -like '*voicedesign' | Should -HaveCount 1
        $charges.clip | Where-Object { $_ } | Select-Object -Unique | Should -HaveCount 1

        $results = Join-Path -Path $TestDrive -ChildPath 'results.csv'
        $spoken | Export-Csv -LiteralPath $results
        foreach ($again in (Import-Csv -LiteralPath $results | New-TtsSpeech -OutputDirectory $Folder),
            (Import-Csv -LiteralPath $results | New-TtsSpeech -OutputDirectory $Folder -KeepVoice)) {
            $again.Status | Should -Be 'Unchanged', 'Unchanged', 'Unchanged'
            $again.Path | Should -Be $spoken.Path
        }
        @(Get-NewCharge) | Should -HaveCount 4
    }

    It 'casts nothing under -WhatIf, says what the casting costs, and Test-TtsSpeech counts it once' {
        Import-Csv -LiteralPath $Book | New-TtsSpeech -KeepVoice -OutputDirectory $Folder -WhatIf | Should -BeNullOrEmpty
        $tested = Import-Csv -LiteralPath $Book | Test-TtsSpeech -KeepVoice -OutputDirectory $Folder
        $tested.IsValid | Should -Not -Contain $false
        $tested[0].EstimatedCost | Should -BeGreaterThan ($tested[1].EstimatedCost * 2)
        @(Get-NewCharge) | Should -HaveCount 0
        Test-Path -LiteralPath $Folder | Should -BeFalse

        # An estimate is what is charged.
        Import-Csv -LiteralPath $Book | New-TtsSpeech -KeepVoice -OutputDirectory $Folder | Out-Null
        $charged = (Get-NewCharge).cost | Measure-Object -Sum
        [math]::Round($charged.Sum, 4) | Should -Be ([math]::Round(($tested.EstimatedCost | Measure-Object -Sum).Sum, 4))
    }

    It 'asks for a folder' {
        $outcome = Get-Outcome -Action { Import-Csv -LiteralPath $Book | New-TtsSpeech -KeepVoice }
        $outcome.Errors | Get-ErrorName | Should -Be 'InvalidRequest.KeepVoice', 'InvalidRequest.KeepVoice'
        $outcome.Errors[0].Exception.Message | Should -Match '^one: .*-OutputDirectory'
        $outcome.Output.Id | Should -BeExactly 'three'
    }

    It 'is stopped while it casts, and the next run pays for no other voice' {
        Add-Fault -Emulator $Emulator -Order @{ on = 'submit'; fault = 'slow'; seconds = 3 }
        try {
            $first = Import-Csv -LiteralPath $Book | Select-Object -First 1
            $first, $first | New-TtsSpeech -KeepVoice -OutputDirectory $Folder -TimeoutSec 1 -ErrorVariable failed -ErrorAction SilentlyContinue | Out-Null
            $failed[0].Exception.Message | Should -Match "its voice 'a-weathered"
        }
        finally { Clear-Fault -Emulator $Emulator }
        (Import-Csv -LiteralPath $Book | New-TtsSpeech -KeepVoice -OutputDirectory $Folder).Status | Should -Not -Contain $null
        (Get-NewCharge).model -like '*voicedesign' | Should -HaveCount 1
    }

    It 'drafts rows by their descriptions offline, and keeps no draft' {
        Connect-TtsService -Offline
        $spoken = Import-Csv -LiteralPath $Book | New-TtsSpeech -KeepVoice -OutputDirectory $Folder -WarningAction SilentlyContinue
        $spoken | Should -HaveCount 3
        $spoken.Provider | Select-Object -Unique | Should -BeExactly 'Offline'
        Join-Path -Path $Folder -ChildPath 'voices' | Should -Not -Exist
    }
}
