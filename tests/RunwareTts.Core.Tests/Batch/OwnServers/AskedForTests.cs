using RunwareTts.Audio;
using RunwareTts.Batch;
using RunwareTts.Emulator;
using RunwareTts.Requests;
using RunwareTts.Tests.Providers.Runware;

namespace RunwareTts.Tests.Batch.OwnServers;

/// <summary>What own servers are asked for, and what is done here in their place.</summary>
public sealed class AskedForTests : IDisposable
{
    private static readonly SpeechRow Row = new()
    {
        Text = "Please mind the gap, and do not run.",
        Language = "en",
        OutputFormat = "WAV",
    };

    private static readonly SpeechServerSwitches Talking = new();

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(SpeechServerKind.VllmOmni)]
    [InlineData(SpeechServerKind.SglangOmni)]
    public async Task A_book_with_described_voices_casts_each_once_and_clones_it(SpeechServerKind kind)
    {
        await using Servers servers = await Servers.StartAsync(
            Servers.One(SpeechModel.VoiceDesign, Talking, kind), Servers.One(SpeechModel.Base, Talking, kind));
        SpeechRow[] rows = [.. Enumerable.Range(1, 8).Select(n => Row with
        {
            Id = $"{n}",
            Text = $"This is part {n} of the book.",
            VoiceDescription = n % 2 == 0 ? "A calm old man" : "A bright young girl",
        })];
        BatchOptions keep = Service.Quick with { KeepVoice = true };
        List<BatchEvent> events = servers.Run(rows, _folder.Path, keep);
        Assert.Empty(events.Errors());
        TtsSpeech[] spoken = events.Spoken();
        Assert.Equal(8, spoken.Length);
        Assert.All(spoken, s => Assert.Equal(("SelfHosted", "Base", (decimal?)null), (s.Provider, s.Model, s.Cost)));
        Assert.Equal(2, servers[0].Record.Answered);
        Assert.Equal(8, servers[1].Record.Answered);
        Assert.Equal(
            2, servers[1].Record.Accepted.Select(body => body.GetProperty("ref_audio").GetString()).Distinct().Count());
        Assert.All(servers.Run(rows, _folder.Path, keep).Spoken(), s => Assert.Equal("Unchanged", s.Status));
        Assert.Equal(8, servers[1].Record.Answered);
    }

    [Fact]
    public async Task Several_results_are_several_requests_with_seeds_of_their_own()
    {
        await using Servers servers = await Servers.StartAsync(Servers.One(switches: Talking));
        TtsSpeech[] spoken = servers.Run(
            [Row with { Id = "take", NumberResults = "3", Voice = "vivian" }], _folder.Path).Spoken();
        Assert.Equal(["take-1.wav", "take-2.wav", "take-3.wav"], spoken.Select(s => Path.GetFileName(s.Path!)));
        Assert.Single(spoken.Select(s => s.TaskUUID).Distinct());
        int[] seeds = [.. servers[0].Record.Accepted.Select(body => body.GetProperty("seed").GetInt32()).Order()];
        Assert.Equal([seeds[0], seeds[0] + 1, seeds[0] + 2], seeds);
        Assert.Equal(3, spoken.Select(s => Convert.ToHexString(File.ReadAllBytes(s.Path!))).Distinct().Count());
    }

    [Theory]
    [InlineData(SpeechServerKind.VllmOmni, 7L, new long[] { 7, 8 })]
    [InlineData(SpeechServerKind.VllmOmni, 3_000_000_000L, new[] { 3_000_000_000L, 3_000_000_001L })]
    [InlineData(SpeechServerKind.VllmOmni, (long)int.MaxValue, new[] { (long)int.MaxValue, int.MaxValue + 1L })]
    [InlineData(SpeechServerKind.Plain, 7L, new long[] { 7, 8 })]
    public async Task A_seed_of_the_user_is_counted_up_and_never_dropped(SpeechServerKind kind, long seed, long[] sent)
    {
        await using Servers servers = await Servers.StartAsync(Servers.One(switches: Talking, kind: kind));
        SpeechRow row = Row with
        {
            NumberResults = "2", Voice = "vivian", Option = new Dictionary<string, object> { ["seed"] = seed },
        };
        Assert.Equal(2, servers.Run([row], _folder.Path).Spoken().Length);
        Assert.Equal(sent, servers[0].Record.Accepted.Select(body => body.GetProperty("seed").GetInt64()).Order());
    }

    [Theory]
    [InlineData("OGG", null, null, null, SpeechServerKind.VllmOmni)]
    [InlineData("OGG", null, "48000", "1", SpeechServerKind.SglangOmni)]
    [InlineData("MP3", "96", "44100", "2", SpeechServerKind.VllmOmni)]
    [InlineData("MP3", null, null, "1", SpeechServerKind.Plain)]
    public async Task What_no_server_encodes_is_asked_for_as_wav_and_encoded_here(
        string format, string? bitrate, string? rate, string? channels, SpeechServerKind kind)
    {
        await using Servers servers = await Servers.StartAsync(Servers.One(switches: Talking, kind: kind));
        SpeechRow row = Row with
        {
            Voice = "ryan",
            OutputFormat = format,
            Bitrate = bitrate,
            SampleRate = rate,
            Channels = channels,
        };
        TtsSpeech speech = Assert.Single(servers.Run([row], _folder.Path).Spoken());
        Assert.Equal(format, speech.Audio!.Format);
        Assert.Equal("wav", servers[0].Record.Accepted[0].GetProperty("response_format").GetString());
        if (rate is not null)
            Assert.Equal(rate, $"{speech.Audio.SampleRate}");
        if (channels is not null)
            Assert.Equal(channels, $"{speech.Audio.Channels}");
        if (bitrate is not null)
            Assert.Equal(bitrate, $"{speech.Audio.Bitrate}");
    }

    [Fact]
    public async Task A_server_that_calls_wav_an_mp3_is_not_believed()
    {
        await using Servers servers = await Servers.StartAsync(
            Servers.One(switches: Talking with { WavForMp3 = true }, kind: SpeechServerKind.Plain));
        TtsSpeech speech = Assert.Single(
            servers.Run([Row with { Voice = "ryan", OutputFormat = "MP3" }], _folder.Path).Spoken());
        Assert.Equal("MP3", speech.Audio!.Format);
        Assert.Equal("mp3", servers[0].Record.Accepted[0].GetProperty("response_format").GetString());
    }

    [Fact]
    public async Task A_server_without_an_encoder_is_asked_for_wav_from_then_on()
    {
        await using Servers servers = await Servers.StartAsync(
            Servers.One(switches: Talking with { NoEncoder = true }, kind: SpeechServerKind.SglangOmni));
        SpeechRow[] rows = [.. Enumerable.Range(1, 3)
            .Select(n => Row with { Voice = "ryan", OutputFormat = "MP3", Text = $"Number {n}." })];
        TtsSpeech[] spoken = servers.Run(rows, _folder.Path, Service.Quick with { ThrottleLimit = 1 }).Spoken();
        Assert.Equal(["MP3", "MP3", "MP3"], spoken.Select(s => s.Audio!.Format));
        Assert.Equal(1, servers[0].Record.Refused[503]);
    }

    [NginxFact]
    public async Task An_upload_endpoint_gets_the_audio_from_here_once()
    {
        using Nginx nginx = new();
        await using Servers servers = await Servers.StartAsync(Servers.One(switches: Talking));
        SpeechRow row = Row with { Id = "a", Voice = "ryan", UploadEndpoint = nginx.Presigned("store/a.wav") };
        TtsSpeech speech = Assert.Single(servers.Run([row], _folder.Path).Spoken());
        Assert.Equal(File.ReadAllBytes(speech.Path!), nginx.Arrived["store/a.wav"]);

        File.Delete(Path.Combine(_folder.Path, "a.wav"));
        SpeechRow elsewhere = row with { UploadEndpoint = nginx.Presigned("store/b.wav") };
        speech = Assert.Single(servers.Run([elsewhere], _folder.Path).Spoken());
        Assert.Equal(File.ReadAllBytes(speech.Path!), nginx.Arrived["store/b.wav"]);
    }

    [Theory]
    [InlineData(SpeechServerKind.VllmOmni, false)]
    [InlineData(SpeechServerKind.VllmOmni, true)]
    [InlineData(SpeechServerKind.SglangOmni, false)]
    public async Task Speech_that_is_cut_is_truncated_and_a_silent_tail_is_not(
        SpeechServerKind kind, bool isHeaderMissing)
    {
        SpeechServerSwitches odd = Talking with { RunawayText = "runaway", HeaderMissing = isHeaderMissing };
        await using Servers servers = await Servers.StartAsync(Servers.One(switches: odd, kind: kind));
        string many = string.Join(' ', Enumerable.Repeat("Mind the gap.", 20));
        SpeechRow[] rows =
        [
            Row with { Id = "cut", Text = many, MaxNewTokens = "50" },
            Row with { Id = "tail", Text = "This is a runaway, as it were.", MaxNewTokens = "200" },
            Row with { Id = "whole", Text = "This is as it should be." },
        ];
        BatchOptions retry = Service.Quick with { RetrySuspect = 1 };
        List<BatchEvent> events = servers.Run(rows.Select(r => r with { Voice = "ryan" }), _folder.Path, retry);
        Assert.Empty(events.Errors());
        Assert.Equal(["Truncated", "SilentTail", null], events.Spoken().Select(s => s.Suspect));
        string tail = Assert.Single(
            events.OfType<BatchEvent.Warned>(),
            w => w.Message.Contains("near-silence", StringComparison.Ordinal)).Message;
        Assert.Contains("tail.wav", tail, StringComparison.Ordinal);
        Assert.Contains("Cut the end off", tail, StringComparison.Ordinal);
        // The cut text would be cut again, and the one with the silent tail is complete.
        Assert.All(servers.Spoken.Values, times => Assert.Equal(1, times));

        TtsSpeech[] again = servers.Run(rows.Select(r => r with { Voice = "ryan" }), _folder.Path, retry).Spoken();
        Assert.Equal(["Truncated", "SilentTail", null], again.Select(s => s.Suspect));
        Assert.All(servers.Spoken.Values, times => Assert.Equal(1, times));
    }

    [Fact]
    public async Task A_description_that_is_too_long_for_the_server_names_its_limit_and_its_flag()
    {
        await using Servers servers = await Servers.StartAsync(Servers.One(SpeechModel.VoiceDesign));
        SpeechRow row = Row with { VoiceDescription = new string('a', 501) };
        TtsException error = Assert.Single(servers.Run([row], _folder.Path).Errors());
        Assert.Equal(("InvalidRequest.VoiceDescription", TtsErrorKind.InvalidArgument), (error.ErrorId, error.Kind));
        Assert.Contains("501", error.Message, StringComparison.Ordinal);
        Assert.Contains("500", error.Message, StringComparison.Ordinal);
        Assert.Contains("--tts-max-instructions-length", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_no_server_of_ones_own_can_do_is_refused_by_name()
    {
        await using Servers servers = await Servers.StartAsync(Servers.One());
        Dictionary<string, SpeechRow> rows = new()
        {
            ["NotSupported.WebhookUrl"] = Row with { WebhookUrl = "https://example.com/hook" },
            ["NotSupported.Ttl"] = Row with { Ttl = "60" },
            ["NotSupported.OutputType"] = Row with { OutputType = "URL" },
            ["NotSupported.Model"] = Row with { VoiceDescription = "An old man" },
        };
        List<BatchEvent> events = servers.Run(rows.Values);
        Assert.Equal(rows.Keys, events.Errors().Select(e => e.ErrorId));
        Assert.Equal("NotSupported.Async",
            servers.Run([Row], null, Service.Quick with { Wait = false }).Errors().Single().ErrorId);
        Assert.Equal("NotSupported.MaxCost",
            Assert.Throws<TtsException>(() => servers.Run([Row], null, Service.Quick with { MaxCost = 1 })).ErrorId);
        Assert.Equal(0, servers[0].Record.Requests);
    }

    [Fact]
    public async Task A_file_that_was_paid_for_is_replaced_by_force_only()
    {
        await using Service service = await Service.StartAsync(speak: TinyVoice.SpeakAsync);
        await using Servers servers = await Servers.StartAsync(Servers.One());
        SpeechRow row = Row with { Id = "a", Voice = "ryan" };
        BatchOptions paid = Service.Quick with { Endpoint = service.Endpoint.ToString() };
        byte[] bought = File.ReadAllBytes(Assert.Single(service.Run([row], _folder.Path, paid).Spoken()).Path!);

        TtsException error = Assert.Single(servers.Run([row], _folder.Path).Errors());
        Assert.Equal("OutputExists", error.ErrorId);
        Assert.Contains("paid for", error.Message, StringComparison.Ordinal);
        Assert.Equal(bought, File.ReadAllBytes(Path.Combine(_folder.Path, "a.wav")));
        Assert.Equal(0, servers[0].Record.Requests);
        Assert.Equal("Unchanged", Assert.Single(service.Run([row], _folder.Path, paid).Spoken()).Status);

        List<BatchEvent> forced = Batches.Run(servers.Provider(), [row], _folder.Path, Service.Quick, force: true);
        Assert.Equal("SelfHosted", Assert.Single(forced.Spoken()).Provider);
        // The other way round nothing that was paid for is lost.
        Assert.Equal("Runware",
            Assert.Single(service.Run([row with { Text = "Another text." }], _folder.Path, paid).Spoken()).Provider);
    }

    [Fact]
    public async Task Bytes_of_a_row_without_a_file_are_its_result()
    {
        await using Servers servers = await Servers.StartAsync(Servers.One(switches: Talking));
        TtsSpeech speech = Assert.Single(servers.Run([Row]).Spoken());
        Assert.Equal("WAV", AudioInfoReader.Read(new MemoryStream(speech.AudioData!)).Format);
        Assert.Equal("ryan", speech.Voice);
    }
}
