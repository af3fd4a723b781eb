# The three hosted models; no key, no network.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Support.ps1')
    Import-TestModule
}

Describe 'Get-TtsModel' {
    It 'lists all, with what a script needs of them' {
        $models = Get-TtsModel
        $models.Name | Should -Be 'CustomVoice', 'VoiceDesign', 'Base'
        $models.ModelId | Should -Be 'alibaba:qwen@3-tts-1.7b-customvoice', 'alibaba:qwen@3-tts-1.7b-voicedesign', 'alibaba:qwen@3-tts-1.7b-base'
        $models.MaxNumberResults | Should -Be 20, 4, 4
        $models.DefaultVoice | Should -Be 'auto', 'design', 'clone'
        $models.MaxTextLength | Should -Be 2000, 2000, 2000
        $models[0].PricePerThousandCharacters | Should -BeOfType ([decimal])
        $models[0].PriceDate | Should -Match '^\d{4}-\d\d-\d\d$'
        $models[0].PriceSource | Should -Not -BeNullOrEmpty
        $models.Description | Should -Not -Contain $null
        "$($models[0])" | Should -BeExactly 'CustomVoice'
    }

    It 'finds <Name>' -ForEach @(
        @{ Name = 'customvoice'; Found = @('CustomVoice') }
        @{ Name = 'V*'; Found = @('VoiceDesign') }
        @{ Name = 'alibaba:qwen@3-tts-1.7b-voicedesign'; Found = @('VoiceDesign') }
        @{ Name = 'alibaba:*'; Found = 'CustomVoice', 'VoiceDesign', 'Base' }
        @{ Name = @('VoiceDesign', 'CustomVoice'); Found = 'VoiceDesign', 'CustomVoice' }
    ) {
        (Get-TtsModel $Name).Name | Should -Be $Found
    }

    It 'takes names from the pipeline: strings, models, and rows with a Model' {
        ('VoiceDesign', 'Custom*' | Get-TtsModel).Name | Should -Be 'VoiceDesign', 'CustomVoice'
        (Get-TtsModel -Name V* | Get-TtsModel).Name | Should -Be 'VoiceDesign'
        ('Text,Model', 'x,VoiceDesign' | ConvertFrom-Csv | Get-TtsModel).Name | Should -Be 'VoiceDesign'
    }

    It 'is an error by name for one that is not there, and nothing for a pattern' {
        $outcome = Get-Outcome -Action { Get-TtsModel -Name 'Qwen', 'Qwen*', 'VoiceDesign' }
        $outcome.Errors | Get-ErrorName | Should -BeExactly 'ModelNotFound'
        $outcome.Errors[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $outcome.Errors[0].TargetObject | Should -BeExactly 'Qwen'
        $outcome.Errors[0].Exception.Message | Should -Match "'Qwen'.*CustomVoice.*VoiceDesign"
        $outcome.Output.Name | Should -BeExactly 'VoiceDesign'
    }

    It 'says which model a row is for, piped or given' {
        $rows = @(Get-TtsModel | Test-TtsSpeech -Text 'hello')
        $rows.IsValid | Should -Be $true, $false, $false
        $rows[1].Problems.Message | Should -Match 'VoiceDesign needs'
        $rows[2].Problems.Message | Should -Match 'Base needs'
        (Test-TtsSpeech -Text 'hello' -Model (Get-TtsModel -Name V*)).Problems.Message | Should -Match 'VoiceDesign needs'
    }
}
