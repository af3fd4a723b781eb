# What must hold in Windows PowerShell 5.1 as in PowerShell 7. Nothing here uses what only one of them has.

BeforeDiscovery {
    $script:noEspeak = -not (Get-Command -Name espeak-ng -CommandType Application -ErrorAction SilentlyContinue)
}

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Support.ps1')
    Import-TestModule
    $script:Framework = if ($PSVersionTable.PSEdition -eq 'Core') { 'net8.0' } else { 'netstandard2.0' }
    $script:Folder = Join-Path -Path (Split-Path -Path (Get-TestModulePath)) -ChildPath "bin/$Framework"
}

AfterAll { Disconnect-TtsService }

Describe 'RunwareTts in this edition' {
    It 'loads the assemblies made for it, from its own folder' {
        $null = Get-TtsVoice
        $own = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object -FilterScript { $_.GetName().Name -like 'RunwareTts*' -and $_.GetName().Name -notlike '*Pester*' }
        $own.Location | Split-Path | Sort-Object -Unique | Should -Be (Resolve-Path -LiteralPath $Folder).Path
    }

    It 'exports its cmdlets, and each has a type behind it' {
        $cmdlets = @(Get-Command -Module RunwareTts)
        $cmdlets.Count | Should -Be @((Test-ModuleManifest -Path (Get-TestModulePath)).ExportedCmdlets.Keys).Count
        $cmdlets | ForEach-Object -Process { $_.ImplementingType | Should -Not -BeNullOrEmpty }
    }

    It 'reads its catalogue' {
        @(Get-TtsVoice).Count | Should -Be 9
    }

    It 'completes a voice' {
        $found = [System.Management.Automation.CommandCompletion]::CompleteInput('New-TtsSpeech -Voice unc', 24, $null)
        $found.CompletionMatches[0].CompletionText | Should -BeExactly 'uncle_fu'
    }

    It 'says what is wrong with a row, and what to do' {
        $row = New-Object -TypeName psobject -Property @{ Text = 'hello'; OutputFormat = 'OGG'; SampleRate = 24000; Channels = 1; Bitrate = 96 }
        $validation = $row | Test-TtsSpeech
        $validation.IsValid | Should -BeFalse
        $validation.Problems[0].ErrorId | Should -BeExactly 'InvalidRequest.Bitrate'
        "$($validation.Problems[0])" | Should -Match '96.*16 to 80.*16000'
    }

    It 'shows a table whose numbers have a point in every culture' {
        $shown = @{}
        Invoke-InCulture -Culture 'de-DE' -Action { $shown.Text = 'hello', 'there' | Test-TtsSpeech | Format-Table | Out-String -Width 120 }
        $shown.Text | Should -Match 'EstimatedCost'
        $shown.Text | Should -Match ' 0\.0001'
    }

    It 'speaks a draft, in words of many letters' -Skip:$noEspeak {
        Connect-TtsService -Offline
        $text = "Gr$([char]0xFC)$([char]0xDF) Gott, $([char]0x4F60)$([char]0x597D)"
        $speech = New-TtsSpeech -Text $text -OutputFormat WAV -OutputPath (Join-Path -Path $TestDrive -ChildPath 'draft.wav') -WarningAction SilentlyContinue
        $speech.File.Length | Should -BeGreaterThan 1000
        $speech.Text | Should -BeExactly $text
        $speech.Duration.TotalSeconds | Should -BeGreaterThan 0.3
    }

    It 'asks nobody for a key in a script: it is an error' {
        Disconnect-TtsService
        $outcome = Get-Outcome -Action { New-TtsSpeech -Text 'hello' }
        $outcome.Errors | Get-ErrorName | Should -BeExactly 'ApiKeyMissing'
    }
}
