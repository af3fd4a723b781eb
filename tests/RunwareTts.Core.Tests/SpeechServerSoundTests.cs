using System.Net;
using RunwareTts.Emulator;
using static RunwareTts.Emulator.SpeechServerKind;

namespace RunwareTts.Tests;

/// <summary>The clips of the speech servers, and what their headers say of them.</summary>
public sealed class SpeechServerSoundTests
{
    private const string Text = "The quick brown fox jumps over the lazy dog.";

    [Fact]
    public async Task The_length_follows_the_text_and_the_speed()
    {
        await using var caller = await StartAsync(VllmOmni);
        var usual = await caller.ClipOfAsync($$"""{"input":"{{Text}}"}""");
        // 44 letters at 14 a second, in whole tokens of 0.08 s.
        Assert.Equal(3.2, RefAudio.Seconds(usual));
        Assert.Equal(1.6, RefAudio.Seconds(await caller.ClipOfAsync($$"""{"input":"{{Text}}","speed":2}""")));
        var low = await caller.ClipOfAsync($$"""{"input":"{{Text}}","sample_rate":8000}""");
        Assert.Equal(3.2, RefAudio.Seconds(low));
        Assert.Equal((usual.Length - 44) / 3, low.Length - 44);
    }

    [Fact]
    public async Task The_sound_follows_the_text_and_the_seed()
    {
        await using var caller = await StartAsync(SglangOmni);
        var once = await caller.ClipOfAsync("""{"input":"One text","seed":1}""");
        Assert.Equal(once, await caller.ClipOfAsync("""{"input":"One text","seed":1}"""));
        Assert.NotEqual(once, await caller.ClipOfAsync("""{"input":"One text","seed":2}"""));
        Assert.NotEqual(once, await caller.ClipOfAsync("""{"input":"One lamp","seed":1}"""));
    }

    [Theory]
    [InlineData(VllmOmni, "x-vllm-omni-output-tokens", "40", "10")]
    [InlineData(SglangOmni, "X-Finish-Reason", "stop", "length")]
    public async Task A_header_tells_of_a_cut(SpeechServerKind kind, string header, string whole, string cut)
    {
        await using var caller = await StartAsync(kind);
        async Task<(string? Told, double? Seconds)> SpeakAsync(int cap)
        {
            using var response = await caller.SpeakAsync($$"""{"input":"{{Text}}","max_new_tokens":{{cap}}}""");
            var told = response.Headers.TryGetValues(header, out var values) ? values.Single() : null;
            return (told, RefAudio.Seconds(await response.Content.ReadAsByteArrayAsync()));
        }

        Assert.Equal((whole, 3.2), await SpeakAsync(2048));
        Assert.Equal((cut, 0.8), await SpeakAsync(10));
        caller.Server.Switches = new SpeechServerSwitches { HeaderMissing = true };
        Assert.Equal((null, 0.8), await SpeakAsync(10));
    }

    [Fact]
    public async Task A_runaway_is_silent_to_its_cap_and_babble_hisses()
    {
        await using var caller = await StartAsync(
            VllmOmni, new SpeechServerSwitches { RunawayText = "run", BabbleText = "hiss" });
        var runaway = await caller.ClipOfAsync("""{"input":"run away","max_new_tokens":125}""");
        Assert.Equal(10, RefAudio.Seconds(runaway));
        Assert.InRange(Peak(runaway[44..4044]), 1000, 8000);
        Assert.InRange(Peak(runaway[^4000..]), 1, 3);

        var speech = await caller.ClipOfAsync($$"""{"input":"{{Text}}"}""");
        var babble = await caller.ClipOfAsync($$"""{"input":"hiss {{Text}}"}""");
        Assert.InRange(Crossings(speech), 0.05, 0.09);
        Assert.InRange(Crossings(babble), 0.13, 0.28);
    }

    [Fact]
    public async Task Base_of_Vllm_fails_over_its_own_cap()
    {
        await using var caller = await SpeechCaller.StartAsync(
            VllmOmni, SpeechModel.Base, new SpeechServerSwitches { RunawayText = "run" });
        var clip = SpeechCaller.Clip();
        using var within = await caller.SpeakAsync($$"""{"input":"Hi","ref_audio":"{{clip}}","ref_text":"a"}""");
        Assert.Equal("38", within.Headers.GetValues("x-vllm-omni-input-audio-tokens").Single());
        var (status, body) = await caller.RefusedAsync(
            $$"""{"input":"run","ref_audio":"{{clip}}","ref_text":"a","max_new_tokens":2048}""");
        Assert.Equal((HttpStatusCode.InternalServerError, 500), (status, (int)body["error"]!["code"]!));
    }

    [Theory]
    [InlineData(VllmOmni, "mp3", "audio/mpeg")]
    [InlineData(SglangOmni, "flac", "audio/flac")]
    [InlineData(VllmOmni, "opus", "audio/ogg")]
    public async Task Compressed_files_are_what_they_say(SpeechServerKind kind, string format, string type)
    {
        await using var caller = await StartAsync(kind);
        using var response = await caller.SpeakAsync($$"""{"input":"{{Text}}","response_format":"{{format}}"}""");
        Assert.Equal(type, response.Content.Headers.ContentType!.MediaType);
        var clip = await response.Content.ReadAsByteArrayAsync();
        Assert.True(clip.AsSpan().StartsWith(format switch
        {
            "mp3" => "ID3"u8,
            "flac" => "fLaC"u8,
            _ => "OggS"u8,
        }));
    }

    [Fact]
    public async Task A_server_without_an_encoder_refuses_or_sends_a_wav()
    {
        await using var caller = await StartAsync(SglangOmni, new SpeechServerSwitches { NoEncoder = true });
        var (status, body) = await caller.RefusedAsync("""{"input":"Hi","response_format":"mp3"}""");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal("response_format", (string?)body["error"]!["param"]);

        await using var plain = await StartAsync(Plain);
        using var response = await plain.SpeakAsync("""{"input":"Hi"}""");
        Assert.Equal("audio/mpeg", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("RIFF"u8.ToArray(), (await response.Content.ReadAsByteArrayAsync())[..4]);
    }

    [Fact]
    public async Task A_content_type_can_be_wrong()
    {
        await using var caller = await StartAsync(VllmOmni, new SpeechServerSwitches { ContentType = "text/html" });
        using var response = await caller.SpeakAsync("""{"input":"Hi"}""");
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
    }

    private static Task<SpeechCaller> StartAsync(SpeechServerKind kind, SpeechServerSwitches? switches = null) =>
        SpeechCaller.StartAsync(kind, switches: switches ?? new SpeechServerSwitches());

    private static int[] Samples(byte[] pcm) =>
        [.. Enumerable.Range(0, pcm.Length / 2).Select(at => (int)BitConverter.ToInt16(pcm, at * 2))];

    private static int Peak(byte[] pcm) => Samples(pcm).Max(Math.Abs);

    private static double Crossings(byte[] wav)
    {
        var samples = Samples(wav[44..]);
        var count = samples.Zip(samples.Skip(1)).Count(pair => (pair.First < 0) != (pair.Second < 0));
        return double.Round(count / (double)samples.Length, 3, MidpointRounding.AwayFromZero);
    }
}
