using RunwareTts.Requests;

namespace RunwareTts.Tests.Requests;

public sealed class RequestHashTests
{
    private static readonly SpeechRow Row = new() { Text = "Hello", Voice = "ryan" };

    [Theory]
    [InlineData("Language", "Auto")]
    [InlineData("Speed", "1.00")]
    [InlineData("MaxNewTokens", "2048")]
    [InlineData("NumberResults", "1")]
    [InlineData("OutputFormat", "mp3")]
    [InlineData("Model", "CustomVoice")]
    [InlineData("Voice", "RYAN")]
    [InlineData("Id", "another")]
    [InlineData("OutputPath", "elsewhere.mp3")]
    [InlineData("Ttl", "600")]
    [InlineData("OutputType", "base64Data")]
    [InlineData("UploadEndpoint", "https://example.com/x")]
    public void Spelling_and_destination_do_not_change_it(string parameter, string value) => Assert.Equal(Hash(Row), Hash(With(parameter, value)));

    [Theory]
    [InlineData("Text", "Hello!")]
    [InlineData("Voice", "aiden")]
    [InlineData("Style", "calm")]
    [InlineData("Language", "en")]
    [InlineData("Speed", "1.01")]
    [InlineData("OutputFormat", "OGG")]
    [InlineData("Bitrate", "64")]
    [InlineData("SampleRate", "24000")]
    [InlineData("Channels", "1")]
    [InlineData("MaxNewTokens", "2049")]
    [InlineData("NumberResults", "2")]
    public void What_changes_the_audio_changes_it(string parameter, string value) => Assert.NotEqual(Hash(Row), Hash(With(parameter, value)));

    [Fact]
    public void The_provider_counts() =>
        Assert.NotEqual(RequestHash.Compute("Runware", RowReader.Read(Row).Request!), RequestHash.Compute("Offline", RowReader.Read(Row).Request!));

    private static string Hash(SpeechRow row) => RequestHash.Compute("Runware", RowReader.Read(row).Request!);

    private static SpeechRow With(string parameter, string value)
    {
        SpeechRow copy = Row with { };
        typeof(SpeechRow).GetProperty(parameter)!.SetValue(copy, value);
        return copy;
    }
}
