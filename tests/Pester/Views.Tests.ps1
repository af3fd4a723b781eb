# What a person sees: tables, lists and wide views of every type, in any culture, language mode and strict mode.

BeforeDiscovery {
    $script:types = 'TtsSpeech', 'TtsTask', 'TtsTextPart', 'TtsLedgerEntry', 'TtsLedgerSummary', 'TtsVoice', 'TtsModel', 'TtsLanguage', 'TtsFormat', 'TtsService', 'TtsAccount', 'TtsValidation', 'TtsValidationSummary', 'TtsAudioInfo', 'TtsWaveform'
    $script:noTerminal = -not $IsLinux -or -not (Get-Command -Name script -CommandType Application -ErrorAction Ignore)
}

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Support.ps1')
    Import-TestModule
    Connect-TtsService -Offline

    $script:Spoken = New-TtsSpeech -Text 'hello there' -Id gate -Voice uncle_fu -OutputFormat WAV -OutputDirectory $TestDrive -WarningAction Ignore
    $script:Row = [pscustomobject]@{ Id = 'announcement-017'; Text = 'Mind the gap'; OutputFormat = 'OGG'; SampleRate = 24000; Channels = 1; Bitrate = 96 }
    $script:Speech = @{
        Text = 'hello there'; Voice = 'uncle_fu'; OutputFormat = 'MP3'; Status = 'Completed'; Provider = 'Runware'; TaskUUID = [guid]::NewGuid()
        AudioUrl = 'https://audio.example.org/ws/2/5c0ed5b0.mp3?signature=s3cr3t#s3cr3t'
    }
    $script:Samples = @{
        TtsSpeech = $Spoken, ([RunwareTts.TtsSpeech]$Speech)
        TtsTask = [RunwareTts.TtsTask]@{
            TaskUUID = [guid]::NewGuid(); Id = 'announcement-017'; Text = 'Mind the gap'; Model = 'CustomVoice'; Voice = 'uncle_fu'; OutputFormat = 'OGG'
            OutputPath = '/srv/announcements/announcement-017.ogg'; Submitted = [datetimeoffset]::Now; Status = 'PartlyCompleted'; Progress = 40
        }
        TtsTextPart = 'Mind the gap. Doors close.' | Split-TtsText -MaxLength 14 -Language en
        TtsVoice = Get-TtsVoice
        TtsModel = Get-TtsModel
        TtsLanguage = Get-TtsLanguage -Name Chinese
        TtsFormat = Get-TtsFormat
        TtsLedgerEntry = Get-TtsLedger -Path $TestDrive
        TtsLedgerSummary = Get-TtsLedger -Path $TestDrive -Summary
        TtsService = Get-TtsService
        TtsAccount = [RunwareTts.TtsAccount]@{
            OrganizationName = 'The announcers'; OrganizationUUID = [guid]::NewGuid(); Balance = 123.4567; FreeBalance = 2
            Today = [RunwareTts.TtsUsage]::new(0.5, 45); Last30Days = [RunwareTts.TtsUsage]::new(10.5, 4500)
        }
        TtsValidation = $Row | Test-TtsSpeech
        TtsValidationSummary = 'Mind the gap' | Test-TtsSpeech -Summary
        TtsAudioInfo = $Spoken.Audio
        TtsWaveform = $Spoken | Show-TtsWaveform
    }
    $script:Esc = [char]27

    function script:Show($InputObject, [string] $As = 'Table', [int] $Width = 120) {
        $format = @{ Table = 'Format-Table'; List = 'Format-List'; Wide = 'Format-Wide' }[$As]
        return $InputObject | & $format | Out-String -Width $Width
    }

    function script:Hide-Time([string] $Text) {
        # How a time is written is the culture's.
        return $Text -replace '(?m)^(Submitted +:).*$', '$1'
    }
}

AfterAll { Close-TestResource }

Describe 'The view of <_>' -ForEach $types {
    BeforeAll { $script:Sample = $Samples[$_] }

    It 'cuts nothing off at 120 columns' {
        'Table', 'List', 'Wide' | ForEach-Object -Process { Show $Sample -As $_ | Should -Not -Match ([char]0x2026) -Because $_ }
    }

    It 'keeps to 80 columns' {
        'Table', 'List', 'Wide' | ForEach-Object -Process { (Show $Sample -As $_ -Width 80) -split '\r?\n' | ForEach-Object -Process { $_.TrimEnd().Length } | Should -Not -BeGreaterThan 80 }
    }

    It 'keeps its headings apart' {
        80, 100, 120 | ForEach-Object -Process {
            $heading = @((Show $Sample -Width $_) -split '\r?\n' | Where-Object -FilterScript { $_.Trim() })[0]
            # A text after a number stands one blank from it, as in every table.
            $heading.TrimEnd() -replace '(Cost|Bitrate|Balance|MaxNumberResults|Characters|Clipped) (?=\w+$|Faults|Problems|EndsParagraph|Currency)', '$1  ' |
                Should -Not -Match '\S \S' -Because "$_ columns"
        }
    }

    It 'has no heading without a value' {
        $lines = (Show @($Sample)[0]) -split '\r?\n' | Where-Object -FilterScript { $_.Trim() }
        $lines | Should -Not -HaveCount 2
    }

    It 'is the same under strict mode, in a constrained runspace, in German and after a journey' {
        $state = [initialsessionstate]::CreateDefault2()
        $state.ImportPSModule((Get-TestModulePath))
        $state.LanguageMode = 'ConstrainedLanguage'
        $constrained = [powershell]::Create($state)
        try {
            $null = $constrained.AddScript('Set-StrictMode -Version Latest; $ErrorActionPreference = "Stop"; foreach ($format in "Format-Table", "Format-List", "Format-Wide") { $args[0] | & $format | Out-String -Width 120 }')
            $there = $constrained.AddArgument($Sample).Invoke()
            $constrained.HadErrors | Should -BeFalse
        }
        finally { $constrained.Runspace.Dispose(); $constrained.Dispose() }

        $journey = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($Sample, 3))
        $shapes = 'Table', 'List', 'Wide'
        foreach ($at in 0..2) {
            $here = Hide-Time (Show $Sample -As $shapes[$at])
            $here.Trim() | Should -Not -BeNullOrEmpty
            Hide-Time $there[$at] | Should -BeExactly $here
            Hide-Time (Show $journey -As $shapes[$at]) | Should -BeExactly $here
            $german = Invoke-InCulture -Culture 'de-DE' -Action { Hide-Time (Show $Sample -As $shapes[$at]) }
            # Where a line is broken is the culture's.
            $german -replace '\s' | Should -BeExactly ($here -replace '\s')
        }
    }
}

Describe 'What a view says of a result' {
    It 'shows <Seconds> seconds as <Shown>' -ForEach @(
        @{ Seconds = 0.04; Shown = '0:00.0' }
        @{ Seconds = 119.999; Shown = '1:59.9' }
        @{ Seconds = 4503.4; Shown = '75:03.4' }
    ) {
        $speech = [RunwareTts.TtsSpeech]($Speech + @{ Elapsed = [timespan]::FromSeconds($Seconds) })
        Show $speech -As List | Should -Match "Elapsed +: $([regex]::Escape($Shown))\r?\n"
    }

    It 'shows a cost of <Cost> as <Shown>' -ForEach @(
        @{ Cost = 0; Shown = '0.0000' }
        @{ Cost = 0.0012; Shown = '0.0012' }
        @{ Cost = 0.000045; Shown = '0.000045' }
    ) {
        $speech = [RunwareTts.TtsSpeech]($Speech + @{ Cost = $Cost })
        Show $speech | Should -Match " $([regex]::Escape($Shown)) "
        Show $speech -As List | Should -Match "Cost +: $([regex]::Escape($Shown))\r?\n"
    }

    It 'shows <Size> bytes as <Shown>' -ForEach @(
        @{ Size = 33000; Shown = '32 KB' }
        @{ Size = 1048575; Shown = '1024 KB' }
        @{ Size = 12345678; Shown = '11.8 MB' }
    ) {
        Show ([RunwareTts.TtsSpeech]($Speech + @{ Size = $Size })) | Should -Match " $([regex]::Escape($Shown)) "
    }

    It 'leaves out what is not known, and does not make a zero of it' {
        $shown = Show ([RunwareTts.TtsSpeech]$Speech)
        $shown | Should -Not -Match '0\.0|0:0|KB|free'
        $shown | Should -Match 'at AudioUrl'
    }

    It 'shows no query of an AudioUrl' {
        foreach ($shape in 'Table', 'List', 'Wide') { Show ([RunwareTts.TtsSpeech]$Speech) -As $shape | Should -Not -Match 's3cr3t' }
        Show ([RunwareTts.TtsSpeech]$Speech) -As List | Should -Match '5c0ed5b0\.mp3\?\*\*\*\*'
    }

    It 'wraps a long file name, and keeps the end of it' {
        $long = [RunwareTts.TtsSpeech]($Speech + @{ Path = "/audio/$('a' * 60)-end.mp3" })
        (Show $long -Width 80) -replace '\s' | Should -Match 'a{60}-end\.mp3'
    }

    It 'shows objects of other kinds that follow a table by their default properties' {
        $shown = & { Get-TtsVoice -Name ryan; Get-TtsLedger -Path $TestDrive } | Out-String -Width 120
        $shown | Should -Match 'Status +: Saved'
        $shown | Should -Not -Match 'Hash +:'
    }

    It 'says of a ledger''s entry where its file is, or why there is none' {
        $entry = Get-TtsLedger -Path $TestDrive
        Show $entry | Should -Match 'Saved +gate +uncle_fu +0:0\d\.\d +free gate\.wav'
        $failed = [RunwareTts.TtsLedgerEntry]@{ TaskUUID = [guid]::NewGuid(); Status = 'Failed'; Id = 'gate'; OutputPath = 'gate.wav'; ErrorId = 'Runware.providerError' }
        Show $failed | Should -Match 'Failed +gate +Runware\.providerError'
    }

    It 'says of an audio file which one it is, and what is wrong with it' {
        $joined = Join-Path -Path $TestDrive -ChildPath 'joined.wav'
        $bytes = [System.IO.File]::ReadAllBytes($Spoken.Path)
        [System.IO.File]::WriteAllBytes($joined, $bytes + $bytes)
        $info = Get-TtsAudioInfo -LiteralPath $joined
        Show $info | Should -Match 'WAV +0:0\d\.\d +22050 +1 +Joined +joined\.wav'
        Show $info -As List | Should -Match '(?s)Path +: .*joined\.wav.*Faults +: Joined\r?\n'
        Show $Spoken.Audio -As List | Should -Match 'Faults +: none\r?\n'
        Show $info -As Wide | Should -Match '(?m)^joined\.wav\s*$'
    }

    It 'leaves no variable or function behind' {
        $instance = Open-Runspace
        try {
            $script = 'function Get-Name { (Get-Variable).Name + (Get-Command -CommandType Function).Name }; $before = $null; $before = Get-Name; $args[0] | Format-Table | Out-String | Out-Null; $args[0] | Format-List | Out-String | Out-Null; Get-Name | Where-Object { $_ -notin $before }'
            $instance.AddScript($script).AddArgument($Spoken).Invoke() | Should -BeNullOrEmpty
        }
        finally { $instance.Dispose() }
    }
}

Describe 'The link on a file name' {
    BeforeAll {
        # A name that a URI has to be careful about.
        $script:Folder = New-Item -ItemType Directory -Path (Join-Path -Path $TestDrive -ChildPath "a #1 100% $([char]0xE4)")
        $script:Target = Join-Path -Path $TestDrive -ChildPath 'link.ps1'
        Set-Content -LiteralPath $Target -Value @"
Set-StrictMode -Version Latest
Import-Module -Name '$(Get-TestModulePath)'
Connect-TtsService -Offline
if (`$args) { `$PSStyle.OutputRendering = `$args[0] }
New-TtsSpeech -Text hello -Id gate -OutputFormat WAV -OutputDirectory '$Folder' -Force -WarningAction Ignore
"@
    }

    It 'is there in a terminal' -Skip:$noTerminal {
        $shown = (& script -qec "env -u NO_COLOR TERM=xterm-256color $(Get-PowerShellCommand) -NonInteractive -File '$Target'" /dev/null) -join "`n"
        $shown | Should -Match "$Esc\]8;;file:///(?<path>[!-~]+)$Esc\\gate\.wav$Esc\]8;;$Esc\\"
        $null = $shown -match "$Esc\]8;;file://(?<path>[!-~]+)$Esc\\gate"
        [uri]::UnescapeDataString($Matches.path) | Should -BeExactly (Join-Path -Path $Folder -ChildPath 'gate.wav')
    }

    It 'is not there in a terminal that wants plain text' -Skip:$noTerminal {
        $shown = (& script -qec "env -u NO_COLOR TERM=xterm-256color $(Get-PowerShellCommand) -NonInteractive -File '$Target' PlainText" /dev/null) -join "`n"
        $shown | Should -Match 'gate\.wav'
        $shown | Should -Not -Match "$Esc\]8"
    }

    It 'is not there in a file or a pipe' {
        $shown = (Invoke-PowerShell -File $Target) -join "`n"
        $shown | Should -Match 'gate\.wav'
        $shown | Should -Not -Match "$Esc\]8"
    }
}

Describe 'Default properties' {
    It 'are those that matter, of <_>' -ForEach $types {
        $sample = @($Samples[$_])[0]
        $names = $sample.PSStandardMembers.DefaultDisplayPropertySet.ReferencedPropertyNames
        $names.Count | Should -BeIn (3..9)
        $names | Should -BeIn $sample.PSObject.Properties.Name
    }
}
