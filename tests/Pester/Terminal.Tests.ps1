# What reaches a terminal of a hostile row: a CSV may come from somebody else, and no cell of it may set a title, clear the
# screen or forge a line.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Support.ps1')
    Import-TestModule
    $script:Esc = [char]27
    $script:Evil = "$Esc]0;pwned$([char]7)$Esc[2J`r`nforged: line$([char]0x9B)31m$([char]0x202E)gpj.exe$([char]0x2028)end"
    $script:Csv = Join-Path -Path $TestDrive -ChildPath 'hostile.csv'
    $script:Rows = @(
        [pscustomobject]@{ Id = "good$Evil"; Text = "Hello $Evil there"; Voice = 'ryan'; Speed = '1' }
        [pscustomobject]@{ Id = "bad$Evil"; Text = "Hello$Evil"; Voice = "ry$Evil"; Speed = "9$Evil" }
        [pscustomobject]@{ Id = ''; Text = "Hello$Evil"; Voice = 'nobody'; Speed = '1' }
    )
    $Rows | Export-Csv -LiteralPath $Csv -Encoding utf8
    $script:Script = Join-Path -Path $TestDrive -ChildPath 'hostile.ps1'
    Set-Content -LiteralPath $Script -Value @"
`$PSStyle.OutputRendering = 'PlainText'
Import-Module -Name '$(Get-TestModulePath)'
Connect-TtsService -Offline
`$rows = Import-Csv -LiteralPath '$Csv'
`$rows | New-TtsSpeech -WhatIf
`$done = `$rows | New-TtsSpeech -OutputFormat WAV -OutputDirectory '$(Join-Path -Path $TestDrive -ChildPath 'hostile')' -Verbose -Debug -ErrorVariable failed
`$tests = `$rows | Test-TtsSpeech
Get-TtsVoice -Name ryan
`$done
`$done | Format-Table; `$done | Format-List; `$done | Format-Wide
`$tests | Format-Table; `$tests | Format-List; `$tests | Format-Wide; `$tests.Problems | Format-Table
Get-TtsLedger '$(Join-Path -Path $TestDrive -ChildPath 'hostile')' | Format-List
Get-TtsVoice -Name `$rows[1].Voice
Get-TtsLanguage -Name `$rows[1].Voice
foreach (`$view in 'NormalView', 'CategoryView', 'ConciseView') { `$ErrorView = `$view; `$failed }
"@
}

AfterAll { Close-TestResource }

Describe 'A hostile CSV' {
    It 'reaches the terminal by no stream and no view' {
        $lines = (Invoke-PowerShell -File $Script 2>&1 | Out-String) -split '\r?\n'
        $shown = $lines -join ''
        $shown | Should -Match 'good<U\+001B>'
        $shown | Should -Match 'Row 3: '
        [regex]::Matches($shown, '[\p{Cc}\u202A-\u202E\u2028]') | ForEach-Object -MemberName Value | ForEach-Object -Process { '{0:X4}' -f [int][char]$_ } | Sort-Object -Unique | Should -BeNullOrEmpty
        $shown | Should -Match 'forged: line'
        $lines | Where-Object -FilterScript { $_ -match '^forged' } | Should -BeNullOrEmpty
    }

    It 'leaves the properties of results as they were given, and no such character in the name of a file' {
        Connect-TtsService -Offline
        $speech = $Rows[0] | New-TtsSpeech -OutputFormat WAV -OutputDirectory (Join-Path -Path $TestDrive -ChildPath 'given') -WarningAction Ignore
        $speech.Id | Should -BeExactly $Rows[0].Id
        $speech.Text | Should -BeExactly $Rows[0].Text
        $speech.File.Name | Should -Not -Match '[\p{Cc}\p{Cf}\p{Zl}]'
    }
}

Describe 'What PowerShell makes of a decimal comma' {
    BeforeAll { Connect-TtsService -Offline }

    It 'is told for <Line>' -ForEach @(
        @{ Line = 'New-TtsSpeech hello -Speed 1,5'; Id = 'InvalidRequest.Speed'; Says = 'a list of 1 and 5.*such as 1\.5' }
        @{ Line = 'New-TtsSpeech hello -MaxCost 5,00'; Id = 'InvalidRequest.MaxCost'; Says = 'a list of 5 and 0.*such as 5\.0' }
        @{ Line = 'New-TtsSpeech hello -SampleRate 44,1'; Id = 'InvalidRequest.SampleRate'; Says = 'a list of 44 and 1.*such as 44100' }
        @{ Line = 'New-TtsSpeech hello -ThrottleLimit 1,5'; Id = 'ParameterArgumentTransformationError'; Says = 'a list of 1 and 5.*whole number' }
        @{ Line = "New-TtsSpeech hello -TimeoutSec '1,5'"; Id = 'ParameterArgumentTransformationError'; Says = "'1,5' is not a whole number" }
        @{ Line = 'New-TtsSpeech hello -TimeoutSec 1.5'; Id = 'ParameterArgumentTransformationError'; Says = '1\.5 is not a whole number' }
        @{ Line = "Join-TtsSpeech -OutputPath x.wav -Path y.wav -Gap '0,5'"; Id = 'ParameterArgumentTransformationError'; Says = 'Write 0\.5' }
        @{ Line = 'Join-TtsSpeech -OutputPath x.wav -Path y.wav -ParagraphGap 0,5'; Id = 'ParameterArgumentTransformationError'; Says = 'a list of 0 and 5.*such as 0\.5' }
    ) {
        $outcome = Get-Outcome -Action ([scriptblock]::Create($Line))
        $outcome.Errors | Should -HaveCount 1
        $outcome.Errors[0] | Get-ErrorName | Should -BeExactly $Id
        $outcome.Errors[0].Exception.Message | Should -Match $Says
        $outcome.Errors[0].Exception.Message | Should -Not -Match "`0"
    }

    It 'leaves a plain number alone' {
        (New-TtsSpeech hello -Speed 1.5 -TimeoutSec '30' -ThrottleLimit 2 -OutputFormat WAV -WarningAction Ignore).Speed | Should -BeExactly '1.5'
    }
}

Describe 'Rows as people have them' {
    BeforeAll { Connect-TtsService -Offline }

    It 'passes over lines of separators alone with one warning, and counts them' {
        $file = Join-Path -Path $TestDrive -ChildPath 'separators.csv'
        Set-Content -LiteralPath $file -Value 'Id,Text,Voice', 'a,Hello,', ',,', ' , ,', 'b,Hello,nobody'
        $outcome = Get-Outcome -Action { Import-Csv -LiteralPath $file | New-TtsSpeech -OutputFormat WAV }
        $outcome.Output | Should -HaveCount 1
        $outcome.Warnings -match 'skipped' | Should -HaveCount 1
        $outcome.Warnings -match 'skipped' | Should -Match '2 rows.*row 2'
        $outcome.Errors[0].Exception.Message | Should -Match '^b: '
    }

    It 'refuses a column that is nearly a parameter once for the pipeline' {
        $outcome = Get-Outcome -Action { 1..3 | ForEach-Object -Process { [pscustomobject]@{ Text = "Hello $_"; Vocie = 'ryan' } } | New-TtsSpeech }
        $outcome.Output | Should -HaveCount 0
        $outcome.Errors | Should -HaveCount 1
        $outcome.Errors[0] | Get-ErrorName | Should -BeExactly 'InvalidRequest.Voice'
        $outcome.Errors[0].Exception.Message | Should -Match "'Vocie'.*'Voice'"
    }

    It 'reads results, files and entries of a ledger as rows without a word about their columns' {
        $speech = New-TtsSpeech -Text 'hello' -OutputFormat WAV -OutputPath (Join-Path -Path $TestDrive -ChildPath 'again.wav') -WarningAction Ignore
        foreach ($row in $speech, (Get-Item -LiteralPath $speech.Path | Select-Object -Property *, @{ n = 'Text'; e = { 'hello' } } -ExcludeProperty Name)) {
            (Get-Outcome -Action { $row | Test-TtsSpeech }).Output[0].Problems | Should -BeNullOrEmpty
        }
    }

    It 'says -Delimiter for a CSV that was read with the wrong one' {
        $outcome = Get-Outcome -Action { 'Id;Text', 'a;Hello', 'b;Hello' | ConvertFrom-Csv | New-TtsSpeech }
        $outcome.Errors | Should -HaveCount 1
        $outcome.Errors[0].Exception.Message | Should -Match "-Delimiter ';'.*-UseCulture"
    }

    It 'refuses a lost character that is split, and names the place' {
        $text = "Der Zug nach K$([char]0xFFFD)ln."
        $outcome = Get-Outcome -Action { 'Hello.', $text | Split-TtsText }
        $outcome.Output | Should -HaveCount 1
        $outcome.Errors[0] | Get-ErrorName | Should -BeExactly 'InvalidRequest.Text'
        $outcome.Errors[0].Exception.Message | Should -Match '^Row 2: Text has lost a character: character 15 .*-Encoding ansi'
        (Get-Outcome -Action { $text | New-TtsSpeech -Split -OutputPath (Join-Path -Path $TestDrive -ChildPath 'lost.wav') }).Errors | Get-ErrorName | Should -BeExactly 'InvalidRequest.Text'
    }

    It 'warns where no voice is native, and suggests the near name' {
        (Get-Outcome -Action { Get-TtsVoice -Language Deutsch }).Warnings | Should -Match 'German.*all 9'
        (Get-Outcome -Action { Get-TtsVoice -Name vivien }).Errors[0].Exception.Message | Should -Match "Did you mean 'vivian'"
        (Get-TtsLanguage -Name 'Deutsch').Name | Should -BeExactly 'German'
    }

    It 'offers values and no files after <_>' -ForEach 'New-TtsSpeech -Speed ', 'New-TtsSpeech -Style ', 'New-TtsSpeech -NumberResults ', 'Wait-TtsTask -TaskUUID ' {
        $types = @((TabExpansion2 -inputScript $_ -cursorColumn $_.Length).CompletionMatches | ForEach-Object -MemberName ResultType)
        $types | Should -Not -Contain 'ProviderItem'
        if ($_ -notmatch 'TaskUUID') { $types | Should -Contain 'ParameterValue' }
    }
}
