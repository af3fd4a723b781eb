using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using RunwareTts.Audio;
using RunwareTts.Catalog;
using RunwareTts.Providers.Http;

namespace RunwareTts.Providers.SelfHosted;

/// <summary>Sends requests to servers and reads what they answer.</summary>
/// <param name="key">Sent with each request; null for none.</param>
/// <param name="trace">Gets what is sent and comes back, without secrets; null for none.</param>
internal sealed class ServerClient(ApiKey? key, Action<string>? trace)
{
    public const string SpeechPath = "v1/audio/speech";
    private const int MaxWords = 64 * 1024;

    // As long as the longest speech takes on a server that needs four times its length for it.
    private const int RealTimes = 4;
    private static readonly TimeSpan MinPatience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan QuestionTime = TimeSpan.FromSeconds(10);

    /// <summary>Bytes. Far above any speech, and low enough that no server can fill the memory.</summary>
    public long MaxAudio { get; init; } = 256L * 1024 * 1024;

    /// <summary>Asks for speech.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<ServerReply> SpeakAsync(
        SpeechServer server, ServerRequest request, string format, CancellationToken token)
    {
        string json = request.For(server.Profile!, format).ToJsonString();
        using HttpRequestMessage message = new(HttpMethod.Post, server.At(SpeechPath));
        message.Content = Json(json);
        Trace($"POST {message.RequestUri}", json);
        TimeSpan patience = PatienceFor(request.TokenCap);
        using CancellationTokenSource time = CancellationTokenSource.CreateLinkedTokenSource(token);
        time.CancelAfter(patience);
        bool isAnswered = false;
        try
        {
            using HttpResponseMessage response = await SendAsync(message, time.Token).ConfigureAwait(false);
            isAnswered = true;
            return response.IsSuccessStatusCode
                ? await ReadAudioAsync(server, response, request.TokenCap, time.Token).ConfigureAwait(false)
                : await ReadErrorAsync(server, response, request, time.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (IsOfNetwork(e))
        {
            token.ThrowIfCancellationRequested();
            string why = time.IsCancellationRequested ? NoDataFor(patience) : Innermost(e);
            return isAnswered || NetworkFault.MayHaveArrived(e)
                ? new FailedReply(Errors.ServerBroke(server.Name, why, e)) { IsDown = true }
                : new FailedReply(Errors.ServerNotReached(server.Name, why, e))
                    { IsDown = true, IsOfText = false };
        }
    }

    /// <summary>Asks a server about itself.</summary>
    /// <param name="server">The server.</param>
    /// <param name="path">The page.</param>
    /// <param name="token">Ends the wait.</param>
    /// <param name="isPost">An empty object is posted.</param>
    /// <returns>What it answers; a redirect is not followed.</returns>
    /// <exception cref="TtsException">ServiceUnreachable; or the key is refused.</exception>
    public async Task<ServerPage> AskAsync(
        SpeechServer server, string path, CancellationToken token, bool isPost = false)
    {
        using HttpRequestMessage message = new(isPost ? HttpMethod.Post : HttpMethod.Get, server.At(path));
        if (isPost)
            message.Content = Json("{}");
        Trace($"{message.Method} {message.RequestUri}", "");
        using CancellationTokenSource time = CancellationTokenSource.CreateLinkedTokenSource(token);
        time.CancelAfter(QuestionTime);
        try
        {
            using HttpResponseMessage response = await SendAsync(message, time.Token).ConfigureAwait(false);
            int status = (int)response.StatusCode;
            string words = await ReadWordsAsync(response, time.Token).ConfigureAwait(false);
            return status is 401 or 403 ? throw Errors.ServerKeyRefused(
                server.Name, status, ServerError.Read(words, key).Message)
                : new ServerPage(status, TryJson(words))
                {
                    IsWeb = words.TrimStart().StartsWith('<'),
                    Location = status is >= 300 and < 400 ? HttpConnections.LocationOf(response) : null,
                };
        }
        catch (Exception e) when (IsOfNetwork(e))
        {
            token.ThrowIfCancellationRequested();
            string why = time.IsCancellationRequested ? NoDataFor(QuestionTime) : Innermost(e);
            throw Errors.ServerNotReached(server.Name, why, e);
        }
    }

    private static ByteArrayContent Json(string json)
    {
        ByteArrayContent content = new(Encoding.UTF8.GetBytes(json));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, CancellationToken token)
    {
        if (key is not null)
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key.Reveal());
        return HttpConnections.SendAsync(message, token);
    }

    private async Task<ServerReply> ReadAudioAsync(
        SpeechServer server, HttpResponseMessage response, int cap, CancellationToken token)
    {
        using Stream body = await HttpConnections.ReadAsync(response, token).ConfigureAwait(false);
        using MemoryStream audio = new();
        byte[] buffer = new byte[81920];
        while (await body.ReadAsync(buffer.AsMemory(), token).ConfigureAwait(false) is var read and > 0)
        {
            if (audio.Length + read > MaxAudio)
                return new RefusedReply(Errors.ServerAnswer("tooLarge", TtsErrorKind.InvalidResult,
                    $"{server.Name} answered with more than {MaxAudio} bytes, as no speech has."));
            audio.Write(buffer, 0, read);
        }

        Trace($"HTTP {(int)response.StatusCode} from {server.Name}",
            FormattableString.Invariant($"{audio.Length} bytes"));
        byte[] bytes = audio.ToArray();
        return ForeignFile.IsText(bytes.AsSpan(0, Math.Min(bytes.Length, ForeignFile.Reach)))
            ? new FailedReply(Errors.ServerAnswer("noAudio", TtsErrorKind.InvalidResult,
                bytes.Length == 0 ? $"{server.Name} answered HTTP {(int)response.StatusCode} without any audio."
                    : $"{server.Name} answered with words in place of audio: "
                    + Sentence.End(ServerError.Read(Encoding.UTF8.GetString(bytes), key).Message)))
            : new SpeechReply(bytes, IsCut(response, cap));
    }

    // vLLM-Omni counts the tokens, SGLang-Omni names the reason.
    private static bool? IsCut(HttpResponseMessage response, int cap) =>
        HeaderOf(response, "X-Finish-Reason") is { } reason
            ? reason.Equals("length", StringComparison.OrdinalIgnoreCase)
        : int.TryParse(HeaderOf(response, "x-vllm-omni-output-tokens"), NumberStyles.None,
            CultureInfo.InvariantCulture, out int tokens) ? tokens >= cap
        : null;

    private static string? HeaderOf(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? values.First().Trim() : null;

    private async Task<ServerReply> ReadErrorAsync(
        SpeechServer server, HttpResponseMessage response, ServerRequest request, CancellationToken token)
    {
        int status = (int)response.StatusCode;
        string words = await ReadWordsAsync(response, token).ConfigureAwait(false);
        Trace($"HTTP {status} from {server.Name}", words);
        ServerError error = ServerError.Read(words, key);
        TimeSpan? wait = HttpConnections.RetryAfter(response);
        string said = $"{server.Name} answered HTTP {status}: {Sentence.End(error.Message)}";
        return status switch
        {
            >= 300 and < 400 => new FailedReply(Errors.ServerAnswer($"http{status}", TtsErrorKind.ConnectionError,
                Errors.PointsElsewhere($"{server.Name} answered HTTP {status}", HttpConnections.LocationOf(response))))
                { IsDown = true },
            407 or 511 => new RefusedReply(Errors.ServerAnswer($"http{status}", TtsErrorKind.AuthenticationError,
                $"{said} {(status == 407 ? NetworkAdvice.Proxy : NetworkAdvice.SignIn)}", endsPipeline: true)),
            401 or 403 => new RefusedReply(Errors.ServerKeyRefused(server.Name, status, error.Message)),
            503 when error.Field == "response_format" => new NoEncoderReply(),
            429 or 503 => new BusyReply(wait),
            400 or 422 when error.IsTooLong && InstructionsOf(request) is var (parameter, length) =>
                new RefusedReply(Errors.InstructionsTooLong(
                    parameter, server.Name, length, error.Message, FlagOf(server))),
            400 or 404 or 422 when error.IsOtherModel => new FailedReply(Errors.ServesOther(
                server.Name, $"another model ({error.Message.TrimEnd('.')})", server.Model.Name))
                { IsDown = true, IsOfText = false },
            404 or 405 => new FailedReply(Errors.ServerAnswer(CodeOf(error, status),
                TtsErrorKind.ObjectNotFound, $"{said} There is no speech server at this address."))
                { IsDown = true },
            408 or 502 or 504 => new FailedReply(Errors.ServerAnswer(
                CodeOf(error, status), TtsErrorKind.ResourceUnavailable, said)) { IsDown = true },
            >= 500 => new FailedReply(Errors.ServerAnswer(
                CodeOf(error, status), TtsErrorKind.ResourceUnavailable, said)),
            _ => new RefusedReply(Errors.ServerAnswer(CodeOf(error, status),
                status == 413 ? TtsErrorKind.LimitsExceeded : TtsErrorKind.InvalidArgument,
                $"{said}{(error.Field is { } field ? $" It is about the field {field}." : "")} Change the row.")),
        };
    }

    private static string CodeOf(ServerError error, int status) =>
        string.Concat((error.Code ?? "").Where(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.')) is
            { Length: > 0 } code ? code : $"http{status}";

    private static (string Parameter, int Length)? InstructionsOf(ServerRequest request) =>
        request.Request switch
        {
            { IsClone: true } => null,
            { VoiceDescription: { } description } => ("VoiceDescription", description.Length),
            { Style: { } style } => ("Style", style.Length),
            _ => null,
        };

    private static string? FlagOf(SpeechServer server) =>
        server.Profile?.Kind == ServerKind.VllmOmni ? "vllm serve ... --tts-max-instructions-length" : null;

    private static async Task<string> ReadWordsAsync(HttpResponseMessage response, CancellationToken token)
    {
        using Stream body = await HttpConnections.ReadAsync(response, token).ConfigureAwait(false);
        byte[] buffer = new byte[MaxWords];
        int filled = 0;
        for (int read = 1; read > 0 && filled < buffer.Length; filled += read)
            read = await body.ReadAsync(buffer.AsMemory(filled), token).ConfigureAwait(false);
        return Encoding.UTF8.GetString(buffer, 0, filled);
    }

    private static JsonElement? TryJson(string words)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(words);
            return json.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static TimeSpan PatienceFor(int cap)
    {
        TimeSpan time = TimeSpan.FromSeconds((double)(cap / SpeechCatalog.Limits.TokensPerSecond) * RealTimes);
        return time > MinPatience ? time : MinPatience;
    }

    private static bool IsOfNetwork(Exception e) => e is HttpRequestException or IOException or InvalidDataException
        or ObjectDisposedException or OperationCanceledException;

    private static string NoDataFor(TimeSpan time) =>
        FormattableString.Invariant($"no data for {time.TotalSeconds:0} s");

    private static string Innermost(Exception e) => e.InnerException is { } inner ? Innermost(inner) : e.Message;

    private void Trace(string what, string words) => trace?.Invoke($"{what} {WireTrace.Mask(words, key)}".TrimEnd());
}
