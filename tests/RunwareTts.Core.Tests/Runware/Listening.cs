using System.Net;
using System.Net.Sockets;
using RunwareTts.Batch;
using RunwareTts.Runware;

namespace RunwareTts.Tests.Runware;

/// <summary>A receiver on a free port, and what it gives, taken as the pipeline would take it.</summary>
internal sealed class Listening : IDisposable
{
    public const string Token = "0123456789abcdef0123456789abcdef";

    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(20) };
    private readonly WebhookReceiver _receiver;
    private readonly CancellationTokenSource _stop = new();

    public Listening(Func<WebhookOptions, WebhookOptions>? change = null, int? port = null)
    {
        Port = port ?? FreePort();
        WebhookOptions options = new() { Prefix = $"http://127.0.0.1:{Port}/", Token = Token, Timeout = TimeSpan.FromSeconds(20) };
        _receiver = new WebhookReceiver(change is null ? options : change(options));
        _receiver.Start();
        Events = Task.Run(() => _receiver.Take(_stop.Token).ToList());
    }

    public int Port { get; }

    public string Url => $"http://127.0.0.1:{Port}/hook?token={Token}";

    /// <summary>All that came, when Count or Timeout has ended it.</summary>
    public Task<List<BatchEvent>> Events { get; }

    public static int FreePort()
    {
        using TcpListener probe = new(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public static string Item(Guid? task = null, string? audio = null, string rest = "") =>
        $$"""{"taskType":"audioInference","taskUUID":"{{task ?? Guid.NewGuid()}}","audioUUID":"{{audio ?? Guid.NewGuid().ToString()}}","audioURL":"https://am.example/a.ogg","cost":0.0004{{rest}}}""";

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
}
