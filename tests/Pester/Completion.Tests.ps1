# What Tab offers. It asks nobody.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Support.ps1')
    Import-TestModule

    function Get-Completion {
        param([string] $Line)
        (TabExpansion2 -inputScript $Line -cursorColumn $Line.Length).CompletionMatches
    }
}

Describe 'Completion' {
    It 'offers <Found> for: <Line>' -ForEach @(
        @{ Line = 'New-TtsSpeech -Voice u'; Found = @('uncle_fu') }
        @{ Line = 'New-TtsSpeech -Voice A'; Found = 'aiden', 'auto' }
        @{ Line = 'New-TtsSpeech -Voice "ry'; Found = @('ryan') }
        @{ Line = 'New-TtsSpeech -Speaker so'; Found = @('sohee') }
        @{ Line = 'New-TtsSpeech -Language I'; Found = @('Italian') }
        @{ Line = 'New-TtsSpeech -Lang ge'; Found = @('German') }
        @{ Line = 'New-TtsSpeech -Model V'; Found = @('VoiceDesign') }
        @{ Line = 'New-TtsSpeech -OutputFormat '; Found = 'MP3', 'WAV', 'FLAC', 'OGG' }
        @{ Line = 'New-TtsSpeech -OutputType b'; Found = @('base64Data') }
        @{ Line = 'Get-TtsVoice v'; Found = @('vivian') }
        @{ Line = 'Get-TtsVoice -Language ja'; Found = @('Japanese') }
        @{ Line = 'Get-TtsVoice -Gender f'; Found = @('Female') }
        @{ Line = 'Get-TtsVoice -Model Cu'; Found = @('CustomVoice') }
    ) {
        (Get-Completion -Line $Line).CompletionText | Should -Be $Found
    }

    It 'says in the tooltip who a voice is' {
        (Get-Completion -Line 'New-TtsSpeech -Voice uncle').ToolTip | Should -Match 'Male, Chinese.*mellow'
    }

    It 'offers nothing, and no error, for what nobody is called' {
        $Error.Clear()
        Get-Completion -Line 'New-TtsSpeech -Voice zzz' | Where-Object -Property ResultType -EQ -Value 'ParameterValue' | Should -BeNullOrEmpty
        $Error | Should -HaveCount 0
    }
}
