# A text of any length as one file: in parts, each paid for once, joined, with cues where they are heard.

Describe 'New-TtsSpeech -Split' {
    BeforeAll {
        . (Join-Path -Path $PSScriptRoot -ChildPath 'Support.ps1')
        Import-TestModule
        Connect-TtsService -Offline

        function New-Text([int] $Length) {
            $random = [Random]::new(5)
            $words = -split 'the river ran slowly past a quiet town where nobody remembered how many winters had gone since old travellers told stories beside open fires'
            $text = [Text.StringBuilder]::new()
            while ($text.Length -lt $Length) {
                foreach ($sentence in 1..$random.Next(3, 8)) {
                    $said = (1..$random.Next(5, 16) | ForEach-Object { $words[$random.Next($words.Count)] }) -join ' '
                    [void] $text.Append([char]::ToUpperInvariant($said[0])).Append($said.Substring(1)).Append('. ')
                }
                [void] $text.Append("`n`n")
            }
            $text.ToString()
        }

        # In a PowerShell of its own: its memory is that of this text alone.
        function Invoke-Book([int] $Length) {
            $path = Join-Path -Path $TestDrive -ChildPath "$Length.txt"
            Set-Content -LiteralPath $path -Value (New-Text $Length)
            $script = {
                param($Module, $Book)
                Import-Module -Name $Module
                Connect-TtsService -Offline | Out-Null
                $speech = Get-Content -Raw -LiteralPath $Book |
                    New-TtsSpeech -Split -Subtitle srt -Speed 4 -OutputPath "$Book.wav" -WarningAction SilentlyContinue
                '{0} {1} {2}' -f $speech.Duration.Ticks, $speech.Size, [Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64
            }
            $ticks, $size, $peak = -split (Invoke-PowerShell -Command $script -args (Get-TestModulePath), $path)
            [pscustomobject] @{ Wav = "$path.wav"; Srt = "$path.srt"; Duration = [timespan] [long] $ticks; Size = [long] $size; Peak = [long] $peak }
        }
    }

    BeforeEach { Reset-RecoveryLedger }

    It 'writes the kind of subtitles that was asked for, in whatever case' {
        $speech = 'Hello.' | New-TtsSpeech -Split -Subtitle VTT -OutputPath "$TestDrive/case.wav" -WarningAction SilentlyContinue
        Get-Content -LiteralPath "$TestDrive/case.vtt" -TotalCount 1 | Should -BeExactly 'WEBVTT'
        (Get-ChildItem -LiteralPath $TestDrive -Filter 'case.*' -File).Name | Should -Be 'case.vtt', 'case.wav'
        $speech.Path | Should -BeLike '*case.wav'
    }

    AfterAll { Close-TestResource }

    # What gathered its audio would take more than all of it.
    It 'takes a text of 300,000 characters in the memory of one of 30,000, and its cues line up with the audio' -Tag Slow {
        $small = Invoke-Book 30000
        $large = Invoke-Book 300000
        $large.Size | Should -BeGreaterThan (8 * $small.Size)
        ($large.Peak - $small.Peak) | Should -BeLessThan ($large.Size / 2)

        $info = Get-TtsAudioInfo -LiteralPath $large.Wav
        $info.Faults | Should -BeNullOrEmpty
        $bytesPerSecond = $info.SampleRate * $info.Channels * 2
        $cues = Select-String -LiteralPath "$TestDrive/300000.txt.srt" -Pattern '^(\S+) --> (\S+)$' | ForEach-Object {
            , ($_.Matches[0].Groups[1, 2] | ForEach-Object { [timespan]::ParseExact($_.Value, 'hh\:mm\:ss\,fff', [cultureinfo]::InvariantCulture) })
        }
        $cues.Count | Should -BeGreaterThan 1500
        @($cues | Where-Object { ($_[1] - $_[0]).TotalSeconds -gt 7 }) | Should -BeNullOrEmpty
        $pauses = 0
        [math]::Abs(($cues[-1][1] - $info.Duration).TotalSeconds) | Should -BeLessThan 0.002
        $file = [IO.File]::OpenRead($large.Wav)
        try {
            $gap = [byte[]]::new([int] ($bytesPerSecond * 0.1) -band -2)
            foreach ($n in 1..($cues.Count - 1)) {
                $end = $cues[$n - 1][1].TotalSeconds
                # Within a part a cue ends where the next begins.
                if ($cues[$n][0].TotalSeconds -eq $end) { continue }
                $pauses++
                # Between two parts there is a tenth of a second and more of nothing at all; right before, something was spoken.
                ($cues[$n][0].TotalSeconds - $end) | Should -BeGreaterThan 0.14
                $file.Position = 44 + [long] (($end + 0.01) * $info.SampleRate) * 2
                $file.ReadExactly($gap, 0, $gap.Length)
                [Linq.Enumerable]::Any($gap, [Func[byte, bool]] { $args[0] -ne 0 }) | Should -BeFalse
                $file.Position = 44 + [long] (($end - 1) * $info.SampleRate) * 2
                $file.ReadExactly($gap, 0, $gap.Length)
                [Linq.Enumerable]::Any($gap, [Func[byte, bool]] { $args[0] -ne 0 }) | Should -BeTrue
            }

            $pauses | Should -BeGreaterThan 150
        }
        finally {
            $file.Dispose()
        }
    }

    It 'speaks only the paragraph that was changed' {
        $text = New-Text 6000
        $book = @{ Split = $true; OutputDirectory = "$TestDrive/out"; OutputPath = 'book.wav'; Id = 'book'; WarningAction = 'SilentlyContinue' }
        $first = New-TtsSpeech -Text $text @book
        $first.Status | Should -Be 'Completed'
        (New-TtsSpeech -Text $text @book).Status | Should -Be 'Unchanged'
        $parts = Get-ChildItem -LiteralPath "$TestDrive/out/book.wav.parts" -File
        $second = New-TtsSpeech -Text "A new beginning.`n`n$text" @book
        $second.Duration | Should -BeGreaterThan $first.Duration
        @(Get-ChildItem -LiteralPath "$TestDrive/out/book.wav.parts" -File).Count | Should -Be ($parts.Count + 1)
        @($parts | Where-Object { (Get-Item -LiteralPath $_.FullName).LastWriteTimeUtc -ne $_.LastWriteTimeUtc }) | Should -BeNullOrEmpty
    }

    It 'says in -WhatIf what is doubtful, and what it would cost' {
        Disconnect-TtsService
        $env:RUNWARE_API_KEY, $env:RUNWARE_API_URL = $TestKey, 'http://127.0.0.1:9/v1'
        try {
            $told = New-TtsSpeech -Text ('The train leaves at noon. ' * 70) -MaxNewTokens 64 -OutputPath "$TestDrive/cut.mp3" -WhatIf 3>&1
            "$told" | Should -Match 'MaxNewTokens 64 ends the speech'
        }
        finally {
            Remove-Item -Path env:RUNWARE_API_KEY, env:RUNWARE_API_URL
            Connect-TtsService -Offline
        }
    }

    It 'marks the headings of a text as chapters with -Chapter, which needs -Split' {
        $text = "CHAPTER 1`n`nIt was late.`n`nCHAPTER 2`n`nNobody came."
        $speech = $text | New-TtsSpeech -Split -Chapter -OutputPath "$TestDrive/chapters.mp3" -WarningAction SilentlyContinue
        $speech.Parts | Should -Be 4
        $bytes = [Text.Encoding]::Latin1.GetString([IO.File]::ReadAllBytes($speech.Path))
        ($bytes -csplit 'CHAP').Count - 1 | Should -BeGreaterOrEqual 2
        $bytes | Should -BeLike '*CHAPTER 1*CHAPTER 2*'
        { New-TtsSpeech -Text 'Hello' -Chapter -OutputPath "$TestDrive/x.mp3" } | Should -Throw '*-Split*' -ErrorId 'InvalidRequest.Chapter,*'
        (Test-TtsSpeech -Text $text -Split -Chapter -OutputPath "$TestDrive/x.wav").Problems.ErrorId | Should -Be 'NotSupported.Chapter'
    }

    It 'shows how many of its parts are there, how long it will take, and that it joins' {
        $instance = Open-Runspace
        try {
            $script = 'Connect-TtsService -Offline; $args[0] | New-TtsSpeech -Split -ThrottleLimit 1 -OutputPath $args[1] -WarningAction SilentlyContinue'
            $instance.AddScript($script).AddArgument((New-Text 20000)).AddArgument("$TestDrive/progress.wav").Invoke() | Out-Null
            $told = @($instance.Streams.Progress | Where-Object -Property RecordType -EQ -Value 'Processing')
            $told[-1].StatusDescription | Should -Match '^0 done, 0 failed, 1 left; \d+ of \d+ parts(, joining)?; 0\.0000 USD; \d+\.\d parts/s$'
            $told[-1].PercentComplete | Should -BeGreaterThan 0
            $told[-1].SecondsRemaining | Should -BeGreaterOrEqual 0
            ($told[-1].StatusDescription -replace '^.*; (\d+) of.*$', '$1') | Should -Not -Be '0'
        }
        finally { $instance.Dispose() }
    }

    It 'is named by the refusal of a long text' {
        { New-TtsSpeech -Text (New-Text 3000) -OutputPath 'x.wav' -ErrorAction Stop } | Should -Throw '*-Split*' -ErrorId 'InvalidRequest.Text,*'
    }
}
