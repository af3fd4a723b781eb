using RunwareTts.Requests;

namespace RunwareTts.Tests.Requests;

public sealed class FormatRulesTests
{
    [Theory]
    [InlineData(null, null, "MP3")]
    [InlineData(null, "a.wav", "WAV")]
    [InlineData(null, "a.OGG", "OGG")]
    [InlineData("flac", null, "FLAC")]
    [InlineData("ogg", "dir.v1/name", "OGG")]
    [InlineData("mp3", "a.mp3", "MP3")]
    [InlineData(null, "v1.2", "MP3")]
    public void The_format_follows_the_extension_unless_given(string? format, string? path, string expected) =>
        Assert.Equal(expected, RowReader.Read(new SpeechRow { Text = "x", OutputFormat = format, OutputPath = path }).Request!.OutputFormat);

    [Fact]
    public void A_format_that_disagrees_with_the_extension_is_refused()
    {
        Problem problem = Assert.Single(RowReader.Read(new SpeechRow { Text = "x", OutputFormat = "WAV", OutputPath = "a.mp3" }).Problems);
        Assert.Equal("OutputFormat", problem.Parameter);
        Assert.Equal("OutputFormat WAV disagrees with the extension of OutputPath 'a.mp3'. Leave OutputFormat out for MP3, or end the path in .wav.", problem.Message);
    }

    [Theory]
    [InlineData("WAV")]
    [InlineData("FLAC")]
    public void Lossless_formats_take_no_audio_settings(string format)
    {
        SpeechRow row = new() { Text = "x", OutputFormat = format, Bitrate = "64", SampleRate = "24000", Channels = "1" };
        Assert.Equal(["Bitrate", "SampleRate", "Channels"], RowReader.Read(row).Problems.Select(p => p.Parameter));
    }

    [Theory]
    [InlineData("OGG", "24000", "1", "96", "Bitrate 96 kbps is outside 16 to 80 for OGG 24000 Hz mono. Use 80, the nearest, or keep 96 with SampleRate 16000 or 48000, or with Channels 2. Get-TtsFormat OGG lists all.")]
    [InlineData("OGG", "24000", "1", "240", "Bitrate 240 kbps is outside 16 to 80 for OGG 24000 Hz mono. Use 80, the nearest, or keep 240 with SampleRate 48000 and Channels 2. Get-TtsFormat OGG lists all.")]
    [InlineData("OGG", "48000", null, "40", "Bitrate 40 kbps is outside 48 to 256 for OGG 48000 Hz stereo (the default). Use 48, the nearest, or keep 40 with SampleRate 8000, 12000, 16000 or 24000, or with Channels 1. Get-TtsFormat OGG lists all.")]
    [InlineData("OGG", null, null, "8", "Bitrate 8 kbps is outside 16 to 256 for OGG stereo (the default). Use 16, the nearest, or keep 8 with Channels 1. Get-TtsFormat OGG lists all.")]
    [InlineData("OGG", null, "2", "300", "Bitrate 300 kbps is outside 16 to 256 for OGG stereo. Use 256, the nearest, or keep 300 with OutputFormat MP3. Get-TtsFormat OGG lists all.")]
    [InlineData("OGG", "24000", "2", "300", "Bitrate 300 kbps is outside 32 to 160 for OGG 24000 Hz stereo. Use 160, the nearest. Get-TtsFormat OGG lists all.")]
    [InlineData("MP3", "44100", "1", "8", "Bitrate 8 kbps is outside 32 to 320 for MP3 44100 Hz mono. Use 32, the nearest, or keep 8 with SampleRate 8000, 11025, 12000, 16000, 22050 or 24000. Get-TtsFormat MP3 lists all.")]
    [InlineData("MP3", null, null, "-5", "Bitrate -5 kbps is outside 8 to 320 for MP3 stereo (the default). Use 8, the nearest. Get-TtsFormat MP3 lists all.")]
    public void A_bitrate_outside_its_row_says_what_would_do(string format, string? rate, string? channels, string bitrate, string message) =>
        Assert.Equal(message, Assert.Single(RowReader.Read(new SpeechRow { Text = "x", OutputFormat = format, SampleRate = rate, Channels = channels, Bitrate = bitrate }).Problems).Message);

    [Theory]
    [InlineData("OGG", "44100", "Use 48000, the nearest, or OutputFormat MP3, which has 44100.")]
    [InlineData("OGG", "48", "Use 48000, the nearest.")]
    [InlineData("MP3", "96000", "Use 48000, the nearest.")]
    public void A_sample_rate_that_is_not_there_says_what_would_do(string format, string rate, string says) =>
        Assert.EndsWith(says, Assert.Single(RowReader.Read(new SpeechRow { Text = "x", OutputFormat = format, SampleRate = rate }).Problems).Message, StringComparison.Ordinal);

    [Fact]
    public void A_format_that_is_an_extension_says_which_it_is() =>
        Assert.Contains("Write OGG.", Assert.Single(RowReader.Read(new SpeechRow { Text = "x", OutputFormat = ".ogg" }).Problems).Message, StringComparison.Ordinal);
}
