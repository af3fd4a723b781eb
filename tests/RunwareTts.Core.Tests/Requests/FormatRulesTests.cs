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
    public void A_format_that_disagrees_with_the_extension_is_refused() =>
        Assert.Equal("OutputFormat", Assert.Single(RowReader.Read(new SpeechRow { Text = "x", OutputFormat = "WAV", OutputPath = "a.mp3" }).Problems).Parameter);

    [Theory]
    [InlineData("WAV")]
    [InlineData("FLAC")]
    public void Lossless_formats_take_no_audio_settings(string format)
    {
        SpeechRow row = new() { Text = "x", OutputFormat = format, Bitrate = "64", SampleRate = "24000", Channels = "1" };
        Assert.Equal(["Bitrate", "SampleRate", "Channels"], RowReader.Read(row).Problems.Select(p => p.Parameter));
    }

    [Fact]
    public void A_bitrate_outside_its_row_says_what_would_do()
    {
        SpeechRow row = new() { Text = "x", OutputFormat = "OGG", SampleRate = "24000", Channels = "1", Bitrate = "96" };
        string message = Assert.Single(RowReader.Read(row).Problems).Message;
        Assert.Equal("Bitrate 96 kbps is outside 16 to 80 for OGG 24000 Hz mono. Choose one in that range, or SampleRate 16000 or 48000.", message);
    }

    [Theory]
    [InlineData("OGG", "1", 8, true)]
    [InlineData("OGG", "1", 224, true)]
    [InlineData("OGG", "1", 225, false)]
    [InlineData("OGG", null, 15, false)]
    [InlineData("OGG", null, 16, true)]
    [InlineData("OGG", null, 256, true)]
    [InlineData("MP3", null, 320, true)]
    [InlineData("MP3", null, 321, false)]
    public void A_bitrate_without_a_rate_is_held_against_all_rows_of_its_channels(string format, string? channels, int bitrate, bool good) =>
        Assert.Equal(good, RowReader.Read(new SpeechRow { Text = "x", OutputFormat = format, Channels = channels, Bitrate = bitrate.ToString(System.Globalization.CultureInfo.InvariantCulture) }).Request is not null);
}
