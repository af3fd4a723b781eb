using System.Globalization;
using System.Net;
using System.Net.Sockets;
using RunwareTts.Batch;

namespace RunwareTts.Webhooks;

/// <summary>
/// Listens for the results that the service posts. A delivery is answered as soon as it was read and found good,
/// whatever the pipeline is busy with; a bad one is refused, and the next one is welcome. Take belongs to the
/// pipeline's thread.
/// </summary>
public sealed class WebhookReceiver : IDisposable
{
    private const int MaxPorts = 50;
    private static readonly TimeSpan AfterFault = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LastCalls = TimeSpan.FromMilliseconds(100);

    private readonly WebhookOptions _options;
    private readonly WebhookPrefix _prefix;
    private readonly WebhookToken _token;
    private readonly MemoryBudget _budget;
    private readonly WebhookInbox _inbox;
    private readonly CancellationTokenSource _stop = new();
    private HttpListener _listener = new() { IgnoreWriteExceptions = true };
    private WebhookRelay? _relay;

    /// <exception cref="TtsException">InvalidRequest.Prefix, InvalidRequest.Token.</exception>
    public WebhookReceiver(WebhookOptions options)
    {
        _options = options;
        _token = WebhookToken.Parse(options.Token);
        _prefix = WebhookPrefix.Parse(options.Prefix);
        _budget = new MemoryBudget(options.MaxHeld);
        _inbox = new WebhookInbox(options, _budget);
    }

    /// <summary>Listens from here on.</summary>
    /// <exception cref="TtsException">PrefixInUse, PrefixDenied, PrefixUnavailable.</exception>
    public void Start()
    {
        try
        {
            if (_prefix.IsHere)
                StartHere();
            else
                Listen(_prefix.Value);
        }
        catch (Exception e) when (e is HttpListenerException or ArgumentException or SocketException)
        {
            throw _prefix.Refused(e);
        }

        if (_prefix.IsClear)
            _inbox.Post(new BatchEvent.Warned($"{_prefix.Value} is plain http, and other machines can reach it: "
                + "the token crosses the network unencrypted. Put TLS in front of it (a tunnel or a proxy that "
                + "forwards to http://127.0.0.1), and choose a new token for each run."));
        Log($"Listening on {_prefix.Value}; the service's -WebhookUrl is its public address with ?token=... "
            + "at its end.");
        _ = Task.Run(AcceptAsync, CancellationToken.None);
    }

    /// <summary>What comes, as it comes, until Count or Timeout.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IEnumerable<BatchEvent> Take(CancellationToken token)
    {
        using CancellationTokenSource time = new();
        if (_options.Timeout is { } timeout)
            time.CancelAfter(timeout);
        foreach (BatchEvent happened in _inbox.Take(time.Token, token))
            yield return happened;

        // A sender that is just connecting gets 503 from here; the listener would answer 200 when it closes.
        token.WaitHandle.WaitOne(LastCalls);
        yield return new BatchEvent.Verbose(Summary(time.IsCancellationRequested));
    }

    /// <summary>Stops listening at once. Deliveries under way are cut off, and sent again by the service.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        // First of all: a listener that closes answers open requests with 200.
        _relay?.Dispose();
        _listener.Abort();
    }

    private void Log(string message) => _inbox.Post(new BatchEvent.Verbose(message));

    private string Summary(bool isTimeOver)
    {
        string received = string.Format(CultureInfo.InvariantCulture,
            _options.Count is null ? "{0} results were received" : "{0} of {1} results were received",
            _inbox.Received, _options.Count);
        return !isTimeOver ? received + "." : string.Format(CultureInfo.InvariantCulture,
            "{0} within {1:0.###} s; wait for open tasks with Wait-TtsTask.",
            received, _options.Timeout!.Value.TotalSeconds);
    }

    private void Listen(string prefix)
    {
        _listener.Prefixes.Add(prefix);
        _listener.Start();
    }

    // A tunnel may keep any Host: the token is the guard.
    private void StartHere()
    {
        IPAddress[] addresses = IPAddress.TryParse(_prefix.Uri.Host.Trim('[', ']'), out IPAddress? address)
            ? [address] : [IPAddress.Loopback, IPAddress.IPv6Loopback];
        IPEndPoint target = new(IPAddress.Loopback, ListenBehind());
        _relay = new WebhookRelay(addresses, _prefix.Uri.Port, target, _options.BodyTime);
    }

    // HttpListener does not say which port is free: each is tried by listening on it.
    private int ListenBehind()
    {
        Random random = new();
        for (int tries = 1; ; tries++)
        {
            int port = random.Next(49152, 65536);
            try
            {
                Listen($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}/");
                return port;
            }
            catch (Exception e) when (e is HttpListenerException or SocketException && tries < MaxPorts)
            {
                _listener.Abort();
                _listener = new HttpListener { IgnoreWriteExceptions = true };
            }
        }
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                HttpListenerContext context = await _listener.GetContextAsync().ConfigureAwait(false);
                WebhookAnswer.Prepare(context.Response);
                _ = Task.Run(() => ServeAsync(context), CancellationToken.None);
            }
            catch (Exception) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // A sender that went away before it was accepted; the listener itself goes on.
                Log($"A connection failed: {e.Message}");
                await Task.Delay(AfterFault).ConfigureAwait(false);
            }
        }
    }

    private async Task ServeAsync(HttpListenerContext context)
    {
        try
        {
            WebhookRefusal? stranger = Check(context.Request);
            if ((stranger ?? await ReceiveAsync(context).ConfigureAwait(false)) is not { } refusal)
                return;
            Log($"A delivery from {context.Request.RemoteEndPoint?.Address} was refused with HTTP "
                + $"{refusal.Status}: {refusal.Why}");
            await WebhookAnswer.RefuseAsync(context, refusal, stranger is null ? _options : null)
                .ConfigureAwait(false);
        }
        catch (Exception e)
        {
            if (!_stop.IsCancellationRequested)
                Log($"A delivery broke off: {_token.Mask(e.Message)}");
            context.Response.Abort();
        }
    }

    private WebhookRefusal? Check(HttpListenerRequest request) =>
        !_prefix.Includes(request.Url?.AbsolutePath ?? "/")
            ? new WebhookRefusal(404, $"It was not sent to {_prefix.Uri.AbsolutePath}.")
        : request.HttpMethod != "POST" ? new WebhookRefusal(405, "Only POST is allowed.")
        : _token.Check(request.RawUrl);

    private async Task<WebhookRefusal?> ReceiveAsync(HttpListenerContext context)
    {
        using WebhookBody body = new(_options, _budget);
        HttpListenerRequest request = context.Request;
        if (await body.ReadAsync(request.InputStream, request.ContentLength64, _stop.Token).ConfigureAwait(false)
            is { } refusal)
            return refusal;
        if (WebhookItem.ReadAll(body.Content, out WebhookRefusal? unreadable) is not { } items)
            return unreadable;
        if (_inbox.Receive(items) is not { } fresh)
            return new WebhookRefusal(503, "This listener has received all that it waits for.");
        try
        {
            // Answered first: it may be the last delivery, after which the listener closes.
            WebhookAnswer.Accept(context.Response);
        }
        finally
        {
            // Whatever became of the answer.
            if (fresh.Count > 0)
                _inbox.Deliver([.. fresh.Select(ToEvent)], body.HandOver());
        }

        if (fresh.Count == 0 && items.Count > 0)
            Log("A delivery that was received before was dropped.");
        return null;
    }

    private BatchEvent ToEvent(WebhookItem item)
    {
        try
        {
            return item.ToEvent(_token);
        }
        catch (Exception e)
        {
            return new BatchEvent.RowFailed(Errors.Unexpected(e), null);
        }
    }
}
