# Review pages in a real browser: tests/Browser has the scripts, which Node runs against Chromium.

BeforeDiscovery {
    $browser = Join-Path -Path $PSScriptRoot -ChildPath '../Browser'
    $script:Lacks = @(
        if (-not (Get-Command -Name node -ErrorAction Ignore)) { 'Node.js (apt-get install nodejs npm)' }
        if (-not $env:CHROMIUM -and -not (Get-Command -Name chromium, google-chrome -ErrorAction Ignore)) { 'Chromium (apt-get install chromium, or its path in CHROMIUM)' }
        if (-not (Test-Path -LiteralPath (Join-Path -Path $browser -ChildPath 'node_modules'))) { 'the packages (npm ci --prefix tests/Browser)' }
    ) -join ', '
    if ($Lacks) { Write-Host "The tests of the review page are skipped. They lack: $Lacks." }
}

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Support.ps1')
    Import-TestModule
    Connect-TtsService -Offline -WarningAction SilentlyContinue
    function Invoke-Browser {
        # Runs a script of tests/Browser; its words, and an error where it failed. The browser's own files go with the
        # test's folder, whose path must leave room for the name of a socket.
        param([Parameter(Mandatory)] [string] $Script, [string[]] $Argument)

        $before = $env:TMPDIR
        $env:TMPDIR = (New-Item -ItemType Directory -Path $TestDrive -Name b -Force).FullName
        try {
            $words = & node (Join-Path -Path $PSScriptRoot -ChildPath "../Browser/$Script") @Argument 2>&1 | Out-String
            if ($LASTEXITCODE -ne 0) { throw "$Script failed: $words" }
            return $words
        }
        finally { $env:TMPDIR = $before }
    }
}

AfterAll { Close-TestResource }

Describe 'A review page in Chromium' -Skip:([bool]$Lacks) {
    It 'is reviewed by keyboard, and the bad rows of its marks are generated again, and only these' {
        $out = Join-Path -Path $TestDrive -ChildPath 'out'
        $rows = @(
            [pscustomobject]@{ Id = 'one'; Text = '=One, "1"'; Voice = 'ryan' }
            [pscustomobject]@{ Id = 'two'; Text = "Two`nlines."; Voice = 'serena' }
            [pscustomobject]@{ Id = 'three'; Text = 'Three.'; Voice = 'ryan' }
            [pscustomobject]@{ Id = 'four'; Text = 'Four.'; Voice = 'ryan' }
            [pscustomobject]@{ Id = 'five'; Text = 'Five.'; Voice = 'ryan' }
            [pscustomobject]@{ Id = 'gone'; Text = 'Gone.'; Voice = 'ryan' }
        )
        $results = $rows | New-TtsSpeech -OutputDirectory $out -OutputFormat WAV -Language English -WarningAction SilentlyContinue
        Remove-Item -LiteralPath $results[-1].Path
        $page = ($results | Export-TtsReport -OutputPath "$TestDrive/review.html").FullName
        $marks = "$TestDrive/marks.csv"
        Invoke-Browser -Script review.mjs -Argument $page, $marks | Should -BeLike '*ok*'

        $saved = Import-Csv -LiteralPath $marks
        $saved.Mark | Should -Be 'bad', 'bad', 'good', '', '', ''
        $saved[1].Note | Should -Be ' =too "fast", too'
        $saved.Text | Should -Be $rows.Text
        $again = $saved | Where-Object -Property Mark -EQ -Value bad | New-TtsSpeech -Regenerate -OutputDirectory $out -WarningAction SilentlyContinue
        $again.Path | Should -Be $results[0, 1].Path
        $again.Status | Should -Be 'Completed', 'Completed'
        # Nothing but the mark was added: as rows, they are the rows of before.
        $same = $saved | Select-Object -First 5 | New-TtsSpeech -OutputDirectory $out -WarningAction SilentlyContinue
        $same.Status | Should -Be (@('Unchanged') * 5)
    }

    It 'runs nothing of a text, and plays clips with any name' {
        $texts = @(
            '<script>ran=1</script><img src=x onerror="ran=1">'
            '</script><script>ran=1</script>'
            '<!--<script>{{script}}<!--rows-->{{policy}}'
            "$([char]0x2028)$([char]0x2029)'quoted' `"twice`" & more &lt;b&gt;"
            "$([char]0x05E9)$([char]0x05DC) $([char]0x202E)back $([char]::ConvertFromUtf32(0x1F600))"
        )
        $names = 'a #1 100% it''s.wav', 'größe 日本.wav', '&lt; +?.wav'.Replace('?', ''), 'sub/%41.wav', '{x}.wav'.Replace('{', '(').Replace('}', ')')
        $rows = for ($n = 0; $n -lt $texts.Count; $n++) { [pscustomobject]@{ Text = $texts[$n]; OutputPath = $names[$n] } }
        $results = $rows | New-TtsSpeech -OutputDirectory "$TestDrive/odd #%" -WarningAction SilentlyContinue
        $results | Should -HaveCount 5
        $expected = "$TestDrive/texts.json"
        Set-Content -LiteralPath $expected -Value (ConvertTo-Json -InputObject $texts)
        foreach ($embed in $false, $true) {
            $page = ($results | Export-TtsReport -OutputPath "$TestDrive/odd pages/é 50%-$embed.html" -EmbedAudio:$embed).FullName
            Invoke-Browser -Script hostile.mjs -Argument $page, $expected | Should -BeLike '*ok*'
        }
    }

    It 'groups an audition by voice, and is open to all by the rules of axe' {
        $results = Get-TtsVoice | New-TtsSpeech -Text 'Nine voices.' -OutputDirectory "$TestDrive/audition" -WarningAction SilentlyContinue
        $results[1].File.Delete()
        $page = ($results | Export-TtsReport -OutputPath "$TestDrive/audition.html").FullName
        Invoke-Browser -Script audition.mjs -Argument $page | Should -BeLike '*ok*'
        Invoke-Browser -Script axe.mjs -Argument $page | Should -BeLike '*ok*'
    }
}
