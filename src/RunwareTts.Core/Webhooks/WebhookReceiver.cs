using System.Globalization;
using System.Net;
using System.Net.Sockets;
using RunwareTts.Batch;

namespace RunwareTts.Webhooks;

/// <summary>
/// Listens for the results that the service posts. A delivery is answered as soon as it was read and found good, whatever the
/// pipeline is busy with; a bad one is refused, and the next one is welcome. Take belongs to the pipeline's thread.
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
    private HttpListener _listener = new() { IgnoreWriteExceptions = true };
    private WebhookRelay? _relay;
    private readonly CancellationTokenSource _stop = new();

    /// <exception cref="TtsException">InvalidRequest.Prefix, InvalidRequest.Token.</exception>
    public WebhookReceiver(WebhookOptions options)
    {
        _options = options;
        _token = WebhookToken.Parse(options.Token);
        _prefix = WebhookPrefix.Parse(options.Prefix);
        _budget = new MemoryBudget(options.MostHeld);
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
            _inbox.Tell(new BatchEvent.Warned($"{_prefix.Value} is plain http and not this machine alone: the token crosses the network in clear. Put TLS in front of it (a tunnel or a proxy that passes on to http://127.0.0.1), and choose a new token for each run."));
        _inbox.Tell(new BatchEvent.Told($"Listening on {_prefix.Value}; the service's -WebhookUrl is its public address with ?token=... at its end."));
        _ = Task.Run(AcceptAsync, CancellationToken.None);
    }

    private void Listen(string prefix)
    {
        _listener.Prefixes.Add(prefix);
        _listener.Start();
    }

    // Whatever Host a tunnel keeps: the token is the guard.
    private void StartHere()
    {
        IPAddress[] addresses = IPAddress.TryParse(_prefix.Uri.Host.Trim('[', ']'), out IPAddress? address)
            ? [address] : [IPAddress.Loopback, IPAddress.IPv6Loopback];
        int port = ListenBehind();
        _relay = new WebhookRelay(
            addresses, _prefix.Uri.Port, new IPEndPoint(IPAddress.Loopback, port), _options.BodyTime);
    }

    // HttpListener does not say which port is free: each is tried by listening on it.
    private int ListenBehind()
    {
        Random random = new();
        for (int attempt = 1; ; attempt++)
        {
            int port = random.Next(49152, 65536);
            try
            {
                Listen($"http://127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}/");
                return port;
            }
            catch (Exception e) when (e is HttpListenerException or SocketException && attempt < MaxPorts)
            {
                _listener.Abort();
                _listener = new HttpListener { IgnoreWriteExceptions = true };
            }
        }
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

        // Whoever is just connecting is told to come again by us, rather than 200 by a closing listener.
        token.WaitHandle.WaitOne(LastCalls);

        string wanted = _options.Count is { } count ? $" of {count.ToString(CultureInfo.InvariantCulture)}" : "";
        yield return new BatchEvent.Told($"{_inbox.Taken.ToString(CultureInfo.InvariantCulture)}{wanted} results came{(time.IsCancellationRequested ? $" within {_options.Timeout!.Value.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture)} s; tasks that are still open can be waited for by Wait-TtsTask" : "")}.");
    }

    /// <summary>Stops listening at once. Deliveries under way are cut off, and sent again by the service.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        // First of all: a listener that closes answers what is open with 200.
        _relay?.Dispose();
        _listener.Abort();
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
                // A caller that went away before it was let in; the listener itself goes on.
                _inbox.Tell(new BatchEvent.Told($"A connection failed: {e.Message}"));
                await Task.Delay(AfterFault).ConfigureAwait(false);
            }
        }
    }

    private async Task ServeAsync(HttpListenerContext context)
    {
        try
        {
            Refusal? refusal = !_prefix.Includes(context.Request.Url?.AbsolutePath ?? "/")
                ? new Refusal(404, $"It was not sent to {_prefix.Uri.AbsolutePath}.")
                : context.Request.HttpMethod == "POST" ? _token.Check(context.Request.RawUrl)
                    : new Refusal(405, "Only POST is taken.");
            bool known = refusal is null;
            refusal ??= await ReceiveAsync(context).ConfigureAwait(false);
            if (refusal is null)
                return;
            _inbox.Tell(new BatchEvent.Told($"A delivery from {context.Request.RemoteEndPoint?.Address} was refused with HTTP {refusal.Status}: {refusal.Why}"));
            await WebhookAnswer.RefuseAsync(context, refusal, known ? _options : null).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            if (!_stop.IsCancellationRequested)
                _inbox.Tell(new BatchEvent.Told($"A delivery broke off: {_token.Mask(e.Message)}"));
            context.Response.Abort();
        }
    }

    private async Task<Refusal?> ReceiveAsync(HttpListenerContext context)
    {
        using WebhookBody body = new(_options, _budget);
        if (await body.ReadAsync(context.Request.InputStream, context.Request.ContentLength64, _stop.Token).ConfigureAwait(false) is { } refusal)
            return refusal;
        if (WebhookItem.ReadAll(body.Content, out Refusal? unreadable) is not { } items)
            return unreadable;

        Reception reception = _inbox.Receive(items, out List<WebhookItem> fresh);
        if (reception == Reception.Closed)
            return new Refusal(503, "This listener has all that it waited for.");
        if (reception == Reception.Repeated)
            _inbox.Tell(new BatchEvent.Told("A delivery that had come before was dropped."));
        if (reception != Reception.Taken)
        {
            WebhookAnswer.Accept(context.Response);
            return null;
        }

        // Answered first: it may be the last one, after which nobody listens any more. Its events come whatever became of the answer.
        try
        {
            WebhookAnswer.Accept(context.Response);
            return null;
        }
        finally
        {
            _inbox.Deliver([.. fresh.Select(item => EventOf(item))], body.HandOver());
        }
    }

    private BatchEvent EventOf(WebhookItem item)
    {
        try
        {
            return item.ToEvent(_token);
        }
        catch (Exception e)
        {
            return new BatchEvent.Failed(Errors.Unexpected(e), null);
        }
    }
}
