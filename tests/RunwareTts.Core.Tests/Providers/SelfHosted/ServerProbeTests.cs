using System.Text;
using RunwareTts.Catalog;
using RunwareTts.Emulator;
using RunwareTts.Providers.Http;
using RunwareTts.Providers.SelfHosted;
using RunwareTts.Tests.Providers.Runware;
using Emulated = RunwareTts.Emulator.SpeechServer;
using Kind = RunwareTts.Providers.SelfHosted.ServerKind;
using SpeechServer = RunwareTts.Providers.SelfHosted.SpeechServer;

namespace RunwareTts.Tests.Providers.SelfHosted;

/// <summary>What a server is found to be before anything is generated.</summary>
public sealed class ServerProbeTests
{
    private const string Key = "sk-5ecret";

    [Theory]
    [InlineData(SpeechServerKind.VllmOmni, Kind.VllmOmni)]
    [InlineData(SpeechServerKind.SglangOmni, Kind.SglangOmni)]
    [InlineData(SpeechServerKind.Plain, Kind.OpenAI)]
    public async Task Its_kind_and_its_model_are_found_by_asking(SpeechServerKind program, Kind kind)
    {
        foreach (SpeechModel model in Enum.GetValues<SpeechModel>())
        {
            await using Emulated emulated = await StartAsync(program, model);
            SpeechServer server = OwnServer.Of(emulated.Url, SpeechCatalog.FindModel($"{model}"));
            ServerProfile profile = await IdentifyAsync(server);
            Assert.Equal(new ServerProfile(kind, kind == Kind.OpenAI ? null : emulated.ModelId), profile);
            Assert.Equal(profile, server.Profile);
            TtsServer described = server.Describe();
            Assert.Equal((true, null, $"{kind}", profile.ServedModel),
                (described.IsReady, described.Problem, described.Kind, described.ServedModel));
            Assert.Equal(0, emulated.Record.Begun);
        }
    }

    [Fact]
    public async Task A_kind_that_was_given_is_not_asked_for()
    {
        await using Emulated emulated = await StartAsync(SpeechServerKind.VllmOmni);
        Assert.Equal(Kind.OpenAI, (await IdentifyAsync(OwnServer.Of(emulated.Url, kind: Kind.OpenAI))).Kind);
    }

    [Theory]
    [InlineData(SpeechServerKind.VllmOmni)]
    [InlineData(SpeechServerKind.SglangOmni)]
    public async Task A_server_of_another_model_is_refused(SpeechServerKind program)
    {
        await using Emulated emulated = await StartAsync(program, SpeechModel.Base);
        SpeechServer server = OwnServer.Of(emulated.Url);
        TtsException error = await Assert.ThrowsAsync<TtsException>(() => IdentifyAsync(server));
        Assert.Equal("InvalidRequest.Model", error.ErrorId);
        Assert.Contains(
            $"{server.Name} serves {emulated.ModelId} and not CustomVoice.", error.Message, StringComparison.Ordinal);
        Assert.Equal((false, error.Message), (server.Describe().IsReady, server.Describe().Problem));
    }

    [Theory]
    [InlineData(SpeechServerKind.VllmOmni, null)]
    [InlineData(SpeechServerKind.VllmOmni, "sk-other")]
    [InlineData(SpeechServerKind.SglangOmni, null)]
    [InlineData(SpeechServerKind.Plain, "sk-other")]
    public async Task A_key_that_is_refused_or_missing_ends_the_pipeline(SpeechServerKind program, string? key)
    {
        await using Emulated emulated = await StartAsync(program, switches: new SpeechServerSwitches { Key = Key });
        TtsException error = await Assert.ThrowsAsync<TtsException>(
            () => IdentifyAsync(OwnServer.Of(emulated.Url), key));
        Assert.Equal(("SelfHosted.http401", TtsErrorKind.AuthenticationError, true),
            (error.ErrorId, error.Kind, error.EndsPipeline));
        Assert.DoesNotContain("sk-", error.Message, StringComparison.Ordinal);
        Assert.NotNull(await IdentifyAsync(OwnServer.Of(emulated.Url), Key));
    }

    [Fact]
    public async Task SGLang_Omni_has_to_be_healthy()
    {
        await using Emulated emulated = await StartAsync(
            SpeechServerKind.SglangOmni, switches: new SpeechServerSwitches { Unhealthy = true });
        await NotReachedAsync(emulated.Url, "GET /health answers HTTP 503.");
        emulated.Switches = new SpeechServerSwitches();
        Assert.NotNull(await IdentifyAsync(OwnServer.Of(emulated.Url)));
    }

    [Fact]
    public async Task A_port_that_refuses_is_named()
    {
        using ClosedPort closed = new();
        Uri url = new($"http://127.0.0.1:{closed.Port}/");
        await NotReachedAsync(url, $"http://127.0.0.1:{closed.Port} does not answer: ");
    }

    // A gateway answers for a server that still loads its model: it says nothing of what it is.
    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_server_that_does_not_say_what_it_is_is_asked_again(int status)
    {
        using RawServer gateway = OwnServer.Answering($"HTTP/1.1 {status} X\nContent-Length: 0");
        SpeechServer server = OwnServer.Of(gateway.Root());
        TtsException error = await Assert.ThrowsAsync<TtsException>(() => IdentifyAsync(server));
        Assert.Equal("ServiceUnreachable", error.ErrorId);
        Assert.Contains($"GET /v1/models answers HTTP {status}.", error.Message, StringComparison.Ordinal);
        Assert.Null(server.Profile);
    }

    [Fact]
    public async Task A_redirect_is_shown_and_not_followed()
    {
        using RawServer gateway = OwnServer.Answering(
            "HTTP/1.1 302 Found\nLocation: /tts/?key=5ecret\nContent-Length: 0");
        TtsException error = await Assert.ThrowsAsync<TtsException>(() => IdentifyAsync(OwnServer.Of(gateway.Root())));
        Assert.EndsWith($"GET /v1/models answers HTTP 302 and points to {gateway.Root()}tts/?****, which is not "
            + "followed. Give that address, if it is the right one.", error.Message, StringComparison.Ordinal);
        Assert.Single(gateway.Heads);
    }

    [Theory]
    // Behind a gateway the owner is another one, and the list of voices shows the kind.
    [InlineData("x", """{"voices":[],"uploaded_voices":[]}""", Kind.VllmOmni)]
    [InlineData("x", """{"voices":[],"uploaded_voices":[],"cache_stats":{}}""", Kind.SglangOmni)]
    [InlineData("x", """{"voices":[]}""", Kind.OpenAI)]
    [InlineData("x", "[]", Kind.OpenAI)]
    [InlineData("x", "no JSON", Kind.OpenAI)]
    [InlineData("vLLM", "", Kind.VllmOmni)]
    public async Task Of_an_unknown_owner_the_voices_show_the_kind(string owner, string voices, Kind kind)
    {
        using RawServer gateway = Gateway($$"""{"data":[{"id":"m","owned_by":"{{owner}}"}]}""", voices);
        Assert.Equal(new ServerProfile(kind, "m"), await IdentifyAsync(OwnServer.Of(gateway.Root())));
    }

    [Theory]
    [InlineData("Qwen/Qwen3-TTS-12Hz-1.7B-CustomVoice", "Qwen/Qwen3-TTS-12Hz-1.7B-CustomVoice")]
    [InlineData("qwen3-tts-custom_voice", "qwen3-tts-custom_voice")]
    [InlineData("qwen3-customvoice-8bit", "qwen3-customvoice-8bit")]
    [InlineData("my-database", "my-database")]
    [InlineData("my-tts", "my-tts")]
    [InlineData("tts-1 tts-1-hd", null)]
    [InlineData("Qwen3-TTS-Base Qwen3-TTS-CustomVoice", "Qwen3-TTS-CustomVoice")]
    [InlineData("tts-1 CUSTOMVOICE", "CUSTOMVOICE")]
    [InlineData("", null)]
    public async Task The_model_is_called_by_the_servers_own_name(string ids, string? name)
    {
        using RawServer server = Gateway(Models(ids), "");
        Assert.Equal(name, (await IdentifyAsync(OwnServer.Of(server.Root()))).ServedModel);
    }

    [Theory]
    [InlineData("Qwen/Qwen3-TTS-12Hz-0.6B-Base")]
    [InlineData("qwen3-tts-voice-design")]
    [InlineData("Qwen3-TTS-VoiceDesign Qwen3-TTS-Base")]
    public async Task Names_of_other_models_only_are_refused(string ids)
    {
        using RawServer server = Gateway(Models(ids), "");
        TtsException error = await Assert.ThrowsAsync<TtsException>(() => IdentifyAsync(OwnServer.Of(server.Root())));
        Assert.Contains($"serves {ids.Replace(" ", " and ", StringComparison.Ordinal)} and not CustomVoice.",
            error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("404 Not Found", "")]
    [InlineData("405 Method Not Allowed", "")]
    [InlineData("200 OK", "\n<!doctype html><title>Sign in</title>")]
    public async Task An_address_without_the_speech_page_is_no_server(string status, string body)
    {
        using RawServer page = OwnServer.Answering(
            $"HTTP/1.1 {status}\nContent-Length: {body.Length}", Encoding.ASCII.GetBytes(body));
        TtsException error = await Assert.ThrowsAsync<TtsException>(() => IdentifyAsync(OwnServer.Of(page.Root())));
        Assert.Equal("ServiceUnreachable", error.ErrorId);
        Assert.Contains("no speech API (v1/audio/speech)", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"data":"x"}""")]
    [InlineData("""{"data":[1,null,{"id":7},{"id":""},{}]}""")]
    [InlineData("""["x"]""")]
    [InlineData("null")]
    [InlineData("<html>")]
    public async Task Odd_lists_of_models_name_none(string list)
    {
        using RawServer server = Gateway(list, "");
        Assert.Equal(new ServerProfile(Kind.OpenAI, null), await IdentifyAsync(OwnServer.Of(server.Root())));
    }

    [Fact]
    public async Task Servers_are_proven_together_and_one_that_answers_is_enough()
    {
        await using Emulated emulated = await StartAsync(SpeechServerKind.VllmOmni);
        using ClosedPort closed = new();
        string dead = $"http://127.0.0.1:{closed.Port}";
        ServerFleet fleet = Fleet($"{emulated.Url}", dead);
        await fleet.ProveAsync(null, CancellationToken.None);
        Assert.Equal([true, false], fleet.Servers.Select(server => server.Describe().IsReady));

        TtsException error = await Assert.ThrowsAsync<TtsException>(
            () => Fleet(dead).ProveAsync(null, CancellationToken.None));
        Assert.Equal(("ServiceUnreachable", true), (error.ErrorId, error.EndsPipeline));
        Assert.StartsWith($"No server answers. {dead} does not answer: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_of_another_model_is_wrong_even_if_another_answers()
    {
        await using Emulated good = await StartAsync(SpeechServerKind.VllmOmni);
        await using Emulated wrong = await StartAsync(SpeechServerKind.VllmOmni, SpeechModel.Base);
        TtsException error = await Assert.ThrowsAsync<TtsException>(
            () => Fleet($"{good.Url}", $"{wrong.Url}").ProveAsync(null, CancellationToken.None));
        Assert.Equal("InvalidRequest.Model", error.ErrorId);
    }

    [Fact]
    public async Task Asking_can_be_cancelled()
    {
        TaskCompletionSource arrived = new();
        using RawServer silent = new(async (_, _, _, token) =>
        {
            arrived.SetResult();
            await Task.Delay(Timeout.Infinite, token);
        });
        using CancellationTokenSource stop = new();
        Task asking = new ServerProbe(new ServerClient(null, null))
            .IdentifyAsync(OwnServer.Of(silent.Root()), stop.Token);
        await arrived.Task.WaitAsync(Listening.Patience);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking.WaitAsync(Listening.Patience));
    }

    private static Task<Emulated> StartAsync(
        SpeechServerKind kind, SpeechModel model = SpeechModel.CustomVoice, SpeechServerSwitches? switches = null) =>
        Emulated.StartAsync(
            new SpeechServerOptions { Kind = kind, Model = model, Switches = switches ?? new SpeechServerSwitches() });

    private static Task<ServerProfile> IdentifyAsync(SpeechServer server, string? key = null) =>
        new ServerProbe(new ServerClient(ApiKey.From(key), null)).IdentifyAsync(server, CancellationToken.None);

    private static async Task NotReachedAsync(Uri url, string says)
    {
        TtsException error = await Assert.ThrowsAsync<TtsException>(() => IdentifyAsync(OwnServer.Of(url)));
        Assert.Equal(("ServiceUnreachable", TtsErrorKind.ConnectionError), (error.ErrorId, error.Kind));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    private static ServerFleet Fleet(params string[] urls) =>
        ServerFleet.Read(new Dictionary<string, string[]> { ["CustomVoice"] = urls }, null, null);

    private static string Models(string ids) =>
        $$"""{"data":[{{string.Join(",", ids.Split(' ').Select(id => $$"""{"id":"{{id}}","owned_by":"me"}"""))}}]}""";

    // A path without an answer is not found.
    private static RawServer Gateway(string models, string voices) => OwnServer.Answering((line, stream) =>
    {
        string body = line.Split(' ')[1] switch
        {
            "/v1/models" => models,
            "/v1/audio/voices" => voices,
            _ => "",
        };
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        // Without a text it is refused, which shows that there is such a page.
        string status = body.Length > 0 ? "200 OK"
            : line.StartsWith("POST /v1/audio/speech ", StringComparison.Ordinal) ? "422 Unprocessable Entity"
            : "404 Not Found";
        return RawServer.WriteAsync(stream, $"HTTP/1.1 {status}\nContent-Length: {bytes.Length}", bytes);
    });
}
