using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using RunwareTts.Audio;
using RunwareTts.Catalog;
using RunwareTts.Providers.Http;

namespace RunwareTts.Providers.SelfHosted;

/// <summary>Sends requests to servers and reads their answers.</summary>
/// <param name="key">Sent with each request; null for none.</param>
/// <param name="trace">Gets what is sent and comes back, without secrets; null for none.</param>
internal sealed class ServerClient(ApiKey? key, Action<string>? trace)
{
    public const string SpeechPath = "v1/audio/speech";
    private const int MaxTextBytes = 64 * 1024;

    // The slowest server that is waited for: seconds for a second of speech.
    private const int MaxRealTimeFactor = 4;
    private static readonly TimeSpan MinTimeout = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan QueryTimeout = TimeSpan.FromSeconds(10);

    /// <summary>Far above any speech, and low enough that no server can fill the memory.</summary>
    public long MaxAudioBytes { get; init; } = 256L * 1024 * 1024;

    /// <summary>Asks for speech.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<ServerReply> SpeakAsync(
        SpeechServer server, ServerRequest request, string format, CancellationToken token)
    {
        string json = request.ToJson(server.Profile!, format).ToJsonString();
        using HttpRequestMessage message = new(HttpMethod.Post, server.At(SpeechPath));
        message.Content = Json(json);
        Trace($"POST {message.RequestUri}", json);
        TimeSpan timeout = TimeoutFor(request.TokenCap);
        using CancellationTokenSource time = CancellationTokenSource.CreateLinkedTokenSource(token);
        time.CancelAfter(timeout);
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
            string why = time.IsCancellationRequested ? NoDataFor(timeout) : Innermost(e);
            return isAnswered || NetworkFault.MayHaveArrived(e)
                ? new FailedReply(Errors.ServerBroke(server.Name, why, e)) { IsDown = true }
                : new FailedReply(Errors.ServerNotReached(server.Name, why, e))
                    { IsDown = true, TextMayBeCause = false };
        }
    }

    /// <summary>Asks a server about itself.</summary>
    /// <param name="server">The server.</param>
    /// <param name="path">The path, such as v1/models.</param>
    /// <param name="token">Ends the wait.</param>
    /// <param name="isPost">An empty object is posted.</param>
    /// <returns>What it answers; a redirect is not followed.</returns>
    /// <exception cref="TtsException">ServiceUnreachable; or the key is refused.</exception>
    public async Task<ServerPage> QueryAsync(
        SpeechServer server, string path, CancellationToken token, bool isPost = false)
    {
        using HttpRequestMessage message = new(isPost ? HttpMethod.Post : HttpMethod.Get, server.At(path));
        if (isPost)
            message.Content = Json("{}");
        Trace($"{message.Method} {message.RequestUri}", "");
        using CancellationTokenSource time = CancellationTokenSource.CreateLinkedTokenSource(token);
        time.CancelAfter(QueryTimeout);
        try
        {
            using HttpResponseMessage response = await SendAsync(message, time.Token).ConfigureAwait(false);
            int status = (int)response.StatusCode;
            string text = await ReadTextAsync(response, time.Token).ConfigureAwait(false);
            return status is 401 or 403 ? throw Errors.ServerKeyRefused(
                server.Name, status, ServerError.Read(text, key).Message)
                : new ServerPage(status, TryJson(text))
                {
                    IsWeb = text.TrimStart().StartsWith('<'),
                    Location = status is >= 300 and < 400 ? HttpConnections.LocationOf(response) : null,
                };
        }
        catch (Exception e) when (IsOfNetwork(e))
        {
            token.ThrowIfCancellationRequested();
            string why = time.IsCancellationRequested ? NoDataFor(QueryTimeout) : Innermost(e);
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
            if (audio.Length + read > MaxAudioBytes)
                return new RefusedReply(Errors.ServerAudioTooLarge(server.Name, MaxAudioBytes));
            audio.Write(buffer, 0, read);
        }

        Trace($"HTTP {(int)response.StatusCode} from {server.Name}",
            FormattableString.Invariant($"{audio.Length} bytes"));
        byte[] bytes = audio.ToArray();
        return bytes.Length == 0 ? new FailedReply(Errors.ServerSentNothing(server.Name))
            : ForeignFile.IsText(bytes.AsSpan(0, Math.Min(bytes.Length, ForeignFile.Reach)))
            ? new FailedReply(Errors.ServerSentText(
                server.Name, ServerError.Read(Encoding.UTF8.GetString(bytes), key).Message))
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
        string text = await ReadTextAsync(response, token).ConfigureAwait(false);
        Trace($"HTTP {(int)response.StatusCode} from {server.Name}", text);
        return ErrorReply.Of(server, request, response, ServerError.Read(text, key));
    }

    private static async Task<string> ReadTextAsync(HttpResponseMessage response, CancellationToken token)
    {
        using Stream body = await HttpConnections.ReadAsync(response, token).ConfigureAwait(false);
        byte[] buffer = new byte[MaxTextBytes];
        int filled = 0;
        for (int read = 1; read > 0 && filled < buffer.Length; filled += read)
            read = await body.ReadAsync(buffer.AsMemory(filled), token).ConfigureAwait(false);
        return Encoding.UTF8.GetString(buffer, 0, filled);
    }

    private static JsonElement? TryJson(string text)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(text);
            return json.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static TimeSpan TimeoutFor(int cap)
    {
        TimeSpan time = TimeSpan.FromSeconds((double)(cap / SpeechCatalog.Limits.TokensPerSecond) * MaxRealTimeFactor);
        return time > MinTimeout ? time : MinTimeout;
    }

    private static bool IsOfNetwork(Exception e) => e is HttpRequestException or IOException or InvalidDataException
        or ObjectDisposedException or OperationCanceledException;

    private static string NoDataFor(TimeSpan time) =>
        FormattableString.Invariant($"no data for {time.TotalSeconds:0} s");

    private static string Innermost(Exception e) => e.InnerException is { } inner ? Innermost(inner) : e.Message;

    private void Trace(string what, string body) => trace?.Invoke($"{what} {WireTrace.Mask(body, key)}".TrimEnd());
}
