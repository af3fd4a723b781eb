using System.Net;
using System.Net.Sockets;
using RunwareTts.Batch;
using RunwareTts.Webhooks;

namespace RunwareTts.Tests.Providers.Runware;

/// <summary>A receiver on a port of its own, and what it gives, taken as the pipeline would take it.</summary>
internal sealed class Listening : IDisposable
{
    public const string Token = "0123456789abcdef0123456789abcdef";

    /// <summary>Far beyond any slowness: a test that reaches it hangs.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly HttpClient Http = new() { Timeout = Patience };
    private readonly WebhookReceiver _receiver;
    private readonly CancellationTokenSource _stop = new();

    /// <param name="change">Other options than the usual ones.</param>
    /// <param name="port">A port that is known to be free.</param>
    /// <param name="take">Whether the pipeline takes what comes; otherwise it is busy until <see cref="Take"/>.</param>
    public Listening(Func<WebhookOptions, WebhookOptions>? change = null, int? port = null, bool take = true)
    {
        (Port, _receiver) = port is { } known
            ? (known, Start(known, change))
            : Loopback.Start(free => (free, Start(free, change)), e => e is TtsException { ErrorId: "PrefixInUse" });
        Events = take ? Task.Run(() => Take().ToList()) : Task.FromResult<List<BatchEvent>>([]);
    }

    public int Port { get; }

    public string Url => $"http://127.0.0.1:{Port}/hook?token={Token}";

    /// <summary>All that came, when Count or Timeout has ended it.</summary>
    public Task<List<BatchEvent>> Events { get; }

    public static string Item(Guid? task = null, string? audio = null, string rest = "") =>
        $$"""{"taskType":"audioInference","taskUUID":"{{task ?? Guid.NewGuid()}}","audioUUID":"{{audio ?? Guid.NewGuid().ToString()}}","audioURL":"https://am.example/a.ogg","cost":0.0004{{rest}}}""";

    public IEnumerable<BatchEvent> Take() => _receiver.Take(_stop.Token);

    public async Task<HttpStatusCode> PostAsync(string body, string? url = null) => await SendAsync(HttpMethod.Post, new StringContent(body), url);

    public async Task<HttpStatusCode> SendAsync(HttpMethod method, HttpContent? content, string? url = null)
    {
        using HttpRequestMessage request = new(method, url ?? Url) { Content = content };
        using HttpResponseMessage response = await Http.SendAsync(request);
        return response.StatusCode;
    }

    /// <summary>A connection of the test's own, for what an HttpClient would not send.</summary>
    public async Task<NetworkStream> ConnectAsync(string head)
    {
        Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, Port);
        NetworkStream stream = new(socket, ownsSocket: true);
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(head.ReplaceLineEndings("\r\n")));
        return stream;
    }

    public void Stop() => _stop.Cancel();

    public void Dispose() => _receiver.Dispose();

    private static WebhookReceiver Start(int port, Func<WebhookOptions, WebhookOptions>? change)
    {
        WebhookOptions options = new() { Prefix = $"http://127.0.0.1:{port}/", Token = Token, Timeout = Patience };
        WebhookReceiver receiver = new(change is null ? options : change(options));
        try
        {
            receiver.Start();
            return receiver;
        }
        catch
        {
            receiver.Dispose();
            throw;
        }
    }
}
