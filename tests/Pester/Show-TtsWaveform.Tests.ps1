# A drawing as PowerShell shows it: an object with a view, in colour where there is a terminal for it.

BeforeDiscovery {
    $script:noTerminal = -not $IsLinux -or -not (Get-Command -Name script -CommandType Application -ErrorAction Ignore)
}

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Support.ps1')
    Import-TestModule
    Connect-TtsService -Offline
    $script:Esc = [char]27
    $script:Folder = (New-Item -ItemType Directory -Path (Join-Path -Path $TestDrive -ChildPath 'drawn')).FullName
    $script:Speech = 'Id,OutputFormat', 'one [1] #,WAV', 'two,MP3' | ConvertFrom-Csv | New-TtsSpeech -Text 'hello there' -OutputDirectory $Folder -WarningAction Ignore
    # Silence, then a square wave, all of which is clipped.
    $script:Loud = Join-Path -Path $Folder -ChildPath 'loud.wav'
    & ffmpeg -nostdin -v error -f lavfi -i "aevalsrc='gt(t,1)*(2*gt(sin(600*t),0)-1)*2':d=2:s=8000" $Loud
}

AfterAll { Close-TestResource }

Describe 'Show-TtsWaveform' {
    BeforeEach { Push-Location -LiteralPath $Folder }
    AfterEach { Pop-Location }

    It 'gives an object for each clip, in the width that is asked for' {
        $drawn = @($Speech | Show-TtsWaveform -Width 50)
        $drawn | Should -BeOfType ([RunwareTts.TtsWaveform])
        $drawn.Path | Should -Be $Speech.Path
        $drawn[0].Duration | Should -Be $Speech[0].Duration
        $drawn[0].Lines | Should -HaveCount 3
        $drawn[0].Lines[0..1] | ForEach-Object -MemberName Length | Should -Be 50, 50
        $drawn.Loudness | ForEach-Object -Process { $_ | Should -BeGreaterThan -40; $_ | Should -BeLessThan 0 }
        (Show-TtsWaveform -LiteralPath 'one [1] #.wav').Peak | Should -Be $drawn[0].Peak
        (Show-TtsWaveform *.wav).Count | Should -Be 2
        (New-TtsSpeech -Text hello -OutputFormat WAV -WarningAction Ignore | Show-TtsWaveform).Path | Should -BeNullOrEmpty
    }

    It 'has a width of its own where the host has none' {
        # The host of a runspace that a program made has no screen.
        $instance = Open-Runspace
        try { ($instance.AddScript('Show-TtsWaveform $args[0]').AddArgument($Loud).Invoke()).Lines[0].Length | Should -Be 80 }
        finally { $instance.Dispose() }
    }

    It 'is shown with its name, its facts and its drawing, as plain text' {
        $shown = (Show-TtsWaveform $Loud -Width 40 | Out-String).Trim() -split '\r?\n'
        $shown[0] | Should -Match '^loud\.wav  0:02\.0  peak 0\.0 dBFS  -\d+\.\d LUFS  clipped 1\d\d times$'
        $shown[1] | Should -BeExactly (' ' * 20 + '!' * 20)
        $shown[2] | Should -BeExactly ([string][char]0xB7 * 20 + [string][char]0x2588 * 20)
        $shown[3] | Should -Match '^\|0s .*\|1\.5s$'
        Show-TtsWaveform $Loud | Out-File -LiteralPath drawn.txt
        Get-Content -LiteralPath drawn.txt -Raw | Should -Not -Match $Esc
    }

    It 'counts one clipped place in words' {
        & ffmpeg -nostdin -v error -f lavfi -i "aevalsrc='0.3*sin(2000*t)+2*between(t,0.5,0.51)':d=1:s=8000" click.wav
        (Show-TtsWaveform click.wav -Width 40 | Out-String) | Should -Match 'LUFS  clipped once\r?\n'
    }

    It 'reports each clip that is none, and goes on' {
        Set-Content -Path page.mp3 -Value '<!DOCTYPE html><html></html>'
        $outcome = Get-Outcome -Action { 'none.wav', 'page.mp3', [RunwareTts.TtsSpeech]@{ Id = 'empty' }, $Loud | Show-TtsWaveform }
        $outcome.Errors | Get-ErrorName | Should -Be 'FileNotFound', 'AudioInvalid', 'InvalidRequest.InputObject'
        $outcome.Output | Should -HaveCount 1
    }
}

Describe 'The colours of a drawing' {
    BeforeAll {
        $script:Target = Join-Path -Path $TestDrive -ChildPath 'draw.ps1'
        Set-Content -LiteralPath $Target -Value "Import-Module -Name '$(Get-TestModulePath)'; Show-TtsWaveform '$Loud' -Width 40"
    }

    It 'are there in a terminal' -Skip:$noTerminal {
        $shown = (& script -qec "env -u NO_COLOR TERM=xterm-256color $(Get-PowerShellCommand) -NonInteractive -File '$Target'" /dev/null) -join "`n"
        $shown | Should -Match "$Esc\[91m!{20}$Esc\[0m"
        $shown | Should -Match "$Esc\[2m\u00B7{20}$Esc\[0m"
    }

    It 'are not there under NO_COLOR' -Skip:$noTerminal {
        $shown = (& script -qec "env NO_COLOR=1 TERM=xterm-256color $(Get-PowerShellCommand) -NonInteractive -File '$Target'" /dev/null) -join "`n"
        $shown | Should -Match '!{20}'
        $shown | Should -Not -Match "$Esc\[(91|2)m"
    }

    It 'are not there in a pipe' {
        $shown = (Invoke-PowerShell -File $Target) -join "`n"
        $shown | Should -Match '!{20}'
        $shown | Should -Not -Match "$Esc\[(91|2)m"
    }
}
