using System.Globalization;
using RunwareTts.Audio;
using RunwareTts.Providers;
using RunwareTts.Providers.Offline;
using RunwareTts.Requests;
using RunwareTts.Tools;

namespace RunwareTts.Tests.Providers.Offline;

public sealed class EncodingTests
{
    [Theory]
    [InlineData("MP3", 8000, 1, 8)]
    [InlineData("MP3", 48000, 2, 320)]
    [InlineData("OGG", 8000, 1, 8)]
    [InlineData("OGG", 48000, 2, 256)]
    public async Task What_was_asked_for_is_encoded(string format, int rate, int channels, int bitrate)
    {
        TtsAudioInfo info = await SpeakAsync(new SpeechRow { Text = "Hello", OutputFormat = format, SampleRate = Text(rate), Channels = Text(channels), Bitrate = Text(bitrate) });
        Assert.Equal((format, rate, channels, (int?)bitrate), (info.Format, info.SampleRate, info.Channels, info.Bitrate));
        Assert.Empty(info.Faults);
    }

    [Theory]
    [InlineData("MP3", null, null, null, 24000, 2, 128)]
    [InlineData("MP3", null, null, "320", 32000, 2, 320)]
    [InlineData("OGG", null, "1", null, 24000, 1, 80)]
    [InlineData("OGG", null, null, "16", 12000, 2, 16)]
    [InlineData("OGG", "8000", null, null, 8000, 2, 80)]
    public void What_is_left_open_stays_near_to_the_model(string format, string? rate, string? channels, string? bitrate, int expectedRate, int expectedChannels, int expectedBitrate)
    {
        SpeechRow row = new() { Text = "x", OutputFormat = format, SampleRate = rate, Channels = channels, Bitrate = bitrate };
        Assert.Equal(
            new AudioEncoding(format, expectedRate, expectedChannels, expectedBitrate),
            LocalEncoding.Of(RowReader.Read(row).Request!));
    }

    [Theory]
    [InlineData("WAV", "PCM")]
    [InlineData("FLAC", "FLAC")]
    public async Task Lossless_formats_keep_the_voice_as_it_is(string format, string codec)
    {
        TtsAudioInfo info = await SpeakAsync(new SpeechRow { Text = "Hello", OutputFormat = format });
        Assert.Equal((format, codec, 22050, 1), (info.Format, info.Codec, info.SampleRate, info.Channels));
    }

    private static async Task<TtsAudioInfo> SpeakAsync(SpeechRow row)
    {
        using MemoryStream stream = new(await DraftSpeaker.SpeakAsync(RowReader.Read(row).Request!, 0, CancellationToken.None));
        return AudioInfoReader.Read(stream);
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
