using RunwareTts.Requests;

namespace RunwareTts.Tests.Requests;

/// <summary>Cells at the edges of what is read, and rows whose cells do not go together.</summary>
public sealed class RowCornersTests
{
    [Theory]
    [InlineData("Speed", "0", "0.25 to 4")]
    [InlineData("Speed", "1 2", "not a number")]
    [InlineData("Speed", "∞", "not a number")]
    [InlineData("Language", "nl-NL", "'nl-NL'")]
    [InlineData("Bitrate", "0,3", "'0,3'")]
    [InlineData("Bitrate", "128.5", "'128.5'")]
    [InlineData("Bitrate", "1e2", "'1e2'")]
    [InlineData("Bitrate", "0x40", "'0x40'")]
    [InlineData("Bitrate", "-64", "8 to 320")]
    [InlineData("NumberResults", "two", "'two'")]
    [InlineData("MaxNewTokens", "many", "'many'")]
    [InlineData("Channels", "stereo", "2 for stereo")]
    [InlineData("WebhookUrl", "ftp://example.com/hook", "http")]
    [InlineData("UploadEndpoint", "bucket/file", "absolute")]
    [InlineData("Model", "alibaba:qwen@3-tts-1.7b-voicedesign", "VoiceDesign needs")]
    public void A_cell_at_the_edge_is_refused(string parameter, string value, string says) =>
        Assert.Contains(says, Assert.Single(RowReader.Read(With(parameter, value)).Problems).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("base64Data")]
    [InlineData("dataURI")]
    public void A_time_to_live_is_that_of_a_url(string outputType)
    {
        SpeechRow row = With("Ttl", "60") with { OutputType = outputType };
        Problem problem = Assert.Single(RowReader.Read(row).Problems);
        Assert.Equal("Ttl", problem.Parameter);
        Assert.Matches($"60.*URL.*{outputType}", problem.Message);
    }

    [Theory]
    [InlineData("65", "8000", null, "MP3", "8 to 64")]
    [InlineData("31", "44100", null, "MP3", "32 to 320")]
    [InlineData("41", "8000", "1", "OGG", "8 to 40")]
    [InlineData("47", "48000", null, "OGG", "48 to 256")]
    public void A_bitrate_goes_with_its_rate(string bitrate, string rate, string? channels, string format, string says)
    {
        SpeechRow row = With("Bitrate", bitrate) with { SampleRate = rate, Channels = channels, OutputFormat = format };
        Assert.Contains(says, Assert.Single(RowReader.Read(row).Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Blanks_around_a_cell_and_zeros_before_a_number_are_nothing()
    {
        SpeechRow row = new()
        {
            Text = "x", Voice = " ryan ", Language = "zh_CN", Speed = " 1.50 ", Bitrate = "064", Channels = "1", MaxNewTokens = "256", Ttl = "60",
        };
        SpeechRequest request = RowReader.Read(row).Request!;
        Assert.Equal(("ryan", "Chinese", 1.5m, 64), (request.Voice, request.Language, request.Speed, request.Bitrate));
        Assert.Equal((1, 256, 60), (request.Channels, request.MaxNewTokens, request.Ttl));
    }

    [Fact]
    public void A_text_is_kept_as_it_is()
    {
        const string Text = " one\r\n two  ";
        Assert.Equal(Text, RowReader.Read(new SpeechRow { Text = Text }).Request!.Text);
    }

    [Fact]
    public void An_upload_endpoint_that_is_refused_may_be_a_secret()
    {
        Problem problem = Assert.Single(RowReader.Read(With("UploadEndpoint", "htps://bucket/x?sig=s3cr3t")).Problems);
        Assert.DoesNotContain("s3cr3t", problem.Message, StringComparison.Ordinal);
    }

    private static SpeechRow With(string parameter, string value)
    {
        SpeechRow row = new() { Text = "Hello" };
        typeof(SpeechRow).GetProperty(parameter)!.SetValue(row, value);
        return row;
    }
}
