# Review pages of real draft clips: what goes in, and what comes out. ReviewPage.Tests.ps1 opens them in a browser.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Support.ps1')
    Import-TestModule
    Connect-TtsService -Offline -WarningAction SilentlyContinue
    $script:Out = Join-Path -Path $TestDrive -ChildPath 'out'
    $rows = [pscustomobject]@{ Id = 'a'; Text = 'Hello.' }, [pscustomobject]@{ Id = 'b'; Text = 'Good night.' }
    # A folder lists its clips in the order in which they were sent.
    $script:Results = $rows | New-TtsSpeech -ThrottleLimit 1 -OutputDirectory $Out -OutputFormat WAV -WarningAction SilentlyContinue
    function Get-Page { Join-Path -Path $TestDrive -ChildPath "$([guid]::NewGuid().ToString('N')).html" }
    function Get-Row {
        # The rows of a page, as its script reads them.
        param([Parameter(Mandatory)] [string] $Path)

        $html = Get-Content -Raw -LiteralPath $Path
        ($html | Select-String -Pattern '(?s)id="data">(.*?)</script>').Matches[0].Groups[1].Value | ConvertFrom-Json
    }
}

AfterAll { Close-TestResource }

Describe 'Export-TtsReport' {
    It 'makes a page of <What>' -ForEach @(
        @{ What = 'results'; Texts = 'Hello.', 'Good night.'; Export = { $Results | Export-TtsReport -OutputPath $Page } }
        @{ What = 'results of a CSV'; Texts = 'Hello.', 'Good night.'; Export = { $Results | ConvertTo-Csv | ConvertFrom-Csv | Export-TtsReport -OutputPath $Page } }
        @{ What = 'a folder'; Texts = $null, $null; Export = { Export-TtsReport $Out $Page } }
        @{ What = 'a piped folder'; Texts = $null, $null; Export = { Get-Item -LiteralPath $Out | Export-TtsReport -OutputPath $Page } }
        @{ What = 'a ledger'; Texts = $null, $null; Export = { Get-TtsLedger $Out | Export-TtsReport -OutputPath $Page } }
        @{ What = 'files'; Texts = $null, $null; Export = { Get-ChildItem -LiteralPath $Out -Filter *.wav | Export-TtsReport -OutputPath $Page } }
    ) {
        $Page = Get-Page
        $file = & $Export 3>$null
        $file | Should -BeOfType ([System.IO.FileInfo])
        $file.FullName | Should -Be $Page
        $rows = Get-Row -Path $Page
        $rows.ForEach({ $_.cells[1] }) | Should -Be $Texts
        $rows.ForEach({ $_.address }) | Should -Be $Results.ForEach({ "out/$($_.File.Name)" })
        $rows.ForEach({ $_.peaks.Length }) | Should -Be 160, 160
    }

    It 'warns that a folder knows no texts' {
        Export-TtsReport $Out (Get-Page) -WarningVariable warned -WarningAction SilentlyContinue
        "$warned" | Should -BeLike 'The text of 2 clips is unknown*New-TtsSpeech*'
    }

    It 'takes the clips into the page with -EmbedAudio, and leaves no link' {
        $page = Get-Page
        $Results | Export-TtsReport -OutputPath $page -EmbedAudio -Title 'A & <b>'
        (Get-Row -Path $page).ForEach({ $_.PSObject.Properties.Match('address').Count }) | Should -Be 0, 0
        $html = Get-Content -Raw -LiteralPath $page
        $html | Should -BeLike '*<h1>A &amp; &lt;b&gt;</h1>*'
        $html | Should -BeLike "*$([Convert]::ToBase64String([System.IO.File]::ReadAllBytes($Results[0].Path)))</script>*"
    }

    It 'shows a result that was not saved' {
        $page = Get-Page
        'Hello.' | New-TtsSpeech -OutputFormat WAV -WarningAction SilentlyContinue | Export-TtsReport -OutputPath $page
        (Get-Row -Path $page).embedded | Should -Be 'audio/wav'
    }

    It 'writes nothing with -WhatIf' {
        $page = Get-Page
        $Results | Export-TtsReport -OutputPath $page -WhatIf | Should -BeNullOrEmpty
        Test-Path -LiteralPath $page | Should -BeFalse
    }

    It 'leaves a page that is there, and overwrites it with -Force' {
        $page = Get-Page
        Set-Content -LiteralPath $page -Value 'mine'
        { $Results | Export-TtsReport -OutputPath $page } | Should -Throw -ErrorId 'OutputExists,*'
        Get-Content -LiteralPath $page | Should -Be 'mine'
        ($Results | Export-TtsReport -OutputPath $page -Force).Length | Should -BeGreaterThan 1000
    }

    It 'reports a thing that is no clip, and goes on' {
        $page = Get-Page
        $given = Get-Outcome { @($Results[0]; [pscustomobject]@{ Text = 'a' }) | Export-TtsReport -OutputPath $page }
        $given.Errors | Get-ErrorName | Should -Be 'InvalidRequest.InputObject'
        Get-Row -Path $page | Should -HaveCount 1
    }

    It 'refuses <What>' -ForEach @(
        @{ What = 'nothing'; Id = 'InvalidRequest.InputObject'; Export = { @() | Export-TtsReport -OutputPath $Page } }
        @{ What = 'a folder without clips'; Id = 'InvalidRequest.Path'; Export = { Export-TtsReport $PSScriptRoot $Page } }
        @{ What = 'a folder that is not there'; Id = 'FileNotFound'; Export = { Export-TtsReport (Join-Path -Path $TestDrive -ChildPath 'nowhere') $Page } }
        @{ What = 'a page that is no page'; Id = 'InvalidRequest.OutputPath'; Export = { $Results | Export-TtsReport -OutputPath "$Page.mp3" } }
    ) {
        $Page = Get-Page
        $Export | Should -Throw -ErrorId "$Id,*"
        Test-Path -LiteralPath $Page | Should -BeFalse
    }
}
