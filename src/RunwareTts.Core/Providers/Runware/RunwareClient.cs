using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using RunwareTts.Providers.Http;

namespace RunwareTts.Providers.Runware;

/// <summary>Posts a JSON array of tasks and reads the answer.</summary>
/// <param name="endpoint">Where the tasks are sent, and the key with them.</param>
/// <param name="key">The key. Only when something is to be sent, null is an error.</param>
/// <param name="keyElsewhere">The endpoint that the session's key belongs to, if it is not this one.</param>
/// <param name="trace">Gets the JSON that is sent and comes back, without secrets.</param>
public sealed class RunwareClient(Uri endpoint, ApiKey? key, string? keyElsewhere = null, Action<string>? trace = null)
{
    // A sync task that takes longer goes on without us and is then polled for. All else is answered at once.
    private static readonly TimeSpan SyncTime = TimeSpan.FromSeconds(100);
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(30);

    // A clip in a request takes a slow line some minutes.
    private const int MinBytesPerSecond = 50_000;

    public Uri Endpoint => endpoint;

    internal ApiKey Key => key ?? throw Errors.ApiKeyMissing(keyElsewhere, endpoint);

    public async Task PingAsync(CancellationToken token)
    {
        WireAnswer answer = await SendAsync(new WireCall(WireRequest.Ping()), token).ConfigureAwait(false);
        if (answer.FirstError is { } error)
            throw error;
    }

    /// <exception cref="TtsException">
    /// ServiceUnreachable without an answer; Runware.… for one that cannot be read.
    /// </exception>
    internal async Task<WireAnswer> SendAsync(WireCall call, CancellationToken token)
    {
        string json = new JsonArray(call.Tasks).ToJsonString();
        byte[] body = Encoding.UTF8.GetBytes(json);
        using HttpRequestMessage request = new(HttpMethod.Post, endpoint);
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        Trace($"POST {endpoint}", json);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Key.Reveal());
        if (call.IsDryRun)
            request.Headers.Add("X-Runware-Dry-Run", "1");
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(token);
        TimeSpan time = (call.IsSync ? SyncTime : AnswerTime) + TimeSpan.FromSeconds(body.Length / MinBytesPerSecond);
        patience.CancelAfter(time);
        bool isAnswered = false;
        try
        {
            using HttpResponseMessage response =
                await HttpConnections.SendAsync(request, patience.Token).ConfigureAwait(false);
            isAnswered = true;
            return await ReadAsync(response, call, patience.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException
            or ObjectDisposedException or OperationCanceledException)
        {
            token.ThrowIfCancellationRequested();
            TimeSpan? waited = patience.IsCancellationRequested ? time : null;
            throw isAnswered ? Errors.AnswerLost(endpoint, e, waited)
                : NetworkFault.ProxyRefusal(e) is { } status ? Errors.ProxyRefused(endpoint, status, e)
                : Errors.Unanswered(endpoint, e, waited, NetworkFault.MayHaveArrived(e));
        }
    }

    private void Trace(string what, string json) => trace?.Invoke($"{what} {WireTrace.Mask(json, key)}");

    private async Task<WireAnswer> ReadAsync(HttpResponseMessage response, WireCall call, CancellationToken token)
    {
        int status = (int)response.StatusCode;
        WireContext context = new(status, HttpConnections.RetryAfter(response), call.Only, call.Asked, key);
        if (status is >= 300 and < 400)
            throw RunwareException.From(WireError.Unreadable(
                $"{endpoint} answered HTTP {status} and points to {HttpConnections.LocationOf(response)}", context));
        try
        {
            using Stream body = await HttpConnections.ReadAsync(response, token).ConfigureAwait(false);
            using JsonDocument document = await JsonDocument.ParseAsync(body, default, token).ConfigureAwait(false);
            if (trace is not null)
                Trace($"HTTP {status}", document.RootElement.GetRawText());
            WireAnswer answer = WireAnswer.Read(document.RootElement, context);
            if (status < 300 || answer.Unaddressed.Count > 0 || answer.Tasks.Values.Any(t => t.Errors.Count > 0))
                return answer;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException and not ObjectDisposedException)
        {
            // Not the service's words; the status and the type of the page are all there is to say.
        }

        string type = response.Content.Headers.ContentType?.MediaType ?? "no content type";
        throw RunwareException.From(WireError.Unreadable(
            $"{endpoint.Host} answered HTTP {status} with {type} and no task that can be read", context));
    }
}

/// <summary>Tasks that are sent together.</summary>
internal sealed record WireCall(params JsonObject[] Tasks)
{
    /// <summary>The id, where one task of speech is sent.</summary>
    public Guid? Only { get; init; }

    /// <summary>The id, where one task is asked for.</summary>
    public Guid? Asked { get; init; }

    /// <summary>The answer comes when the task is done.</summary>
    public bool IsSync { get; init; }

    /// <summary>The tasks are checked and priced, not run and not charged.</summary>
    public bool IsDryRun { get; init; }
}
