using System.Text.Json.Nodes;
using RunwareTts.Audio;
using RunwareTts.Emulator;

namespace RunwareTts.Tests;

/// <summary>The tiny voice, by the module's own reader.</summary>
public sealed class EmulatorVoiceTests
{
    public static TheoryData<int, int> Mp3Rates()
    {
        TheoryData<int, int> rates = [];
        foreach (int rate in new[] { 8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000 })
        {
            rates.Add(rate, 1);
            rates.Add(rate, 2);
        }

        return rates;
    }

    [Fact]
    public async Task Wav_is_whole()
    {
        var info = await SpeakAsync("WAV");
        Assert.Equal(("WAV", 24000, 1, TimeSpan.FromSeconds(0.05)), (info.Format, info.SampleRate, info.Channels, info.Duration));
    }

    [Theory]
    [MemberData(nameof(Mp3Rates))]
    public async Task Mp3_is_at_the_rate_and_channels_asked_for(int rate, int channels)
    {
        foreach (var (asked, bitrate) in rate >= 32000 ? new[] { (32, 32), (129, 128), (320, 320) } : [(8, 8), (63, 56), (64, 64)])
        {
            var info = await SpeakAsync("MP3", new JsonObject { ["sampleRate"] = rate, ["channels"] = channels, ["bitrate"] = asked });
            Assert.Equal(("MP3", rate, channels, bitrate), (info.Format, info.SampleRate, info.Channels, info.Bitrate));
            Assert.Equal(8.0 * (rate >= 32000 ? 1152 : 576) / rate, info.Duration.TotalSeconds, 6);
        }
    }

    [Fact]
    public async Task Mp3_needs_no_settings() => Assert.Equal(44100, (await SpeakAsync("MP3")).SampleRate);

    [Theory]
    [InlineData("FLAC")]
    [InlineData("OGG")]
    public async Task What_it_cannot_speak_fails_by_name(string format)
    {
        await using var caller = await PlainCaller.StartAsync(speak: TinyVoice.SpeakAsync);
        var task = PlainCaller.Speech();
        task["outputFormat"] = format;
        var (_, body) = await caller.SendAsync(task);
        Assert.Contains(format, (string?)body["errors"]![0]!["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_texts_share_their_bytes()
    {
        SpeakOrder one = new("One", "", "ryan", null, "Auto", 1, "MP3", null, null, null, 2048, 0);
        Assert.Same(await TinyVoice.SpeakAsync(one, default), await TinyVoice.SpeakAsync(one with { Text = "Two" }, default));
    }

    private static async Task<TtsAudioInfo> SpeakAsync(string format, JsonObject? settings = null)
    {
        await using var caller = await PlainCaller.StartAsync(speak: TinyVoice.SpeakAsync);
        var task = PlainCaller.Speech();
        task["outputFormat"] = format;
        if (settings is not null) task["audioSettings"] = settings;
        var (_, body) = await caller.SendAsync(task);
        using var answer = await caller.GetAsync(new Uri((string)body["data"]![0]!["audioURL"]!));
        using MemoryStream audio = new(await answer.Content.ReadAsByteArrayAsync());
        return AudioInfoReader.Read(audio);
    }
}
