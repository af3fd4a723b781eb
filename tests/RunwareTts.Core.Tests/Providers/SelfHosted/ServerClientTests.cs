using System.Text;
using RunwareTts.Emulator;
using RunwareTts.Providers.Http;
using RunwareTts.Providers.SelfHosted;
using RunwareTts.Requests;
using RunwareTts.Tests.Providers.Runware;
using Emulated = RunwareTts.Emulator.SpeechServer;
using Kind = RunwareTts.Providers.SelfHosted.ServerKind;
using SpeechServer = RunwareTts.Providers.SelfHosted.SpeechServer;

namespace RunwareTts.Tests.Providers.SelfHosted;

/// <summary>What each answer of a server means.</summary>
public sealed class ServerClientTests
{
    private const string Key = "sk-5ecret";

    private static readonly ServerClient Client = new(null, null);

    [Theory]
    [InlineData(SpeechServerKind.VllmOmni, Kind.VllmOmni, "", false)]
    [InlineData(SpeechServerKind.VllmOmni, Kind.VllmOmni, "Hello", true)]
    [InlineData(SpeechServerKind.SglangOmni, Kind.SglangOmni, "", false)]
    [InlineData(SpeechServerKind.SglangOmni, Kind.SglangOmni, "Hello", true)]
    [InlineData(SpeechServerKind.Plain, Kind.OpenAI, "", null)]
    public async Task The_headers_tell_whether_the_cap_ended_it(
        SpeechServerKind program, Kind kind, string runaway, bool? isCut)
    {
        await using Emulated emulated = await StartAsync(
            program, new SpeechServerSwitches { RunawayText = runaway.Length > 0 ? runaway : null });
        SpeechServer server = OwnServer.Known(emulated.Url, kind);
        ServerRequest request = OwnServer.Request(
            new SpeechRow { Text = "Hello there", Voice = "ryan", MaxNewTokens = "128" });
        SpeechReply audio = Assert.IsType<SpeechReply>(
            await Client.SpeakAsync(server, request, "wav", CancellationToken.None));
        Assert.Equal(isCut, audio.IsCut);
        Assert.Equal("RIFF"u8.ToArray(), audio.Bytes[..4]);

        emulated.Switches = emulated.Switches with { HeaderMissing = true };
        audio = Assert.IsType<SpeechReply>(await Client.SpeakAsync(server, request, "wav", CancellationToken.None));
        Assert.Null(audio.IsCut);
    }

    [Theory]
    [InlineData("X-Finish-Reason: length", true)]
    [InlineData("x-finish-reason:  LENGTH ", true)]
    [InlineData("X-Finish-Reason: stop", false)]
    [InlineData("x-vllm-omni-output-tokens: 2048", true)]
    [InlineData("x-vllm-omni-output-tokens: 2047", false)]
    [InlineData("x-vllm-omni-output-tokens: many", null)]
    [InlineData("x-vllm-omni-output-tokens: -1", null)]
    [InlineData("x-vllm-omni-output-tokens: 99999999999", null)]
    [InlineData("Content-Type: text/plain", null)]
    public async Task Odd_headers_tell_nothing(string header, bool? isCut)
    {
        using RawServer raw = OwnServer.Answering($"HTTP/1.1 200 OK\n{header}\nContent-Length: 3", [1, 2, 3]);
        SpeechReply audio = Assert.IsType<SpeechReply>(await SpeakAsync(raw));
        Assert.Equal(isCut, audio.IsCut);
        Assert.Equal([1, 2, 3], audio.Bytes);
    }

    [Theory]
    // It has too much to do.
    [InlineData(503, "", """{"error":{"message":"The request queue is full."}}""", "busy")]
    [InlineData(503, "Retry-After: 7", "", "busy 7")]
    [InlineData(429, "", """{"error":{"code":"admission_rejected"}}""", "busy")]
    [InlineData(429, "Retry-After: soon", "", "busy")]
    [InlineData(503, "", """{"error":{"message":"ffmpeg is required","param":"response_format"}}""", "no encoder")]
    [InlineData(503, "", """{"error":{"message":"x","param":"voice"}}""", "busy")]
    // It has failed.
    [InlineData(500, "", """{"error":{"message":"CUDA error","type":"server_error"}}""",
        "failed SelfHosted.server_error ResourceUnavailable of text")]
    [InlineData(500, "", "Internal Server Error", "failed SelfHosted.http500 ResourceUnavailable of text")]
    [InlineData(502, "", "<html>", "failed SelfHosted.http502 ResourceUnavailable down of text")]
    [InlineData(504, "", "", "failed SelfHosted.http504 ResourceUnavailable down of text")]
    [InlineData(408, "", "", "failed SelfHosted.http408 ResourceUnavailable down of text")]
    [InlineData(507, "", "", "failed SelfHosted.http507 ResourceUnavailable of text")]
    [InlineData(404, "", """{"detail":"Not Found"}""", "failed SelfHosted.http404 ObjectNotFound down of text")]
    [InlineData(405, "", "", "failed SelfHosted.http405 ObjectNotFound down of text")]
    [InlineData(307, "Location: /v2", "", "failed SelfHosted.http307 ConnectionError down of text")]
    [InlineData(404, "", """{"error":{"message":"The model 'x' does not exist.","code":"model_not_found"}}""",
        "failed InvalidRequest.Model InvalidArgument down")]
    [InlineData(
        400, "", """{"error":{"message":"Qwen3-TTS Base checkpoint does not support task_type='CustomVoice'."}}""",
        "failed InvalidRequest.Model InvalidArgument down")]
    // It refuses the request.
    [InlineData(400, "", """{"error":{"message":"Invalid voice","type":"BadRequestError","code":400}}""",
        "refused SelfHosted.BadRequestError InvalidArgument")]
    [InlineData(422, "", """{"detail":[{"type":"missing","loc":["body","input"],"msg":"Field required"}]}""",
        "refused SelfHosted.missing InvalidArgument")]
    [InlineData(413, "", "<html>", "refused SelfHosted.http413 LimitsExceeded")]
    [InlineData(418, "", "", "refused SelfHosted.http418 InvalidArgument")]
    [InlineData(400, "", """{"error":{"message":"No","code":"a b/c\u001b[31m"}}""",
        "refused SelfHosted.abc31m InvalidArgument")]
    [InlineData(401, "", "", "refused SelfHosted.http401 AuthenticationError ends")]
    [InlineData(403, "", "", "refused SelfHosted.http403 AuthenticationError ends")]
    public async Task Each_status_means_one_thing(int status, string header, string body, string reply)
    {
        using RawServer raw = Answering(status, header, body);
        Assert.Equal(reply, Short(await SpeakAsync(raw)));
    }

    [Theory]
    [InlineData(400, """{"error":{"message":"Invalid voice 'x'","param":"voice"}}""",
        "answered HTTP 400: Invalid voice 'x'. It is about the field voice. Change the row.")]
    [InlineData(500, "Out of memory", "answered HTTP 500: Out of memory.")]
    [InlineData(
        404, """{"detail":"Not Found"}""", "answered HTTP 404: Not Found. There is no speech server at this address.")]
    [InlineData(
        401, """{"error":"Unauthorized"}""", "refuses the key (HTTP 401): Unauthorized. Give the server's key:")]
    public async Task A_message_names_the_server_and_repeats_its_words(int status, string body, string says)
    {
        using RawServer raw = Answering(status, "", body);
        Assert.StartsWith(
            $"http://127.0.0.1:{raw.Port} {says}", ErrorOf(await SpeakAsync(raw)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Kind.VllmOmni, "VoiceDescription", "(vllm serve ... --tts-max-instructions-length).")]
    [InlineData(Kind.SglangOmni, "VoiceDescription", "higher limit.")]
    [InlineData(Kind.VllmOmni, "Style", "(vllm serve ... --tts-max-instructions-length).")]
    public async Task Instructions_that_are_too_long_name_the_limit_and_the_flag(
        Kind kind, string parameter, string ends)
    {
        using RawServer raw = Answering(
            400, "", """{"error":{"message":"Instructions too long (max 500 characters)"}}""");
        string words = new('a', 501);
        SpeechRow row = new() { Text = "Hello" };
        ServerRequest request = OwnServer.Request(parameter == "Style"
            ? row with { Voice = "ryan", Style = words } : row with { VoiceDescription = words });
        ServerReply reply = await Client.SpeakAsync(
            OwnServer.Known(raw.Root(), kind), request, "wav", CancellationToken.None);
        TtsException error = Assert.IsType<RefusedReply>(reply).Error;
        Assert.Equal($"InvalidRequest.{parameter}", error.ErrorId);
        Assert.Contains($"{parameter} has 501 characters", error.Message, StringComparison.Ordinal);
        Assert.Contains("Instructions too long (max 500 characters).", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(ends, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_not_followed_and_the_key_is_not_sent_there(int status)
    {
        using RawServer elsewhere = OwnServer.Answering("HTTP/1.1 200 OK\nContent-Length: 3", [1, 2, 3]);
        using RawServer raw = Answering(status, $"Location: {elsewhere.Root()}?sig={Key}", "");
        ServerReply reply = await new ServerClient(ApiKey.From(Key), null)
            .SpeakAsync(OwnServer.Known(raw.Root()), OwnServer.Request(), "wav", CancellationToken.None);
        Assert.Contains($"points to {elsewhere.Root()}?****, which is not followed.", ErrorOf(reply).Message,
            StringComparison.Ordinal);
        Assert.Contains($"Authorization: Bearer {Key}", Assert.Single(raw.Heads), StringComparison.Ordinal);
        Assert.Empty(elsewhere.Heads);
    }

    [Fact]
    public async Task Without_a_key_none_is_sent_and_a_key_is_never_shown()
    {
        List<string> traced = [];
        using RawServer raw = Answering(400, "", $$$"""{"error":{"message":"No {{{Key}}}","code":"{{{Key}}}"}}""");
        ServerReply reply = await new ServerClient(ApiKey.From(Key), traced.Add)
            .SpeakAsync(OwnServer.Known(raw.Root()), OwnServer.Request(), "wav", CancellationToken.None);
        Assert.DoesNotContain("5ecret", ErrorOf(reply).Message + ErrorOf(reply).ErrorId, StringComparison.Ordinal);
        Assert.Equal(2, traced.Count);
        Assert.DoesNotContain(traced, line => line.Contains("5ecret", StringComparison.Ordinal));
        await SpeakAsync(raw);
        Assert.DoesNotContain("Authorization", raw.Heads[1], StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_refused_connection_has_not_sent_the_text()
    {
        using ClosedPort closed = new();
        ServerReply reply = await SpeakAsync(new Uri($"http://127.0.0.1:{closed.Port}/"));
        Assert.Equal("failed ServiceUnreachable ConnectionError down", Short(reply));
        Assert.StartsWith(
            $"http://127.0.0.1:{closed.Port} does not answer: ", ErrorOf(reply).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\nContent-Length: 1000")]
    [InlineData("HTTP/1.1 200 OK\nTransfer-Encoding: chunked")]
    [InlineData("HTTP/1.1 500 X\nContent-Length: 1000")]
    public async Task An_answer_that_breaks_off_is_a_server_that_is_down(string head)
    {
        using RawServer raw = OwnServer.Answering((_, stream) => head.Length == 0 ? Task.CompletedTask
            : RawServer.WriteAsync(stream, head, "a\r\n0123456789\r\n"u8.ToArray()));
        ServerReply reply = await SpeakAsync(raw);
        Assert.Equal("failed ServiceUnreachable ConnectionError down of text", Short(reply));
        Assert.StartsWith($"http://127.0.0.1:{raw.Port} did not finish its answer: ", ErrorOf(reply).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_crash_while_it_works_is_a_server_that_is_down()
    {
        await using Emulated emulated = await StartAsync(
            SpeechServerKind.VllmOmni, new SpeechServerSwitches { CrashText = "" });
        Assert.Equal("failed ServiceUnreachable ConnectionError down of text", Short(await SpeakAsync(emulated.Url)));
    }

    [Theory]
    [InlineData(99, false)]
    [InlineData(100, false)]
    [InlineData(101, true)]
    public async Task An_answer_that_is_too_large_is_not_read_to_its_end(int bytes, bool isRefused)
    {
        using RawServer raw = OwnServer.Answering($"HTTP/1.1 200 OK\nContent-Length: {bytes}", new byte[bytes]);
        ServerReply reply = await new ServerClient(null, null) { MaxAudioBytes = 100 }
            .SpeakAsync(OwnServer.Known(raw.Root()), OwnServer.Request(), "wav", CancellationToken.None);
        Assert.Equal(isRefused ? "refused SelfHosted.tooLarge InvalidResult" : $"audio {bytes}", Short(reply));
    }

    [Fact]
    public async Task An_error_without_an_end_is_read_to_its_limit_only()
    {
        using RawServer raw = new(async (_, _, stream, token) =>
        {
            await RawServer.WriteAsync(stream, "HTTP/1.1 500 X");
            byte[] chunk = Encoding.ASCII.GetBytes(new string('a', 8192));
            while (!token.IsCancellationRequested)
                await stream.WriteAsync(chunk, token);
        });
        Assert.InRange(ErrorOf(await SpeakAsync(raw).WaitAsync(Listening.Patience)).Message.Length, 100, 1000);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("HTTP/1.1 200 OK\nContent-Length: 1000")]
    [InlineData("HTTP/1.1 500 X\nContent-Length: 1000")]
    public async Task A_server_that_hangs_is_left_at_once_when_it_is_cancelled(string? head)
    {
        TaskCompletionSource arrived = new();
        using RawServer raw = new(async (_, _, stream, token) =>
        {
            if (head is not null)
                await RawServer.WriteAsync(stream, head, new byte[10]);
            arrived.SetResult();
            await Task.Delay(Timeout.Infinite, token);
        });
        using CancellationTokenSource stop = new();
        Task speaking = Client.SpeakAsync(OwnServer.Known(raw.Root()), OwnServer.Request(), "wav", stop.Token);
        await arrived.Task.WaitAsync(Listening.Patience);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => speaking.WaitAsync(Listening.Patience));
    }

    private static Task<Emulated> StartAsync(SpeechServerKind kind, SpeechServerSwitches switches) =>
        Emulated.StartAsync(new SpeechServerOptions { Kind = kind, Switches = switches });

    private static RawServer Answering(int status, string header, string body)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        string line = header.Length == 0 ? "" : header + "\n";
        return OwnServer.Answering($"HTTP/1.1 {status} X\n{line}Content-Length: {bytes.Length}", bytes);
    }

    private static Task<ServerReply> SpeakAsync(RawServer raw) => SpeakAsync(raw.Root());

    private static Task<ServerReply> SpeakAsync(Uri url) =>
        Client.SpeakAsync(OwnServer.Known(url), OwnServer.Request(), "wav", CancellationToken.None);

    private static TtsException ErrorOf(ServerReply reply) => reply switch
    {
        RefusedReply refused => refused.Error,
        FailedReply failed => failed.Error,
        _ => throw new InvalidOperationException(reply.ToString()),
    };

    private static string Short(ServerReply reply) => reply switch
    {
        SpeechReply audio => $"audio {audio.Bytes.Length}",
        BusyReply busy => busy.RetryAfter is { } wait ? $"busy {wait.TotalSeconds}" : "busy",
        NoEncoderReply => "no encoder",
        RefusedReply { Error: var e } => $"refused {e.ErrorId} {e.Kind}{(e.EndsPipeline ? " ends" : "")}",
        FailedReply { Error: var e } failed =>
            $"failed {e.ErrorId} {e.Kind}{(failed.IsDown ? " down" : "")}{(failed.TextMayBeCause ? " of text" : "")}",
        _ => "",
    };
}
