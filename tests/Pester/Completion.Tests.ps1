# What Tab offers. It asks nobody.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Support.ps1')
    Import-TestModule

    function Get-Completion {
        param([string] $Line, [int] $Cursor = $Line.Length)
        (TabExpansion2 -inputScript $Line -cursorColumn $Cursor).CompletionMatches
    }

    function Complete-Line {
        # The lines that Tab would make of it.
        param([string] $Line, [int] $Cursor = $Line.Length)
        $found = TabExpansion2 -inputScript $Line -cursorColumn $Cursor
        foreach ($match in $found.CompletionMatches) {
            $Line.Remove($found.ReplacementIndex, $found.ReplacementLength).Insert($found.ReplacementIndex, $match.CompletionText)
        }
    }
}

Describe 'Completion' {
    # What is offered for which line is proven in the tests of Core; here it is how a line is read and answered.
    It 'offers <Found> for: <Line>' -ForEach @(
        @{ Line = 'New-TtsSpeech -Voice u'; Found = @('uncle_fu') }
        @{ Line = 'New-TtsSpeech -Voice "ry'; Found = @('ryan') }
        @{ Line = 'New-TtsSpeech -Voice ''ry'; Found = @('ryan') }
        @{ Line = 'New-TtsSpeech -Speaker so'; Found = @('sohee') }
        @{ Line = 'New-TtsSpeech -Voice *_'; Found = 'ono_anna', 'uncle_fu' }
        @{ Line = 'New-TtsSpeech -Voice [de]'; Found = 'dylan', 'eric' }
        @{ Line = 'New-TtsSpeech -Voice s -Language ko'; Cursor = 22; Found = 'sohee', 'serena' }
        @{ Line = 'New-TtsSpeech -Model VoiceDesign -Voice '; Found = @('design') }
        @{ Line = 'New-TtsSpeech -Language de-AT'; Found = @('German') }
        @{ Line = 'New-TtsSpeech -Model alibaba:'; Found = 'CustomVoice', 'VoiceDesign', 'Base' }
        @{ Line = 'New-TtsSpeech -OutFile x/a.ogg -SampleRate '; Found = '8000', '12000', '16000', '24000', '48000' }
        @{ Line = 'New-TtsSpeech -Channels st'; Found = @('2') }
        @{ Line = 'New-TtsSpeech -Format ogg -Channels 1 -Bitrate 96 -SampleRate '; Found = '16000', '48000' }
        @{ Line = 'New-TtsSpeech -Bitrate 1 -SampleRate 44100'; Cursor = 24; Found = '112', '128', '160', '192' }
        @{ Line = 'New-TtsSpeech -OutputFormat WAV -Bitrate '; Found = @() }
        @{ Line = 'Test-TtsSpeech -Format OGG -SampleRate 8000 -Channels 1 -Bitrate '; Found = '8', '16', '24', '32', '40' }
        @{ Line = 'Get-TtsVoice ryan, so'; Found = @('sohee') }
        @{ Line = 'Get-TtsVoice -Language en -Name '; Found = 'aiden', 'ryan' }
        @{ Line = 'Get-TtsVoice -Gender Female -Language zh '; Found = 'serena', 'vivian' }
        @{ Line = 'Get-TtsLanguage fr'; Found = @('French') }
        @{ Line = 'Get-TtsFormat OGG 24000 '; Found = '1', '2' }
    ) {
        $at = if ((Get-Variable -Name Cursor -ErrorAction Ignore) -and $Cursor) { $Cursor } else { $Line.Length }
        @(Get-Completion -Line $Line -Cursor $at | ForEach-Object -MemberName CompletionText) | Should -Be $Found
    }

    It 'says in the tooltip <Says> for: <Line>' -ForEach @(
        @{ Line = 'New-TtsSpeech -Voice uncle'; Says = 'Male, Chinese.*mellow' }
        @{ Line = 'New-TtsSpeech -Format OGG -SampleRate 24000 -Channels 1 -Bitrate 80'; Says = '^OGG 24000 Hz mono: 16 to 80 kbps$' }
    ) {
        (Get-Completion -Line $Line).ToolTip | Should -Match $Says
    }

    It 'offers nothing, and no error, for: <_>' -ForEach @(
        'New-TtsSpeech -Voice zzz'
        'New-TtsSpeech -Voice [x'
        'Get-TtsVoice "]['
    ) {
        $Error.Clear()
        Get-Completion -Line $_ | Should -BeNullOrEmpty
        $Error | Should -HaveCount 0
    }

    It 'is not confused by: <_>' -ForEach @(
        'New-TtsSpeech -OutputFormat $null -SampleRate 24kb -Channels @(1,2) -Bitrate '
        'New-TtsSpeech -OutputFormat (Get-Date) -SampleRate (1/0) -Bitrate '
        'New-TtsSpeech -OutputFormat $nope.Nope -OutputPath "$($x)/{" -Bitrate '
        'New-TtsSpeech -Language @{a=1} -VoiceDescription $null -Model [ -Voice '
    ) {
        $Error.Clear()
        Get-Completion -Line $_ | Should -Not -BeNullOrEmpty
        $Error | Should -HaveCount 0
    }

    It 'knows no network' {
        # A key and an endpoint where nobody is: nothing is asked there.
        $env:RUNWARE_API_KEY = $TestKey
        $env:RUNWARE_API_URL = Get-NowhereUrl
        try { (Get-Completion -Line 'New-TtsSpeech -Voice ry').CompletionText | Should -Be 'ryan' }
        finally { Remove-Item -Path env:RUNWARE_API_KEY, env:RUNWARE_API_URL }
    }
}

Describe 'A completer' {
    It 'of <Command> -<Parameter> throws at nothing that a line may hold' -ForEach @(
        foreach ($name in 'Voice', 'Bitrate', 'OutputPath') { @{ Command = 'New-TtsSpeech'; Parameter = $name } }
        @{ Command = 'Get-TtsVoice'; Parameter = 'Name' }
    ) {
        $attribute = (Get-Command -Name $Command).Parameters[$Parameter].Attributes | Where-Object -FilterScript { $_ -is [ArgumentCompleter] }
        $completer = [Activator]::CreateInstance($attribute.Type)
        $odd = $null, '', '[', '{', '''', '"', '*', "`0", '-1', '1e9', ('x' * 5000), 24000, 1.5, [double]::NaN, $true, @(), @($null), @('OGG', 'MP3'), @{}, [datetime]::Now, (Get-Item -Path .), { x }, [dbnull]::Value, (Get-TtsVoice -Name ryan), [pscustomobject]@{ a = 1 }
        $asts = $null, [System.Management.Automation.Language.Parser]::ParseInput('New-TtsSpeech "$x/{i', [ref] $null, [ref] $null).Find({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true)
        foreach ($value in $odd) {
            $bound = @{}
            foreach ($key in 'Voice', 'Language', 'Gender', 'Model', 'VoiceDescription', 'OutputFormat', 'OutputPath', 'SampleRate', 'Channels', 'Bitrate') { $bound[$key] = $value }
            foreach ($ast in $asts) {
                foreach ($word in $null, '', "$value", "'$value'", '"/{i"') {
                    { foreach ($result in $completer.CompleteArgument('x', 'y', $word, $ast, $bound)) { $result.ToolTip } } | Should -Not -Throw
                }
            }
        }
        { $completer.CompleteArgument($null, $null, $null, $null, $null) } | Should -Not -Throw
    }
}

Describe 'Completion of an OutputPath' {
    BeforeAll {
        Push-Location -LiteralPath $TestDrive
        New-Item -Path 'one.mp3', '{x}.mp3' -ItemType File | Out-Null
    }

    AfterAll { Pop-Location }

    It 'offers every token that a path may hold, and no other' {
        $found = Get-Completion -Line 'New-TtsSpeech -OutputPath ''{'
        $found.ListItemText | Should -Be '{Id}', '{Index}', '{Voice}', '{Language}', '{Model}', '{Hash}'
        $found.ToolTip | Should -Not -Contain $null
        # The module's own words for what it does not know.
        $refusal = (Test-TtsSpeech -Text x -OutputPath '{Nope}.mp3').Problems[0].Message
        [regex]::Matches(($refusal -split 'Allowed:')[1], '\{\w+\}').Value | Sort-Object | Should -Be ($found.ListItemText | Sort-Object)
    }

    It 'makes <Found> of: <Line>' -ForEach @(
        @{ Line = 'New-TtsSpeech -OutputPath ''out/{h'; Found = @('New-TtsSpeech -OutputPath ''out/{Hash}') }
        @{ Line = 'New-TtsSpeech -OutputPath ''out/{v'' -Force'; Cursor = 33; Found = @('New-TtsSpeech -OutputPath ''out/{Voice}'' -Force') }
        @{ Line = 'New-TtsSpeech -OutputPath ''{v.mp3'' -Force'; Cursor = 29; Found = @('New-TtsSpeech -OutputPath ''{Voice}.mp3'' -Force') }
        @{ Line = 'New-TtsSpeech -OutputPath ''{Voice}-{i'; Found = 'New-TtsSpeech -OutputPath ''{Voice}-{Id}', 'New-TtsSpeech -OutputPath ''{Voice}-{Index}' }
        @{ Line = 'New-TtsSpeech -OutputPath ''a{h'' -Text ''b{h'''; Cursor = 30; Found = @('New-TtsSpeech -OutputPath ''a{Hash}'' -Text ''b{h''') }
        @{ Line = 'New-TtsSpeech -OutputPath "$HOME/{h" -Text x'; Cursor = 35; Found = @('New-TtsSpeech -OutputPath "$HOME/{Hash}" -Text x') }
        @{ Line = 'Save-TtsSpeech -OutputPath ''{la'; Found = @('Save-TtsSpeech -OutputPath ''{Language}') }
    ) {
        $at = if ((Get-Variable -Name Cursor -ErrorAction Ignore) -and $Cursor) { $Cursor } else { $Line.Length }
        @(Complete-Line -Line $Line -Cursor $at) | Should -Be $Found
    }

    It 'leaves files to PowerShell for: <_>' -ForEach 'New-TtsSpeech -OutputPath ', 'New-TtsSpeech ''a {I'' -OutputPath o' {
        (Get-Completion -Line $_).ListItemText | Should -Contain 'one.mp3'
    }

    It 'leaves a file with braces in its name to PowerShell too' {
        (Get-Completion -Line 'New-TtsSpeech -OutputPath ''{x').ListItemText | Should -Be '{x}.mp3'
    }
}
