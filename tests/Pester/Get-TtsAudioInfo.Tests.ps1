# What an audio file is, by its bytes: however it is named, piped or wrong.

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Support.ps1')
    Import-TestModule
    Connect-TtsService -Offline
    $script:Folder = (New-Item -ItemType Directory -Path (Join-Path -Path $TestDrive -ChildPath 'audio')).FullName
    $script:Speech = 'Id,OutputFormat', 'one,WAV', 'two,FLAC', 'three [3],OGG', 'four,MP3' | ConvertFrom-Csv |
        New-TtsSpeech -Text 'hello there' -OutputDirectory $Folder -WarningAction Ignore
    $null = New-Item -ItemType Directory -Path (Join-Path -Path $Folder -ChildPath 'folder.wav')
    Disconnect-TtsService

    function Get-Leaf { process { Split-Path -Path $_.Path -Leaf } }

    function Get-Wrong([scriptblock] $Action) {
        # Each error as its id, category and target.
        $ErrorActionPreference = 'Continue'
        $wrong = & $Action 2>&1 | Where-Object -FilterScript { $_ -is [System.Management.Automation.ErrorRecord] }
        return $wrong | ForEach-Object -Process { "$($_.FullyQualifiedErrorId -replace ',.*') $($_.CategoryInfo.Category)" }
    }
}

AfterAll { Close-TestResource }

Describe 'Get-TtsAudioInfo' {
    BeforeEach { Push-Location -LiteralPath $Folder }
    AfterEach { Pop-Location }

    It 'tells what the result tells' {
        foreach ($speech in $Speech) {
            $info = $speech | Get-TtsAudioInfo
            $info.PSObject.TypeNames[0] | Should -BeExactly 'RunwareTts.TtsAudioInfo'
            foreach ($name in 'Path', 'Format', 'Codec', 'Duration', 'SampleRate', 'Channels', 'Bitrate', 'AverageBitrate') { $info.$name | Should -Be $speech.Audio.$name -Because $name }
            $info.Path | Should -BeExactly $speech.Path
            $info.Duration | Should -BeGreaterThan ([timespan]::FromSeconds(0.3))
            @($info.Faults) | Should -HaveCount 0
        }
    }

    It 'takes paths with wildcards, several, and passes over folders' {
        Get-TtsAudioInfo *.wav, *.flac | Get-Leaf | Should -Be 'one.wav', 'two.flac'
        Get-TtsAudioInfo -Path (Join-Path -Path $Folder -ChildPath '[to][nw]*') | Get-Leaf | Should -Be 'one.wav', 'two.flac'
        Get-TtsAudioInfo 'three `[3`].ogg' | Get-Leaf | Should -BeExactly 'three [3].ogg'
        Get-TtsAudioInfo no-such-*.wav | Should -BeNullOrEmpty
    }

    It 'takes a literal path as it stands' {
        Get-TtsAudioInfo -LiteralPath 'three [3].ogg' | ForEach-Object -MemberName Codec | Should -BeExactly 'Vorbis'
        Get-TtsAudioInfo -PSPath (Get-Item -Path one.wav).PSPath | Get-Leaf | Should -BeExactly 'one.wav'
        Get-Wrong { Get-TtsAudioInfo -LiteralPath '*.wav' } | Should -BeExactly 'FileNotFound ObjectNotFound'
    }

    It 'takes a drive of PowerShell' {
        $null = New-PSDrive -Name TtsAudio -PSProvider FileSystem -Root $Folder
        try {
            Get-TtsAudioInfo TtsAudio:/*.wav | ForEach-Object -MemberName Path | Should -BeExactly $Speech[0].Path
            Get-TtsAudioInfo -LiteralPath 'TtsAudio:/three [3].ogg' | ForEach-Object -MemberName Path | Should -BeExactly $Speech[2].Path
        }
        finally { Remove-PSDrive -Name TtsAudio }
    }

    It 'takes strings, files and their PSPath from the pipe' {
        'one.wav', '*.flac' | Get-TtsAudioInfo | Get-Leaf | Should -Be 'one.wav', 'two.flac'
        Get-ChildItem -Path * -Include *.wav, *.ogg | Get-TtsAudioInfo | Get-Leaf | Sort-Object | Should -Be 'one.wav', 'three [3].ogg'
        Get-Item -LiteralPath 'three [3].ogg' | Select-Object -Property PSPath | Get-TtsAudioInfo | Get-Leaf | Should -BeExactly 'three [3].ogg'
    }

    It 'takes results, of now and of yesterday, and what it gave itself, by their Path' {
        $names = 'one.wav', 'two.flac', 'three [3].ogg', 'four.mp3'
        $Speech | Get-TtsAudioInfo | Get-Leaf | Should -Be $names
        $Speech | Get-TtsAudioInfo | Get-TtsAudioInfo | Get-Leaf | Should -Be $names
        $Speech | Export-Csv -Path results.csv
        Import-Csv -Path results.csv | Get-TtsAudioInfo | Get-Leaf | Should -Be $names
        Get-TtsLedger -Path $Folder | Get-TtsAudioInfo | Get-Leaf | Sort-Object | Should -Be ($names | Sort-Object)
    }

    It 'names the faults, so that a script can ask for them' {
        foreach ($file in $Speech.File) {
            $bytes = [System.IO.File]::ReadAllBytes($file)
            [System.IO.File]::WriteAllBytes((Join-Path -Path $Folder -ChildPath "cut$($file.Extension)"), $bytes[0..($bytes.Count * 3 / 4)])
            [System.IO.File]::WriteAllBytes((Join-Path -Path $Folder -ChildPath "joined$($file.Extension)"), $bytes + $bytes)
        }
        $all = Get-ChildItem -Path cut.*, joined.* | Get-TtsAudioInfo
        $all | Should -HaveCount 8
        $all | Where-Object -Property Faults -Contains -Value 'Truncated' | Get-Leaf | Sort-Object | Should -Be 'cut.flac', 'cut.mp3', 'cut.ogg', 'cut.wav'
        $all | Where-Object -Property Faults -Contains -Value 'Joined' | Get-Leaf | Sort-Object | Should -Be 'joined.flac', 'joined.mp3', 'joined.ogg', 'joined.wav'
        $all | Where-Object -Property Faults | Should -HaveCount 8
        $all | Export-Clixml -Path all.xml
        (Import-Clixml -Path all.xml).Faults | Should -Be $all.Faults
        Remove-Item -Path cut.*, joined.*
    }

    It 'says of each file that is no audio what it is, and goes on' {
        Set-Content -Path page.mp3 -Value '<!DOCTYPE html><html></html>'
        Set-Content -Path empty.ogg -Value '' -NoNewline
        Get-TtsAudioInfo page.mp3, one.wav, empty.ogg, two.flac -ErrorVariable wrong -ErrorAction SilentlyContinue | Get-Leaf | Should -Be 'one.wav', 'two.flac'
        $wrong | ForEach-Object -Process { $_.FullyQualifiedErrorId } | Should -Be (@('AudioInvalid,RunwareTts.Commands.GetTtsAudioInfoCommand') * 2)
        $wrong[0].CategoryInfo.Category | Should -Be 'InvalidData'
        $wrong[0].TargetObject | Should -BeExactly (Join-Path -Path $Folder -ChildPath 'page.mp3')
        "$($wrong[0])" | Should -Match ([regex]::Escape((Join-Path -Path $Folder -ChildPath 'page.mp3')) + '.*a web page')
        "$($wrong[1])" | Should -Match 'empty\. '
        Remove-Item -Path page.mp3, empty.ogg
    }

    It 'refuses by name what is not there or no file' {
        Get-Wrong { Get-TtsAudioInfo none.mp3 } | Should -BeExactly 'FileNotFound ObjectNotFound'
        Get-Wrong { Get-TtsAudioInfo $Folder } | Should -BeExactly 'FileNotFound ObjectNotFound'
        Get-Wrong { 'none.mp3', 'one.wav' | Get-TtsAudioInfo } | Should -BeExactly 'FileNotFound ObjectNotFound'
        Get-Wrong { Get-TtsAudioInfo env:PATH } | Should -BeExactly 'InvalidRequest.Path InvalidArgument'
        Get-Wrong { Get-TtsAudioInfo nowhere:/a.mp3 } | Should -BeExactly 'InvalidRequest.Path InvalidArgument'
        Get-Wrong { Get-TtsAudioInfo -LiteralPath env:PATH } | Should -BeExactly 'InvalidRequest.LiteralPath InvalidArgument'
        Get-Wrong { 5 | Get-TtsAudioInfo } | Should -BeExactly 'InvalidRequest.InputObject InvalidArgument'
        Get-Wrong { [RunwareTts.TtsSpeech]@{ AudioUrl = 'https://example.org/a.mp3' } | Get-TtsAudioInfo } | Should -BeExactly 'InvalidRequest.InputObject InvalidArgument'
    }

    It 'ends with its pipeline, keeps no file open, and says when another program does' {
        Get-TtsAudioInfo *.wav, *.flac | Select-Object -First 1 | Get-Leaf | Should -BeExactly 'one.wav'
        $stream = [System.IO.File]::Open((Join-Path -Path $Folder -ChildPath 'one.wav'), 'Open', 'ReadWrite', 'None')
        Get-Wrong { Get-TtsAudioInfo one.wav } | Should -BeExactly 'FileNotReadable ReadError'
        $stream.Dispose()
    }
}
