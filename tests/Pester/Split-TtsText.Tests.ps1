# Long texts cut into rows; no key and no network but for the last block.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Support.ps1')
    Import-TestModule
    $script:Folder = New-Item -ItemType Directory -Path (Join-Path -Path $TestDrive -ChildPath 'texts [1]')
    $script:Book = Join-Path -Path $Folder.FullName -ChildPath 'book.txt'
    [System.IO.File]::WriteAllText($Book, "He left. She stayed.`r`n`r`nThe`r`nend.`r`n")
}

AfterAll { Close-TestResource }

Describe 'Split-TtsText' {
    It 'gives parts of a piped string' {
        $parts = "He left. She stayed.`n`nThe end." | Split-TtsText -MaxLength 15 -Language de-AT
        $parts | Should -BeOfType ([RunwareTts.TtsTextPart])
        $parts.Text | Should -Be 'He left.', 'She stayed.', 'The end.'
        $parts.Id | Should -Be 'text-0001', 'text-0002', 'text-0003'
        $parts.Index | Should -Be 1, 2, 3
        $parts | ForEach-Object -MemberName Characters | Should -Be 8, 11, 8
        $parts.EndsParagraph | Should -Be $false, $true, $true
        $parts.Language | Should -Be 'German', 'German', 'German'
        $parts.Source | Should -Be $null, $null, $null
        "$($parts[0])" | Should -BeExactly 'He left.'
    }

    It 'takes a text at the first position' {
        (Split-TtsText 'One. Two.' -MaxLength 5).Text | Should -Be 'One.', 'Two.'
    }

    It 'takes <What>' -ForEach @(
        @{ What = '-Path'; Give = { Split-TtsText -Path (Join-Path -Path $Folder.Parent.FullName -ChildPath 'texts*' -AdditionalChildPath '*.txt') } }
        @{ What = '-LiteralPath, with brackets in it'; Give = { Split-TtsText -LiteralPath $Book } }
        @{ What = 'files of Get-ChildItem'; Give = { Get-ChildItem -LiteralPath $Folder.Parent.FullName -Recurse -Include 'texts*', *.txt | Split-TtsText } }
        @{ What = 'files of .NET'; Give = { [System.IO.FileInfo]$Book | Split-TtsText } }
        @{ What = 'rows with a LiteralPath'; Give = { [pscustomobject]@{ LiteralPath = $Book } | Split-TtsText } }
        @{ What = 'a text of Get-Content -Raw'; Give = { Get-Content -Raw -LiteralPath $Book | Split-TtsText } }
        @{ What = 'a path relative to the current folder'; Give = { Push-Location -LiteralPath $Folder.FullName; try { Split-TtsText -Path ./book.* } finally { Pop-Location } } }
    ) {
        $parts = & $Give
        $parts.Text | Should -Be 'He left. She stayed.', 'The end.'
        $parts.Id | Should -Be 'book-0001', 'book-0002'
        $parts.Source | Should -Be $Book, $Book
        $parts.EndsParagraph | Should -Be $true, $true
    }

    It 'takes each line of Get-Content for a text, and nothing for a blank one' {
        $outcome = Get-Outcome -Action { Get-Content -LiteralPath $Book | Split-TtsText }
        $outcome.Errors | Should -HaveCount 0
        $outcome.Output.Text | Should -Be 'He left. She stayed.', 'The', 'end.'
        $outcome.Output.Index | Should -Be 1, 1, 1
        $outcome.Output.Id | Should -Be 'book-0001', 'book-0002', 'book-0003'
    }

    It 'gives nothing for <_>' -ForEach "''", "' '", '"`n`n"', '@()' {
        $outcome = Get-Outcome -Action ([scriptblock]::Create("$_ | Split-TtsText"))
        $outcome.Output | Should -HaveCount 0
        $outcome.Errors | Should -HaveCount 0
    }

    It 'warns of a text that is the name of a file' {
        Push-Location -LiteralPath $Folder.FullName
        try { $outcome = Get-Outcome -Action { Split-TtsText book.txt } }
        finally { Pop-Location }
        $outcome.Warnings | Should -Match "'book.txt' is split as a text.*-Path"
        $outcome.Output.Text | Should -BeExactly 'book.txt'
        (Get-Outcome -Action { Split-TtsText 'Re: no:such/file?' }).Warnings | Should -HaveCount 0
    }

    It 'survives Export-Csv as a row' {
        $file = Join-Path -Path $TestDrive -ChildPath 'parts.csv'
        Split-TtsText -LiteralPath $Book -Language en | Export-Csv -LiteralPath $file
        $rows = Import-Csv -LiteralPath $file
        $rows.EndsParagraph | Should -Be 'True', 'True'
        ($rows | Test-TtsSpeech).IsValid | Should -Be $true, $true
        ($rows | Test-TtsSpeech).Id | Should -Be 'book-0001', 'book-0002'
    }

    It 'does the same in de-DE and tr-TR' {
        foreach ($culture in 'de-DE', 'tr-TR') {
            Invoke-InCulture -Culture $culture -Action { Split-TtsText -Text 'IT COST 1,5 TL. ISTANBUL.' -MaxLength 20 -Language IT } |
                ForEach-Object -Process { "$($_.Id) $($_.Text) $($_.Language)" } | Should -Be 'text-0001 IT COST 1,5 TL. Italian', 'text-0002 ISTANBUL. Italian'
        }
    }

    It 'completes the language' {
        (TabExpansion2 -inputScript 'Split-TtsText -Language ger' -cursorColumn 27).CompletionMatches.CompletionText | Should -Be 'German'
    }

    It 'gives parts while the text is still being read, and stops between two' {
        $file = Join-Path -Path $TestDrive -ChildPath 'long.txt'
        [System.IO.File]::WriteAllText($file, 'A sentence of some words. ' * 400000)
        (Split-TtsText -Path $file | Select-Object -First 3 | Measure-Object).Count | Should -Be 3
        $instance = Open-Runspace
        try {
            # Nobody takes what comes but slowly, so that it is stopped in the middle.
            $null = $instance.AddScript('Split-TtsText -Path $args[0] | ForEach-Object { $_; Start-Sleep -Milliseconds 20 }').AddArgument($file)
            $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
            $run = $instance.BeginInvoke([System.Management.Automation.PSDataCollection[psobject]]::new(), $output)
            Wait-Until { $output.Count -gt 2 }
            $instance.Stop()
            $run.IsCompleted | Should -BeTrue
            $output.Count | Should -BeLessThan 5000
        }
        finally { $instance.Dispose() }
        [System.IO.File]::Open($file, 'Open', 'ReadWrite', 'None').Dispose()
    }
}

Describe 'What cannot be split' {
    It 'refuses <What> as <Id>' -ForEach @(
        @{ What = '$null'; Id = 'InvalidRequest.InputObject'; Says = '\$null'; Give = { $null | Split-TtsText } }
        @{ What = 'a row'; Id = 'InvalidRequest.InputObject'; Says = 'ForEach-Object Text'; Give = { [pscustomobject]@{ Text = 'x'; Voice = 'ryan' } | Split-TtsText } }
        @{ What = 'an array handed over whole'; Id = 'InvalidRequest.InputObject'; Says = 'one by one'; Give = { , ('a', 'b') | Split-TtsText } }
        @{ What = 'an array on the line'; Id = 'InvalidRequest.Text'; Says = 'Get-Content -Raw'; Give = { Split-TtsText ('a', 'b') } }
        @{ What = 'nothing'; Id = 'InvalidRequest.Text'; Says = '-Path'; Give = { Split-TtsText } }
        @{ What = 'a string beside -Text'; Id = 'InvalidRequest.InputObject'; Says = '-Text'; Give = { 'x' | Split-TtsText 'y' } }
        @{ What = '-InputObject on the line'; Id = 'InvalidRequest.InputObject'; Says = 'on the command line'; Give = { Split-TtsText -InputObject 'x' } }
        @{ What = 'a missing file'; Id = 'FileNotFound'; Says = 'nope\.txt'; Give = { Split-TtsText -Path ./nope.txt } }
        @{ What = 'a folder'; Id = 'InvalidRequest.Path'; Says = 'is a folder'; Give = { Split-TtsText -LiteralPath $Folder.FullName } }
        @{ What = 'a variable of the environment'; Id = 'InvalidRequest.LiteralPath'; Says = 'Environment'; Give = { Get-Item -Path env:PATH | Split-TtsText } }
        @{ What = 'a place of another provider'; Id = 'InvalidRequest.Path'; Says = 'Environment'; Give = { Split-TtsText -Path env:PATH } }
    ) {
        $outcome = Get-Outcome -Action $Give
        $outcome.Errors | Should -HaveCount 1
        $outcome.Errors[0] | Get-ErrorName | Should -BeExactly $Id
        $outcome.Errors[0].Exception.Message | Should -Match $Says
        $outcome.Output | Should -HaveCount 0
    }

    It 'goes on with the good ones around a bad one' {
        $outcome = Get-Outcome -Action { 'one', @{ a = 1 }, (Get-Item -LiteralPath $Book), 'two' | Split-TtsText }
        $outcome.Output.Id | Should -Be 'text-0001', 'book-0001', 'book-0002', 'text-0002'
        $outcome.Errors | Should -HaveCount 1
        $outcome = Get-Outcome -Action { Split-TtsText -LiteralPath ./nope.txt, $Book }
        $outcome.Output | Should -HaveCount 2
        $outcome.Errors | Should -HaveCount 1
    }

    It 'names the file, the fault and the way out where a file is of another encoding' {
        $file = Join-Path -Path $TestDrive -ChildPath 'latin.txt'
        [System.IO.File]::WriteAllBytes($file, [byte[]](0x43, 0x61, 0x66, 0xE9))
        $outcome = Get-Outcome -Action { Split-TtsText -Path $file }
        $outcome.Errors | Get-ErrorName | Should -BeExactly 'InvalidRequest.Path'
        $outcome.Errors[0].Exception.Message | Should -Match 'latin\.txt.*E9.*-Encoding'
        $outcome.Errors[0].TargetObject | Should -BeExactly $file
        (Get-Content -Raw -Encoding latin1 -LiteralPath $file | Split-TtsText).Text | Should -BeExactly "Caf$([char]0xE9)"
    }
}

Describe 'Parts as rows' {
    BeforeAll { $script:Emulator = Open-Emulator -Tiny; Connect-TtsService -ApiKey $TestKey -Endpoint $Emulator.Url }

    BeforeEach { Reset-RecoveryLedger }

    It 'are spoken in their order, each to its file, and carry on where the paragraph ends' {
        $out = Join-Path -Path $TestDrive -ChildPath 'out'
        $speech = Split-TtsText -LiteralPath $Book -MaxLength 12 -Language en | New-TtsSpeech -OutputDirectory $out -OutputFormat WAV
        $speech.Text | Should -Be 'He left.', 'She stayed.', 'The end.'
        $speech.Language | Should -Be 'English', 'English', 'English'
        $speech.File.Name | Should -Be 'book-0001.wav', 'book-0002.wav', 'book-0003.wav'
        $speech.InputObject.EndsParagraph | Should -Be $false, $true, $true
        $again = Split-TtsText -LiteralPath $Book -MaxLength 12 -Language en | New-TtsSpeech -OutputDirectory $out -OutputFormat WAV
        $again.Status | Should -Be 'Unchanged', 'Unchanged', 'Unchanged'
    }

    It 'take an OutputPath with {Index}' {
        $out = Join-Path -Path $TestDrive -ChildPath 'numbered'
        (Split-TtsText -LiteralPath $Book | New-TtsSpeech -OutputDirectory $out -OutputPath '{Index}.wav').File.Name | Should -Be '0001.wav', '0002.wav'
    }
}
