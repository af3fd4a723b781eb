using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace RunwareTts.Providers.Runware;

/// <summary>One POST of a JSON array of tasks, and the reading of whatever comes back.</summary>
/// <param name="endpoint">Where the tasks go, and the key with them.</param>
/// <param name="key">The key; null is found out when something is to be sent.</param>
/// <param name="keyElsewhere">The endpoint of a key that is there and does not go here.</param>
/// <param name="trace">Told the JSON that is sent and comes back, without secrets.</param>
public sealed class RunwareClient(Uri endpoint, ApiKey? key, string? keyElsewhere = null, Action<string>? trace = null)
{
    // A sync task that takes longer goes on without us and is then polled for. All else is answered at once.
    private static readonly TimeSpan SyncTime = TimeSpan.FromSeconds(100);
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(30);

    public Uri Endpoint => endpoint;

    internal ApiKey Key => key ?? throw Errors.ApiKeyMissing(keyElsewhere, endpoint);

    public async Task PingAsync(CancellationToken token)
    {
        WireAnswer answer = await SendAsync(WireRequest.Ping, token).ConfigureAwait(false);
        if (answer.FirstError is { } error)
            throw error;
    }

    /// <param name="writeTasks">Writes the tasks of the array.</param>
    /// <param name="token">Stops waiting.</param>
    /// <param name="only">The id, where one task of speech is sent.</param>
    /// <param name="asked">The id, where one task is asked for.</param>
    /// <param name="sync">The answer comes when the task is done.</param>
    /// <param name="dryRun">The tasks are checked and priced, not run and not charged.</param>
    /// <exception cref="TtsException">ServiceUnreachable without an answer; Runware.… for one that cannot be read.</exception>
    internal async Task<WireAnswer> SendAsync(Action<Utf8JsonWriter> writeTasks, CancellationToken token, Guid? only = null, Guid? asked = null, bool sync = false, bool dryRun = false)
    {
        byte[] json = Body(writeTasks);
        using HttpRequestMessage request = new(HttpMethod.Post, endpoint) { Content = new ByteArrayContent(json) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        Trace($"POST {endpoint}", () => Encoding.UTF8.GetString(json));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Key.Reveal());
        if (dryRun)
            request.Headers.Add("X-Runware-Dry-Run", "1");
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(token);
        TimeSpan time = sync ? SyncTime : AnswerTime;
        patience.CancelAfter(time);
        bool answered = false;
        try
        {
            using HttpResponseMessage response = await RunwareHttp.SendAsync(request, patience.Token).ConfigureAwait(false);
            answered = true;
            return await ReadAsync(response, only, asked, patience.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException or ObjectDisposedException or OperationCanceledException)
        {
            token.ThrowIfCancellationRequested();
            TimeSpan? waited = patience.IsCancellationRequested ? time : null;
            throw answered ? Errors.AnswerLost(endpoint, e, waited)
                : NetworkFault.ProxyRefusal(e) is { } status ? Errors.ProxyRefused(endpoint, status, e)
                : Errors.Unanswered(endpoint, e, waited, NetworkFault.MayHaveArrived(e));
        }
    }

    private static byte[] Body(Action<Utf8JsonWriter> writeTasks)
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartArray();
            writeTasks(json);
            json.WriteEndArray();
        }

        return buffer.ToArray();
    }

    private void Trace(string what, Func<string> json) => trace?.Invoke($"{what} {WireTrace.Shown(json(), key)}");

    private async Task<WireAnswer> ReadAsync(HttpResponseMessage response, Guid? only, Guid? asked, CancellationToken token)
    {
        int status = (int)response.StatusCode;
        WireContext context = new(status, RunwareHttp.RetryAfter(response), only, asked, key);
        if (status is >= 300 and < 400)
            throw RunwareException.From(WireError.Unreadable(
                $"{endpoint} answered HTTP {status} and points to {RunwareHttp.LocationOf(response)}", context));
        try
        {
            using Stream body = await RunwareHttp.ReadAsync(response, token).ConfigureAwait(false);
            using JsonDocument document = await JsonDocument.ParseAsync(body, default, token).ConfigureAwait(false);
            Trace($"HTTP {status}", document.RootElement.GetRawText);
            WireAnswer answer = WireAnswer.Read(document.RootElement, context);
            if (status < 300 || answer.Unaddressed.Count > 0 || answer.Tasks.Values.Any(t => t.Errors.Count > 0))
                return answer;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException and not ObjectDisposedException)
        {
            // Not the service's words; the status and the type of the page are all there is to say.
        }

        string type = response.Content.Headers.ContentType?.MediaType ?? "no content type";
        throw RunwareException.From(WireError.Unreadable($"{endpoint.Host} answered HTTP {status} with {type} and no task that can be read", context));
    }
}
