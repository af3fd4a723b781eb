# Parts joined into one file: real draft voices, real files, no key and no network.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Support.ps1')
    Import-TestModule
    Connect-TtsService -Offline -WarningAction SilentlyContinue
    $script:Text = "It was late. Nobody came.`n`nThe lamp went out."
    $script:Parts = $Text | Split-TtsText -MaxLength 20 |
        New-TtsSpeech -OutputDirectory (Join-Path -Path $TestDrive -ChildPath 'parts [1]') -OutputFormat WAV -Model CustomVoice -WarningAction SilentlyContinue
    $script:Sum = ($Parts | ForEach-Object { $_.Duration.Ticks } | Measure-Object -Sum).Sum
    function Get-Place { Join-Path -Path $TestDrive -ChildPath ([guid]::NewGuid().ToString('N')) -AdditionalChildPath $args[0] }
}

AfterAll { Close-TestResource }

Describe 'Join-TtsSpeech' {
    It 'joins what New-TtsSpeech gives into <Format>, with a longer pause after a paragraph' -ForEach @(
        @{ Format = 'wav'; Frame = 0.0001 }, @{ Format = 'flac'; Frame = 0.0001 }, @{ Format = 'mp3'; Frame = 0.05 }
    ) {
        $book = Get-Place "book.$Format"
        $joined = $Parts | Join-TtsSpeech -OutputPath $book -Gap 0.25 -ParagraphGap 1
        $joined | Should -BeOfType ([RunwareTts.TtsJoinedSpeech])
        $joined.Parts | Should -Be 3
        $joined.Path | Should -Be $book
        $joined.Size | Should -Be (Get-Item -LiteralPath $book).Length
        ($joined | Get-TtsAudioInfo).Faults | Should -HaveCount 0
        [Math]::Abs($joined.Duration.TotalSeconds - $Sum / 1e7 - 1.25) | Should -BeLessThan $Frame
        Get-ChildItem -LiteralPath (Split-Path -Path $book) -Force | Should -HaveCount 1
    }

    It 'writes a cue for each part from where it begins to where it ends' {
        $joined = $Parts | Join-TtsSpeech -OutputPath (Get-Place 'book.wav') -Gap 0.25 -ParagraphGap 1 -Subtitle vtt
        $lines = Get-Content -LiteralPath $joined.SubtitlePath
        $lines | Where-Object { $_ -match '\.$' } | Should -Be 'It was late.', 'Nobody came.', 'The lamp went out.'
        $times = foreach ($line in $lines -match ' --> ') { foreach ($time in $line -split ' --> ') { [timespan]$time } }
        $at = [timespan]::Zero
        for ($n = 0; $n -lt 3; $n++) {
            [Math]::Abs(($times[2 * $n] - $at).TotalSeconds) | Should -BeLessThan 0.002
            [Math]::Abs(($times[2 * $n + 1] - $at - $Parts[$n].Duration).TotalSeconds) | Should -BeLessThan 0.002
            $at += $Parts[$n].Duration + [timespan]::FromSeconds((0.25, 1, 0)[$n])
        }
    }

    It 'takes <What>' -ForEach @(
        @{ What = 'files of Get-ChildItem'; Join = { Get-ChildItem -LiteralPath (Split-Path -Path $Parts[0].Path) -Filter *.wav | Join-TtsSpeech -OutputPath $Book } }
        @{ What = 'paths'; Join = { $Parts.Path | Join-TtsSpeech -OutputPath $Book } }
        @{ What = '-LiteralPath'; Join = { Join-TtsSpeech $Book -LiteralPath $Parts.Path } }
        @{ What = '-Path with a wildcard'; Join = { Join-TtsSpeech $Book -Path (Join-Path -Path $TestDrive -ChildPath 'parts*' -AdditionalChildPath '*.wav') } }
        @{ What = 'a CSV'; Join = { $Parts | Export-Csv -LiteralPath "$TestDrive/parts.csv"; Import-Csv -LiteralPath "$TestDrive/parts.csv" | Join-TtsSpeech $Book } }
        @{ What = 'a relative path'; Join = { Push-Location -LiteralPath $TestDrive; try { $Parts | Join-TtsSpeech ([System.IO.Path]::GetRelativePath($TestDrive, $Book)) } finally { Pop-Location } } }
    ) {
        $Book = Get-Place 'book.wav'
        $joined = & $Join
        [Math]::Abs($joined.Duration.Ticks - $Sum) | Should -BeLessThan 10
        $joined.Path | Should -Be $Book
    }

    It 'takes numbered files of a wildcard in the order of their numbers, past 9999 too' {
        $folder = New-Item -ItemType Directory -Path (Get-Place 'parts')
        0..2 | ForEach-Object -Process { Copy-Item -LiteralPath $Parts[$_].Path -Destination "$folder/book-$(9998 + $_).wav" }
        $joined = Join-TtsSpeech -Path "$folder/book-*.wav" -OutputPath (Get-Place 'book.wav')
        $expected = $Parts | Join-TtsSpeech -OutputPath (Get-Place 'book.wav')
        (Get-FileHash -LiteralPath $joined.Path).Hash | Should -Be (Get-FileHash -LiteralPath $expected.Path).Hash
    }

    It 'writes a date of Get-Date into the tags as New-TtsSpeech does' {
        $date = Get-Date -Year 2026 -Month 11 -Day 30 -Hour 7 -Minute 8 -Second 9
        $joined = $Parts | Join-TtsSpeech -OutputPath (Get-Place 'book.wav') -Tag @{ date = $date }
        $spoken = 'Hello.' | New-TtsSpeech -OutputPath (Get-Place 'hello.wav') -Tag @{ date = $date } -WarningAction SilentlyContinue
        foreach ($path in $joined.Path, $spoken.Path) {
            [System.Text.Encoding]::Latin1.GetString([System.IO.File]::ReadAllBytes($path)) | Should -BeLike '*ICRD*2026-11-30T07:08:09*'
        }
    }

    It 'reads EndsParagraph of a CSV too' {
        $rows = $Parts | ForEach-Object { [pscustomobject]@{ Path = $_.Path; EndsParagraph = $_.InputObject.EndsParagraph } } | ConvertTo-Csv | ConvertFrom-Csv
        $joined = $rows | Join-TtsSpeech -OutputPath (Get-Place 'book.wav') -ParagraphGap 2
        [Math]::Abs($joined.Duration.Ticks - $Sum - 20000000) | Should -BeLessThan 10
    }

    It 'adds up what the parts cost' {
        $rows = $Parts | Select-Object -Property Path, @{ n = 'Cost'; e = { [decimal]0.0004 } }
        ($rows | Join-TtsSpeech -OutputPath (Get-Place 'book.wav')).Cost | Should -Be 0.0012
    }

    It 'makes chapters of the rows'' titles' {
        $rows = foreach ($n in 0..2) { [pscustomobject]@{ Path = $Parts[$n].Path; Title = ('One', 'One', 'Two')[$n] } }
        ($rows | Join-TtsSpeech -OutputPath (Get-Place 'book.flac') -Chapter -Tag ([ordered]@{ Title = 'Night' })).Chapters | Should -Be 2
    }

    It 'writes nothing with -WhatIf' {
        $book = Get-Place 'book.wav'
        $Parts | Join-TtsSpeech -OutputPath $book -WhatIf | Should -BeNullOrEmpty
        Test-Path -LiteralPath (Split-Path -Path $book) | Should -BeFalse
    }

    It 'leaves a file that is there, and overwrites it with -Force' {
        $book = Get-Place 'book.wav'
        New-Item -Path $book -Force -Value 'mine' | Out-Null
        { $Parts | Join-TtsSpeech -OutputPath $book } | Should -Throw -ErrorId 'OutputExists,*'
        Get-Content -LiteralPath $book | Should -Be 'mine'
        ($Parts | Join-TtsSpeech -OutputPath $book -Force).Parts | Should -Be 3
    }

    It 'refuses <What>' -ForEach @(
        @{ What = 'nothing'; Id = 'InvalidRequest.InputObject'; Join = { @() | Join-TtsSpeech -OutputPath $Book } }
        @{ What = 'a result that was not saved'; Id = 'InvalidRequest.InputObject'; Join = { 'Hello.' | New-TtsSpeech -WarningAction SilentlyContinue | Join-TtsSpeech -OutputPath $Book } }
        @{ What = 'a part that is not there'; Id = 'FileNotFound'; Join = { Join-TtsSpeech $Book -Path (Get-Place 'nowhere.wav') } }
        @{ What = 'a part that is no audio'; Id = 'AudioInvalid'; Join = { $Parts.Path + $PSCommandPath | Join-TtsSpeech $Book } }
    ) {
        $Book = Get-Place 'book.wav'
        $Join | Should -Throw -ErrorId "$Id,*"
        Test-Path -LiteralPath $Book | Should -BeFalse
    }

    It 'completes the kinds of subtitles' {
        $line = 'Join-TtsSpeech book.mp3 -Subtitle '
        (TabExpansion2 -inputScript $line -cursorColumn $line.Length).CompletionMatches.CompletionText | Should -Be 'srt', 'vtt'
    }

    Context 'without ffmpeg' {
        BeforeAll { $script:PathBefore = $env:PATH }

        AfterEach { $env:PATH = $PathBefore }

        It 'widens a gap of MP3 that has no room for what encoders add, and warns' {
            $mp3 = $Text | Split-TtsText -MaxLength 20 |
                New-TtsSpeech -OutputDirectory (Join-Path -Path $TestDrive -ChildPath 'mp3') -Model CustomVoice -WarningAction SilentlyContinue
            $env:PATH = $TestDrive
            $joined = $mp3 | Join-TtsSpeech -OutputPath (Get-Place 'book.mp3') -WarningVariable warned -WarningAction SilentlyContinue
            $joined.Parts | Should -Be 3
            "$warned" | Should -BeLike '*-Gap 0.1*'
        }

        It 'joins WAV, and says what FLAC needs before anything is read' {
            $env:PATH = $TestDrive
            ($Parts | Join-TtsSpeech -OutputPath (Get-Place 'book.wav')).Parts | Should -Be 3
            { $Parts | Join-TtsSpeech -OutputPath (Get-Place 'book.flac') } | Should -Throw -ErrorId 'OfflineToolMissing,*'
        }
    }
}
