# The table of formats; no key, no network.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Support.ps1')
    Import-TestModule
}

Describe 'Get-TtsFormat' {
    It 'lists 28 rows, and one each for WAV and FLAC' {
        $rows = Get-TtsFormat
        $rows | Should -HaveCount 30
        ($rows | Group-Object -Property OutputFormat | ForEach-Object -Process { "$($_.Name) $($_.Count)" }) | Should -Be 'FLAC 1', 'MP3 18', 'OGG 10', 'WAV 1'
        foreach ($row in $rows | Where-Object -Property OutputFormat -In -Value 'WAV', 'FLAC') {
            $row.SampleRate, $row.Channels, $row.MinBitrate, $row.MaxBitrate | Should -Be $null, $null, $null, $null
        }
    }

    It 'has numbers, and the steps between them' {
        $row = Get-TtsFormat -OutputFormat OGG -SampleRate 24000 -Channels 1
        $row.SampleRate, $row.Channels, $row.MinBitrate, $row.MaxBitrate | Should -Be 24000, 1, 16, 80
        $row.MinBitrate | Should -BeOfType ([int])
        $row.Bitrates | Should -Be 16, 24, 32, 40, 48, 56, 64, 80
        $row.Extension | Should -BeExactly '.ogg'
        "$row" | Should -BeExactly 'OGG 24000 Hz mono'
    }

    It 'finds <Shown>' -ForEach @(
        @{ Shown = 'ogg by position'; Action = { Get-TtsFormat ogg 24000 }; Found = 'OGG 24000 Hz mono', 'OGG 24000 Hz stereo' }
        @{ Shown = 'every format of a rate'; Action = { Get-TtsFormat -SampleRate 12000 -Channels 2 }; Found = 'MP3 12000 Hz stereo', 'OGG 12000 Hz stereo' }
        @{ Shown = 'names by wildcard'; Action = { Get-TtsFormat -OutputFormat [WF]* }; Found = 'WAV', 'FLAC' }
        @{ Shown = 'several names'; Action = { Get-TtsFormat -OutputFormat FLAC, WAV }; Found = 'FLAC', 'WAV' }
        @{ Shown = 'by the alias Format'; Action = { Get-TtsFormat -Format WAV }; Found = 'WAV' }
        @{ Shown = 'piped names'; Action = { 'WAV', 'F*' | Get-TtsFormat }; Found = 'WAV', 'FLAC' }
        @{ Shown = 'what it gave'; Action = { Get-TtsFormat -OutputFormat OGG -SampleRate 8000 | Get-TtsFormat }; Found = 'OGG 8000 Hz mono', 'OGG 8000 Hz stereo' }
        @{ Shown = 'rows of a CSV, whose blanks mean any'; Action = { 'Text,OutputFormat,SampleRate,Channels', 'x,OGG,48000,', 'y,WAV,,' | ConvertFrom-Csv | Get-TtsFormat }; Found = 'OGG 48000 Hz mono', 'OGG 48000 Hz stereo', 'WAV' }
    ) {
        & $Action | ForEach-Object -Process { "$_" } | Should -Be $Found
    }

    It 'is an error <Id> for <Shown>' -ForEach @(
        @{ Shown = 'a format that is not there'; Action = { Get-TtsFormat AAC }; Id = 'FormatNotFound'; Category = 'ObjectNotFound'; Target = 'AAC'; Says = "'AAC'.*MP3, WAV, FLAC, OGG" }
        @{ Shown = 'a rate that this one lacks'; Action = { Get-TtsFormat OGG 44100 }; Id = 'FormatNotFound'; Category = 'ObjectNotFound'; Target = 'OGG'; Says = 'OGG has no SampleRate 44100.*8000, 12000, 16000, 24000, 48000' }
        @{ Shown = 'a rate that none has'; Action = { Get-TtsFormat -SampleRate 44000 }; Id = 'InvalidRequest.SampleRate'; Category = 'InvalidArgument'; Target = '44000'; Says = '44000.*44100, 48000' }
    ) {
        $outcome = Get-Outcome -Action $Action
        $outcome.Output | Should -BeNullOrEmpty
        $outcome.Errors | Should -HaveCount 1
        $outcome.Errors[0] | Get-ErrorName | Should -BeExactly $Id
        $outcome.Errors[0].CategoryInfo.Category | Should -Be $Category
        $outcome.Errors[0].TargetObject | Should -Be $Target
        $outcome.Errors[0].Exception.Message | Should -Match $Says
    }

    It 'goes on after an error, and says nothing of a pattern that nothing matches' {
        (Get-Outcome -Action { 'AAC', 'X*', 'WAV' | Get-TtsFormat }).Output.OutputFormat | Should -BeExactly 'WAV'
        (Get-Outcome -Action { Get-TtsFormat -OutputFormat 'X*' }).Errors | Should -HaveCount 0
    }
}
