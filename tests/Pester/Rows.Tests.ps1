# What PowerShell does to rows before a cmdlet sees them, and what must come of each on the wire.

BeforeDiscovery {
    $script:refused = @(
        @{ What = 'a hashtable'; Says = 'hashtable'; Give = { , @{ Text = 'spoken' } } }
        @{ What = 'an array handed over whole'; Says = 'array'; Give = { , @('one', 'two') } }
        @{ What = 'a file'; Says = 'Get-Content'; Give = { Get-Item -LiteralPath $PSCommandPath } }
        @{ What = 'a match of Select-String'; Says = 'Line'; Give = { 'speak' | Select-String -Pattern 'p' } }
        @{ What = 'a match of a regular expression'; Says = 'Value'; Give = { [regex]::Match('speak', 'p') } }
        @{ What = '$null'; Says = '\$null'; Give = { , $null } }
        @{ What = 'an integer'; Says = 'Int32'; Give = { 42 } }
        @{ What = 'a date'; Says = 'DateTime'; Give = { Get-Date } }
        @{ What = 'an empty string'; Says = '1 to 2000'; Give = { '' } }
        @{ What = 'a row without a text'; Says = "it has 'Title', 'Voice'"; Give = { [pscustomobject]@{ Title = 'x'; Voice = 'ryan' } } }
        @{ What = 'a row of a database with no text'; Says = '1 to 2000'; Give = { [pscustomobject]@{ Text = [System.DBNull]::Value } } }
        @{ What = 'an XML element'; Says = 'Select-Object'; Give = { , ([xml]'<row Text="spoken"/>').DocumentElement } }
        @{ What = 'a row without any property'; Says = 'Text'; Give = { [pscustomobject]@{} } }
        @{ What = 'a header with a stray blank behind'; Says = "'Text '.*Rename"; Give = { [pscustomobject]@{ 'Text ' = 'x' } } }
        @{ What = 'a header of an alias with a stray blank'; Says = "'Script '.*'Script'"; Give = { [pscustomobject]@{ 'Script ' = 'x' } } }
        @{ What = 'a header with a byte order mark'; Says = "Rename it to 'Text'"; Give = { [pscustomobject]@{ "$([char]0xFEFF)Text" = 'x' } } }
        @{ What = 'a text that is an array'; Says = 'Text holds'; Give = { [pscustomobject]@{ Text = 'one', 'two' } } }
        @{ What = 'a text under an alias that is an array'; Says = 'Text holds'; Give = { [pscustomobject]@{ Script = @('one') } } }
        @{ What = 'a text that is a script block'; Says = 'Text holds a ScriptBlock'; Give = { [pscustomobject]@{ Text = { 'x' } } } }
    )
    $script:collections = 'Voice', 'Speed', 'OutputPath' | ForEach-Object { @{ Column = $_ } }
    # Which aliases there are is proven in RunwareTts.Module.Tests.
    $script:aliases = @(
        @{ Alias = 'Script'; Parameter = 'Text'; Value = 'by alias' }
        @{ Alias = 'Speaker'; Parameter = 'Voice'; Value = 'ryan' }
    )
    # What PowerShell's own values become; how a string is read is proven in the tests of Core.
    $script:values = @(
        @{ Column = 'Voice'; Given = 'Uncle_FU'; Wire = 'uncle_fu'; At = 'speech.voice' }
        @{ Column = 'Speed'; Given = 0.1 + 0.2; Wire = 0.3; At = 'speech.speed' }
        @{ Column = 'Speed'; Given = [single]0.7; Wire = 0.7; At = 'speech.speed' }
        @{ Column = 'Speed'; Given = [decimal]1.25; Wire = 1.25; At = 'speech.speed' }
        @{ Column = 'Bitrate'; Given = 96; Wire = 96; At = 'audioSettings.bitrate' }
        @{ Column = 'Channels'; Given = [long]1; Wire = 1; At = 'audioSettings.channels' }
    )
    $script:blanks = @{ Blank = ''; Shown = "''" }, @{ Blank = $null; Shown = 'null' }, @{ Blank = [System.DBNull]::Value; Shown = 'DBNull' }
}

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Support.ps1')
    Import-TestModule
    $script:Emulator = Open-Emulator -Tiny
    $script:Relay = Open-Relay -Url $Emulator.Url
    Connect-TtsService -ApiKey $TestKey -Endpoint $Relay.Url

    function Get-Field {
        param($Task, [string] $Path)
        $value = $Task
        foreach ($part in $Path -split '\.') { $value = $value.$part }
        return $value
    }
}

AfterAll { Close-TestResource }

Describe 'What cannot be a row' {
    BeforeEach {
        Reset-RecoveryLedger
        $Relay.Clear()
    }

    It 'refuses <What> by name and sends nothing' -ForEach $refused {
        $outcome = Get-Outcome -Action { & $Give | New-TtsSpeech }
        $outcome.Errors | Should -HaveCount 1
        $outcome.Thrown | Should -BeNullOrEmpty
        $outcome.Errors[0] | Get-ErrorName | Should -BeExactly 'InvalidRequest.Text'
        $outcome.Errors[0].CategoryInfo.Category | Should -Be 'InvalidArgument'
        $outcome.Errors[0].Exception.Message | Should -Match $Says
        $outcome.Output | Should -HaveCount 0
        $Relay.Count | Should -Be 0
    }

    It 'refuses <What> given to -Text' -ForEach @(
        @{ What = 'a hashtable'; Give = @{ a = 1 } }
        @{ What = 'an entry of a hashtable'; Give = [System.Collections.DictionaryEntry]::new('a', 'b') }
        @{ What = 'a CSV row'; Give = [pscustomobject]@{ Id = 1; Text = 'Hello' } }
        @{ What = 'an array'; Give = @('one', 'two') }
    ) {
        $outcome = Get-Outcome -Action { New-TtsSpeech $Give }
        $outcome.Errors | Get-ErrorName | Should -BeExactly 'InvalidRequest.Text'
        $outcome.Errors[0].Exception.Message | Should -Match 'Text holds'
        $Relay.Count | Should -Be 0
    }

    It 'leaves a column alone that only looks like an alias' {
        ([pscustomobject]@{ Text = 'hello'; 'File Name' = 'x' } | New-TtsSpeech).Path | Should -BeNullOrEmpty
    }

    It 'takes a TtsVoice as a voice' {
        New-TtsSpeech -Text 'hello' -Voice (Get-TtsVoice -Name ryan) -WhatIf
        (New-TtsSpeech -Text 'hello' -Voice (Get-TtsVoice -Name ryan)).Voice | Should -BeExactly 'ryan'
    }

    It 'refuses the column <_>, which PowerShell would leave out without a word' -ForEach 'Voice ', 'Sample Rate', "Lang$([char]0x200B)" {
        $outcome = Get-Outcome -Action { [pscustomobject]@{ Text = 'hello'; $_ = 'x' } | New-TtsSpeech }
        $outcome.Errors | Get-ErrorName | Should -Match '^InvalidRequest\.(Voice|SampleRate|Language)$'
        $outcome.Errors[0].Exception.Message | Should -Match 'Rename it'
        $Relay.Count | Should -Be 0
    }

    It 'refuses a <Column> that holds a collection' -ForEach $collections {
        $row = [pscustomobject]@{ Text = 'hello'; $Column = @('one', 'two') }
        $outcome = Get-Outcome -Action { $row | New-TtsSpeech }
        $outcome.Errors | Get-ErrorName | Should -BeExactly "InvalidRequest.$Column"
        $outcome.Errors[0].Exception.Message | Should -Match "$Column holds"
        [object]::ReferenceEquals($outcome.Errors[0].TargetObject, $row) | Should -BeTrue
        $Relay.Count | Should -Be 0
    }

    It 'refuses a string piped beside -Text' {
        $outcome = Get-Outcome -Action { 'piped' | New-TtsSpeech -Text 'on the line' }
        $outcome.Errors | Get-ErrorName | Should -BeExactly 'InvalidRequest.Text'
        $outcome.Errors[0].Exception.Message | Should -Match '-Text'
        $Relay.Count | Should -Be 0
    }

    It 'refuses -InputObject on the line, whose properties PowerShell does not bind' {
        $row = [pscustomobject]@{ Text = 'hello'; Voice = 'ryan' }
        $outcome = Get-Outcome -Action { New-TtsSpeech -InputObject $row }
        $outcome.Errors | Get-ErrorName | Should -BeExactly 'InvalidRequest.InputObject'
        $Relay.Count | Should -Be 0
    }

    It 'refuses a call without any text' {
        (Get-Outcome -Action { New-TtsSpeech }).Errors | Get-ErrorName | Should -BeExactly 'InvalidRequest.Text'
    }

    It 'speaks the good rows around a bad one, in their order' {
        $outcome = Get-Outcome -Action { 'one', @{ a = 1 }, 'three', 4, 'five' | New-TtsSpeech -OutputFormat WAV }
        $outcome.Output.Text | Should -Be 'one', 'three', 'five'
        $outcome.Errors | Should -HaveCount 2
    }

    It 'takes an empty pipeline for nothing to do' {
        $outcome = Get-Outcome -Action { @() | New-TtsSpeech }
        $outcome.Errors | Should -HaveCount 0
        $outcome.Output | Should -HaveCount 0
    }
}

Describe 'What is a row' {
    BeforeEach {
        Reset-RecoveryLedger
        $Relay.Clear()
    }

    It 'takes a piped string as the text' {
        'plain words' | New-TtsSpeech -OutputFormat WAV | Out-Null
        (Get-SentTask -Relay $Relay).speech.text | Should -BeExactly 'plain words'
    }

    It 'takes the text at the first position' {
        New-TtsSpeech 'by place' -OutputFormat WAV | Out-Null
        (Get-SentTask -Relay $Relay).speech.text | Should -BeExactly 'by place'
    }

    It 'takes a line of Get-Content, which carries properties of its own' {
        $file = Join-Path -Path $TestDrive -ChildPath 'lines.txt'
        'first', 'second' | Set-Content -LiteralPath $file
        Get-Content -LiteralPath $file | New-TtsSpeech -OutputFormat WAV | Out-Null
        (Get-SentTask -Relay $Relay).speech.text | Sort-Object | Should -Be 'first', 'second'
    }

    It 'takes an object of any class with a Text' {
        class Announcement { [string] $Text = 'from a class'; [string] $Voice = 'aiden' }
        [Announcement]::new() | New-TtsSpeech -OutputFormat WAV | Out-Null
        $sent = Get-SentTask -Relay $Relay
        $sent.speech.text | Should -BeExactly 'from a class'
        $sent.speech.voice | Should -BeExactly 'aiden'
    }

    It 'takes cells of <Shown> for not given' -ForEach $blanks {
        $row = [pscustomobject]@{
            Text = 'bare'; Voice = $Blank; Style = $Blank; VoiceDescription = $Blank; Model = $Blank; Language = $Blank; Speed = $Blank
            OutputFormat = $Blank; Bitrate = $Blank; SampleRate = $Blank; Channels = $Blank; OutputPath = $Blank; Id = $Blank
            NumberResults = $Blank; MaxNewTokens = $Blank; OutputType = $Blank; Ttl = $Blank; WebhookUrl = $Blank; UploadEndpoint = $Blank
        }
        $row | New-TtsSpeech | Out-Null
        $wire = '{"taskType":"audioInference","model":"alibaba:qwen@3-tts-1.7b-customvoice","speech":{"text":"bare","voice":"auto"},"outputFormat":"MP3","deliveryMethod":"sync","includeCost":true}'
        Get-WireText -Task (Get-SentTask -Relay $Relay) | Should -BeExactly $wire
    }

    It 'reads <Column> <Given> as <Wire>' -ForEach $values {
        [pscustomobject]@{ Text = 'hello'; $Column = $Given } | New-TtsSpeech | Out-Null
        Get-Field -Task (Get-SentTask -Relay $Relay) -Path $At | Should -BeExactly $Wire
    }

    It 'binds the column <Alias> to -<Parameter>' -ForEach $aliases {
        $row = [pscustomobject]@{ $Alias = $Value }
        if ($Parameter -ne 'Text') { $row | Add-Member -NotePropertyName Text -NotePropertyValue 'by alias' }
        $speech = $row | New-TtsSpeech
        $speech.$Parameter | Should -BeExactly $Value
        (Get-SentTask -Relay $Relay).speech.text | Should -BeExactly 'by alias'
    }

    It 'binds the column OutFile to -OutputPath' {
        $path = Join-Path -Path $TestDrive -ChildPath 'OutFile.wav'
        $speech = [pscustomobject]@{ Text = 'hello'; OutFile = $path } | New-TtsSpeech
        $speech.Path | Should -BeExactly $path
        $speech.OutputFormat | Should -BeExactly 'WAV'
    }

    It 'applies what stands on the line to every row without it' {
        'one', [pscustomobject]@{ Text = 'two' }, [pscustomobject]@{ Text = 'three'; Speed = '1.1' } |
            New-TtsSpeech -Voice ryan -OutputFormat WAV | Out-Null
        (Get-SentTask -Relay $Relay).speech.voice | Should -Be 'ryan', 'ryan', 'ryan'
    }

    It 'speaks -Text by each piped voice' {
        $results = Get-TtsVoice -Gender Female -Language Chinese | New-TtsSpeech -Text 'hi' -OutputFormat WAV
        $results.Voice | Should -Be 'serena', 'vivian'
        $results.Id | Should -Be 'serena', 'vivian'
        $results.Text | Should -Be 'hi', 'hi'
    }
}

Describe 'Cultures' {
    BeforeEach {
        Reset-RecoveryLedger
        $Relay.Clear()
    }

    It 'reads the typed double 0.9 under <_>' -ForEach 'de-DE', 'tr-TR' {
        Invoke-InCulture -Culture $_ -Action { [pscustomobject]@{ Text = 'hello'; Speed = 0.9; OutputFormat = 'wav'; Voice = 'VIVIAN' } | New-TtsSpeech | Out-Null }
        $sent = Get-SentTask -Relay $Relay
        $sent.speech.speed | Should -Be 0.9
        $sent.speech.voice | Should -BeExactly 'vivian'
    }

    It 'reads -Speed 0.9 on the line under de-DE' {
        Invoke-InCulture -Culture 'de-DE' -Action { New-TtsSpeech -Text 'hello' -Speed 0.9 -OutputFormat WAV | Out-Null }
        (Get-SentTask -Relay $Relay).speech.speed | Should -Be 0.9
    }
}

Describe 'Rows do not leak into one another' {
    BeforeEach {
        Reset-RecoveryLedger
        $Relay.Clear()
    }

    BeforeAll {
        $script:Full = [pscustomobject]@{
            Text = 'full'; Voice = 'ryan'; Style = 'calm'; Model = 'CustomVoice'; Language = 'English'; Speed = '1.2'; OutputFormat = 'MP3'
            Bitrate = '64'; SampleRate = '24000'; Channels = '1'; Id = 'full'; NumberResults = '2'; MaxNewTokens = '100'; OutputType = 'URL'; Ttl = '3600'
        }
        $script:Bare = '{"taskType":"audioInference","model":"alibaba:qwen@3-tts-1.7b-customvoice","speech":{"text":"bare","voice":"auto"},"outputFormat":"MP3","deliveryMethod":"sync","includeCost":true}'
    }

    It 'gives an object row without columns nothing of the full row before it' {
        $Full, [pscustomobject]@{ Text = 'bare' } | New-TtsSpeech | Out-Null
        Get-SentTask -Relay $Relay | Should -HaveCount 2
        Get-WireText -Task (Get-SentTask -Relay $Relay | Where-Object -FilterScript { $_.speech.text -eq 'bare' }) | Should -BeExactly $Bare
    }

    It 'gives a refused row no text of the row before it' {
        $outcome = Get-Outcome -Action { 'bare', [pscustomobject]@{ Voice = 'ryan' }, $Full, [pscustomobject]@{ Text = '' } | New-TtsSpeech }
        $outcome.Errors | Get-ErrorName | Should -Be 'InvalidRequest.Text', 'InvalidRequest.Text'
        Get-SentTask -Relay $Relay | Should -HaveCount 2
    }

    It 'gives a row no OutputPath and no Id of the row before it' {
        $folder = Join-Path -Path $TestDrive -ChildPath 'leak'
        $rows = [pscustomobject]@{ Text = 'one'; OutputPath = 'first.wav'; Id = 'first' }, [pscustomobject]@{ Text = 'two' }, 'three'
        $results = $rows | New-TtsSpeech -OutputDirectory $folder
        $results[0].File.Name | Should -BeExactly 'first.wav'
        $results.Id | Should -Be 'first', $null, $null
        $results[1, 2].OutputFormat | Should -Be 'MP3', 'MP3'
        @($results.Path | Select-Object -Unique) | Should -HaveCount 3
    }
}

Describe 'A result is a row again' {
    BeforeEach {
        Reset-RecoveryLedger
        $Relay.Clear()
    }

    BeforeDiscovery {
        $script:asks = @(
            @{ What = 'preset voice'; Row = @{ Text = 'again'; Voice = 'Serena'; Style = 'cheerful'; Language = 'fr'; Speed = 0.95; OutputFormat = 'mp3'; Bitrate = 64; SampleRate = 24000; Channels = 1; MaxNewTokens = 512; Id = 'r1' } }
            @{ What = 'described voice'; Row = @{ Text = 'again'; VoiceDescription = 'A warm, old voice'; Language = 'Italian'; Speed = '1.10'; OutputFormat = 'WAV'; Id = 'r2' } }
            @{ What = 'nothing but a text'; Row = @{ Text = "two lines,`nand a `"quote`"" } }
        )
    }

    It 'live, under <Culture>: <What>' -ForEach @(
        foreach ($ask in $asks) { $ask + @{ Culture = 'de-DE' } }
    ) {
        Invoke-InCulture -Culture $Culture -Action { [pscustomobject]$Row | New-TtsSpeech | New-TtsSpeech -Regenerate | Out-Null }
        $sent = @(Get-SentTask -Relay $Relay)
        $sent | Should -HaveCount 2
        Get-WireText -Task $sent[1] | Should -BeExactly (Get-WireText -Task $sent[0])
        $sent[1].taskUUID | Should -Not -Be $sent[0].taskUUID
    }

    It 'through Export-Csv under <Culture>: <What>' -ForEach @(
        foreach ($culture in 'en-US', 'de-DE') { foreach ($ask in $asks) { $ask + @{ Culture = $culture } } }
    ) {
        $csv = Join-Path -Path $TestDrive -ChildPath "again-$([guid]::NewGuid()).csv"
        $outcome = Invoke-InCulture -Culture $Culture -Action {
            [pscustomobject]$Row | New-TtsSpeech | Export-Csv -LiteralPath $csv -Encoding utf8
            Get-Outcome -Action { Import-Csv -LiteralPath $csv | New-TtsSpeech -Regenerate }
        }
        $outcome.Errors | Should -HaveCount 0
        $sent = @(Get-SentTask -Relay $Relay)
        $sent | Should -HaveCount 2
        Get-WireText -Task $sent[1] | Should -BeExactly (Get-WireText -Task $sent[0])
    }

    It 'through Export-Clixml, with its measured audio' {
        $file = Join-Path -Path $TestDrive -ChildPath 'again.xml'
        $first = [pscustomobject]@{ Text = 'again'; Voice = 'eric'; Speed = 1.3; OutputFormat = 'WAV'; OutputPath = Join-Path -Path $TestDrive -ChildPath 'clixml.wav' } | New-TtsSpeech
        $first | Export-Clixml -LiteralPath $file
        $back = Import-Clixml -LiteralPath $file
        $back.Audio.SampleRate | Should -Be $first.Audio.SampleRate
        $back.Duration | Should -Be $first.Duration
        $back | New-TtsSpeech -Regenerate | Out-Null
        $sent = @(Get-SentTask -Relay $Relay)
        Get-WireText -Task $sent[1] | Should -BeExactly (Get-WireText -Task $sent[0])
    }

    It 'is equal to its row, and free: live and through Export-Csv under <_>' -ForEach 'en-US', 'de-DE' {
        $csv = Join-Path -Path $TestDrive -ChildPath "equal-$([guid]::NewGuid()).csv"
        $again = Invoke-InCulture -Culture $_ -Action {
            $first = [pscustomobject]@{ Text = 'again'; Voice = 'eric'; Speed = 1.3; OutputFormat = 'MP3'; Bitrate = 64 } | New-TtsSpeech
            $first | Export-Csv -LiteralPath $csv -Encoding utf8
            $first | New-TtsSpeech
            Import-Csv -LiteralPath $csv | New-TtsSpeech
        }
        $again.Status | Should -Be 'Unchanged', 'Unchanged'
        $again.Cost | Should -Be 0, 0
        Get-SentTask -Relay $Relay | Should -HaveCount 1
    }

    It 'carries the row as InputObject, the same object' {
        $row = [pscustomobject]@{ Text = 'hello'; Extra = 'kept' }
        $result = $row | New-TtsSpeech -OutputFormat WAV
        [object]::ReferenceEquals($result.InputObject, $row) | Should -BeTrue
    }
}
