# The nine preset voices; no key, no network.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Support.ps1')
    Import-TestModule
}

Describe 'Get-TtsVoice' {
    It 'lists the nine' {
        (Get-TtsVoice).Name | Should -Be 'aiden', 'dylan', 'eric', 'ono_anna', 'ryan', 'serena', 'sohee', 'uncle_fu', 'vivian'
    }

    It 'tells of each its gender, language, description and model' {
        foreach ($voice in Get-TtsVoice) {
            $voice.Gender | Should -BeIn 'Female', 'Male'
            $voice.NativeLanguage | Should -BeIn 'English', 'Chinese', 'Japanese', 'Korean'
            $voice.Description | Should -Not -BeNullOrEmpty
            $voice.Model | Should -BeExactly 'CustomVoice'
        }
        (Get-TtsVoice -Name eric).Dialect | Should -BeExactly 'Sichuan'
    }

    It 'has the alias Voice, so that it binds to -Voice' {
        (Get-TtsVoice -Name uncle_fu).Voice | Should -BeExactly 'uncle_fu'
    }

    It 'finds <Pattern>' -ForEach @(
        @{ Pattern = 'RYAN'; Found = @('ryan') }
        @{ Pattern = 's*'; Found = 'serena', 'sohee' }
        @{ Pattern = '*_*'; Found = 'ono_anna', 'uncle_fu' }
        @{ Pattern = '[ad]*'; Found = 'aiden', 'dylan' }
        @{ Pattern = @('ryan', 'e*'); Found = 'ryan', 'eric' }
    ) {
        (Get-TtsVoice $Pattern).Name | Should -Be $Found
    }

    It 'takes names from the pipeline, as strings and as objects' {
        ('ryan', 'eric' | Get-TtsVoice).Name | Should -Be 'ryan', 'eric'
        (Get-TtsVoice -Name ryan | Get-TtsVoice).Name | Should -BeExactly 'ryan'
    }

    It 'takes -Language <_> for the native one' -ForEach 'English', 'en', 'en-GB', 'ENGLISH' {
        (Get-TtsVoice -Language $_).Name | Should -Be 'aiden', 'ryan'
    }

    It 'has no voice of a language that is nobody''s own' {
        Get-TtsVoice -Language German | Should -BeNullOrEmpty
    }

    It 'takes -Gender and -Model together with the rest' {
        (Get-TtsVoice -Gender Female).Name | Should -Be 'ono_anna', 'serena', 'sohee', 'vivian'
        (Get-TtsVoice -Gender male -Language zh).Name | Should -Be 'dylan', 'eric', 'uncle_fu'
        Get-TtsVoice -Model VoiceDesign | Should -BeNullOrEmpty
        @(Get-TtsVoice -Model CustomVoice) | Should -HaveCount 9
    }

    It 'is an error by name for a voice that is not there, and nothing for a pattern' {
        $outcome = Get-Outcome -Action { Get-TtsVoice -Name 'nobody', 'ryan' }
        $outcome.Errors | Should -HaveCount 1
        $outcome.Errors[0] | Get-ErrorName | Should -BeExactly 'VoiceNotFound'
        $outcome.Errors[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $outcome.Errors[0].Exception.Message | Should -Match "'nobody'.*ryan"
        $outcome.Output.Name | Should -BeExactly 'ryan'
        (Get-Outcome -Action { Get-TtsVoice -Name 'nobody*' }).Errors | Should -HaveCount 0
    }

    It 'refuses an unknown language' {
        $outcome = Get-Outcome -Action { Get-TtsVoice -Language Klingon }
        $outcome.Errors | Get-ErrorName | Should -BeExactly 'InvalidRequest.Language'
        $outcome.Errors[0].Exception.Message | Should -Match 'Klingon.*English'
    }

    It 'refuses an unknown model' {
        (Get-Outcome -Action { Get-TtsVoice -Model Nonsense }).Errors | Get-ErrorName | Should -BeExactly 'InvalidRequest.Model'
    }
}
