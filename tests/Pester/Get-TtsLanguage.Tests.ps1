# The eleven languages; no key, no network.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Support.ps1')
    Import-TestModule
}

Describe 'Get-TtsLanguage' {
    It 'lists the eleven, with codes and native voices' {
        $languages = Get-TtsLanguage
        $languages.Name | Should -Be 'Auto', 'English', 'Chinese', 'Japanese', 'Korean', 'German', 'French', 'Russian', 'Portuguese', 'Spanish', 'Italian'
        $languages.Code | Should -Be $null, 'en', 'zh', 'ja', 'ko', 'de', 'fr', 'ru', 'pt', 'es', 'it'
        $languages[1].NativeVoices | Should -Be 'aiden', 'ryan'
        "$($languages[5])" | Should -BeExactly 'German'
        $languages | ForEach-Object -Process { $_.NativeVoices } | Sort-Object | Should -Be (Get-TtsVoice).Name
    }

    It 'finds <Name>' -ForEach @(
        @{ Name = 'GERMAN'; Found = @('German') }
        @{ Name = 'de'; Found = @('German') }
        @{ Name = 'pt-BR'; Found = @('Portuguese') }
        @{ Name = 'zh_Hans'; Found = @('Chinese') }
        @{ Name = '*ese'; Found = 'Chinese', 'Japanese', 'Portuguese' }
        @{ Name = '[GF]*'; Found = 'German', 'French' }
        @{ Name = @('ja', 'K*', 'auto'); Found = 'Japanese', 'Korean', 'Auto' }
    ) {
        (Get-TtsLanguage $Name).Name | Should -Be $Found
    }

    It 'takes names from the pipeline: strings, languages, and rows with a Language' {
        ('de', 'I*' | Get-TtsLanguage).Name | Should -Be 'German', 'Italian'
        (Get-TtsLanguage -Name ru | Get-TtsLanguage).Name | Should -Be 'Russian'
        ('Text,Language', 'x,ko' | ConvertFrom-Csv | Get-TtsLanguage).Name | Should -Be 'Korean'
        (Get-TtsLanguage -Name ja).NativeVoices | Get-TtsVoice | ForEach-Object -MemberName Name | Should -Be 'ono_anna'
    }

    It 'is an error by name for one that is not there, and nothing for a pattern' {
        $outcome = Get-Outcome -Action { Get-TtsLanguage -Name 'Klingon', '[x', 'X*', 'fr' }
        $outcome.Errors | Get-ErrorName | Should -Be 'LanguageNotFound', 'LanguageNotFound'
        $outcome.Errors[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $outcome.Errors.TargetObject | Should -Be 'Klingon', '[x'
        $outcome.Errors[0].Exception.Message | Should -Match "'Klingon'.*English \(en\).*Italian \(it\)"
        $outcome.Output.Name | Should -BeExactly 'French'
    }

    It 'says which language a row is in, piped or given, and names its file' {
        $rows = @(Get-TtsLanguage -Name de, ja | Test-TtsSpeech -Text 'hello' -OutputDirectory (Join-Path -Path $TestDrive -ChildPath out))
        $rows.IsValid | Should -Be $true, $true
        $rows.Id | Should -Be 'German', 'Japanese'
        (Test-TtsSpeech -Text 'hello' -Language (Get-TtsLanguage -Name de)).IsValid | Should -BeTrue
    }
}
