# The demo of the README: docs/samples/announcements.csv by the draft voices.

BeforeDiscovery {
    $samples = Join-Path -Path $PSScriptRoot -ChildPath '../../docs/samples/announcements.csv'
    $script:rows = Import-Csv -LiteralPath $samples -Encoding utf8 | ForEach-Object -Process { @{ Id = $_.Id; Row = $_ } }
    $script:noProbe = @(Get-Command -Name ffprobe, ffmpeg -CommandType Application -ErrorAction Ignore).Count -lt 2
}

BeforeAll {
    . (Join-Path -Path $PSScriptRoot -ChildPath 'Support.ps1')
    Import-TestModule
    Connect-TtsService -Offline
    $script:Folder = Join-Path -Path $TestDrive -ChildPath 'out'
    $samples = Join-Path -Path $PSScriptRoot -ChildPath '../../docs/samples/announcements.csv'
    $script:Outcome = Get-Outcome -Action { Import-Csv -LiteralPath $samples -Encoding utf8 | New-TtsSpeech -OutputDirectory $Folder }
    $script:ById = @{}
    foreach ($result in $Outcome.Output) { $ById[$result.Id] = $result }
}

AfterAll { Close-TestResource }

Describe 'announcements.csv' {
    It 'gives 14 files and no error' {
        $Outcome.Errors | Should -HaveCount 0
        $Outcome.Output | Should -HaveCount 14
        Get-ChildItem -LiteralPath $Folder -File | Where-Object -Property Extension -In -Value '.mp3', '.ogg', '.flac', '.wav' | Should -HaveCount 14
    }

    It 'has both models, all four formats and all ten languages' {
        $Outcome.Output.Model | Sort-Object -Unique | Should -Be 'CustomVoice', 'VoiceDesign'
        $Outcome.Output.OutputFormat | Sort-Object -Unique | Should -Be 'FLAC', 'MP3', 'OGG', 'WAV'
        @($Outcome.Output | Where-Object -Property Language | Select-Object -ExpandProperty Language | Sort-Object -Unique) | Should -HaveCount 10
    }

    It 'gives results in the order of the rows' {
        $Outcome.Output.Id | Should -Be (Import-Csv -LiteralPath (Join-Path -Path $PSScriptRoot -ChildPath '../../docs/samples/announcements.csv') -Encoding utf8).Id
    }

    It 'is what ffprobe finds it to be: <Id>' -Tag Slow -ForEach $rows -Skip:$noProbe {
        $result = $ById[$Id]
        $stream = ((& ffprobe -v error -show_entries 'stream=codec_name,sample_rate,channels' -of json $result.Path) -join '' | ConvertFrom-Json).streams[0]
        $codecs = @{ MP3 = 'mp3'; FLAC = 'flac'; WAV = 'pcm_s16le'; OGG = 'vorbis' }
        $stream.codec_name | Should -BeExactly $codecs[$Row.OutputFormat]
        [int]$stream.sample_rate | Should -Be $result.Audio.SampleRate
        $stream.channels | Should -Be $result.Audio.Channels
        # What a player plays: ffprobe alone counts the silence that an MP3 encoder puts before and behind.
        $decoded = Join-Path -Path $TestDrive -ChildPath "$Id.decoded.wav"
        & ffmpeg -v error -y -i $result.Path $decoded
        $seconds = [double]::Parse((& ffprobe -v error -show_entries 'format=duration' -of 'csv=p=0' $decoded), [cultureinfo]::InvariantCulture)
        [math]::Abs($seconds - $result.Audio.Duration.TotalSeconds) | Should -BeLessThan 0.1
        if ($Row.SampleRate) { $result.Audio.SampleRate | Should -Be ([int]$Row.SampleRate) }
        if ($Row.Channels) { $result.Audio.Channels | Should -Be ([int]$Row.Channels) }
        if ($Row.Bitrate -and $Row.OutputFormat -eq 'MP3') { $result.Audio.Bitrate | Should -Be ([int]$Row.Bitrate) }
    }
}
