using System.Collections.Concurrent;
using System.Net;
#if NET
using System.Net.Sockets;
#endif

namespace RunwareTts.Providers.Http;

/// <summary>
/// The connections of the process. They hold no key: a key is a header of one request. This machine is always reached
/// directly: a proxy would read the key and the texts, and could not reach it anyway.
/// </summary>
internal static class HttpConnections
{
    private const DecompressionMethods Json = DecompressionMethods.GZip | DecompressionMethods.Deflate;

#if NET
    private const int KeepAliveSeconds = 15;
#endif

    private static readonly NetworkArea[] Here = [NetworkArea.Loopback];
    private static readonly HttpClient Api = Create(Json, useProxy: true, allowed: null);
    private static readonly HttpClient LocalApi = Create(Json, useProxy: false, Here);
    private static readonly HttpClient LocalDownloads = Create(DecompressionMethods.None, useProxy: false, Here);

    // One for each trusted area: connections that are kept open must serve no request that may not go there.
    private static readonly ConcurrentDictionary<NetworkArea, HttpClient> Downloads = new();

    /// <summary>Sends a request to the service; completes when the head of the answer is there.</summary>
    public static Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken token) =>
        SendAsync(NetworkAreas.IsLoopback(request.RequestUri!) ? LocalApi : Api, request, token);

    /// <summary>
    /// Requests audio from a public host or one of the trusted area; completes when the head of the answer is there.
    /// Redirects are the caller's to follow.
    /// </summary>
    /// <exception cref="AddressRefusedException">The host is elsewhere; on .NET inside of a
    /// HttpRequestException.</exception>
    public static Task<HttpResponseMessage> DownloadAsync(
        HttpRequestMessage request, NetworkArea trusted, CancellationToken token)
    {
        Uri url = request.RequestUri!;
        NetworkArea[] allowed = [NetworkArea.Public, trusted];
        if (NetworkAreas.OfHost(url) is { } known && !allowed.Contains(known))
            return Task.FromException<HttpResponseMessage>(new AddressRefusedException(url.Host, known));
        HttpClient client = NetworkAreas.IsLoopback(url) ? LocalDownloads : Downloads.GetOrAdd(trusted,
            _ => Create(DecompressionMethods.None, useProxy: true, allowed));
#if NET
        return SendAsync(client, request, token);
#else
        return CheckAndSendAsync(client, request, allowed, token);
#endif
    }

    /// <summary>The bytes of an answer, of which the head is there.</summary>
    public static Task<Stream> ReadAsync(HttpResponseMessage response, CancellationToken token)
    {
#if NET
        return response.Content.ReadAsStreamAsync(token);
#else
        // A token does not end a read that is under way there.
        token.Register(response.Dispose);
        return response.Content.ReadAsStreamAsync();
#endif
    }

    /// <summary>How long a server asks to wait. A date is counted from the answer's own: clocks differ.</summary>
    public static TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        if (response.Headers.RetryAfter is not { } header)
            return null;
        TimeSpan? wait = header.Date - (response.Headers.Date ?? DateTimeOffset.UtcNow);
        return header.Delta ?? (wait > TimeSpan.Zero ? wait : null);
    }

    /// <summary>Where a redirect points, to be shown.</summary>
    public static string LocationOf(HttpResponseMessage response) =>
        response.Headers.Location is { } location
            && Uri.TryCreate(response.RequestMessage!.RequestUri, location, out Uri? target)
            ? Presigned.Mask(target.AbsoluteUri)
            : "no address that can be read";

    private static Task<HttpResponseMessage> SendAsync(
        HttpClient client, HttpRequestMessage request, CancellationToken token)
    {
#if !NET
        DesktopConnections.Prepare(request.RequestUri);
#endif
        return client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token);
    }

    // A redirect could carry a request, and the key with it, to another host: none is followed here.
    private static HttpClient Create(DecompressionMethods decompression, bool useProxy, NetworkArea[]? allowed)
    {
#if NET
        // Three tries to reach a host that does not answer end within half a minute.
        SocketsHttpHandler handler = new()
        {
            ConnectTimeout = TimeSpan.FromSeconds(9),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectCallback = (context, token) => ConnectAsync(context, allowed, token),
        };
#else
        HttpClientHandler handler = new();
#endif
        handler.UseProxy = useProxy;
        handler.AllowAutoRedirect = false;
        handler.AutomaticDecompression = decompression;
        handler.UseCookies = false;
        HttpClient client = new(handler) { Timeout = Timeout.InfiniteTimeSpan };
        string? version = typeof(HttpConnections).Assembly.GetName().Version?.ToString(3);
        client.DefaultRequestHeaders.UserAgent.ParseAdd($"RunwareTts/{version}");
        return client;
    }

#if NET
    // The address that is checked is the one that is connected to: a name cannot mean another one a moment later.
    private static async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context, NetworkArea[]? allowed, CancellationToken token)
    {
        DnsEndPoint target = context.DnsEndPoint;
        // A proxy may be anywhere; it was chosen on this machine.
        if (context.InitialRequestMessage.RequestUri is { } url && !IsOf(url, target))
            allowed = null;
        IPAddress[] addresses = await FindAsync(target.Host, allowed, token).ConfigureAwait(false);
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            // A machine that was switched off is noticed within half a minute, not when the answer is overdue.
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, KeepAliveSeconds);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, KeepAliveSeconds / 3);
            socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
            await socket.ConnectAsync(addresses, target.Port, token).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static bool IsOf(Uri url, DnsEndPoint target) =>
        url.Port == target.Port
        && url.IdnHost.Trim('[', ']').Equals(target.Host.Trim('[', ']'), StringComparison.OrdinalIgnoreCase);
#else
    // Nothing can be checked when the connection is made, as on .NET. A proxy resolves names on its own.
    private static async Task<HttpResponseMessage> CheckAndSendAsync(
        HttpClient client, HttpRequestMessage request, NetworkArea[] allowed, CancellationToken token)
    {
        Uri url = request.RequestUri;
        if (NetworkAreas.OfHost(url) is null && WebRequest.DefaultWebProxy?.IsBypassed(url) != false)
            await FindAsync(url.IdnHost, allowed, token).ConfigureAwait(false);
        return await SendAsync(client, request, token).ConfigureAwait(false);
    }
#endif

    private static async Task<IPAddress[]> FindAsync(string host, NetworkArea[]? allowed, CancellationToken token)
    {
        IPAddress[] found = await ResolveAsync(host, token).ConfigureAwait(false);
        IPAddress[] refused = [.. found.Where(a => allowed?.Contains(NetworkAreas.Of(a)) == false)];
#if NET
        bool isRefused = refused.Length > 0 && refused.Length == found.Length;
#else
        // Which of them will be connected to is not known here.
        bool isRefused = refused.Length > 0;
#endif
        return isRefused ? throw new AddressRefusedException(host, NetworkAreas.Of(refused[0]))
            : [.. found.Except(refused)];
    }

    private static Task<IPAddress[]> ResolveAsync(string host, CancellationToken token)
    {
        if (IPAddress.TryParse(host, out IPAddress? address))
            return Task.FromResult<IPAddress[]>([address]);
#if NET
        return Dns.GetHostAddressesAsync(host, token);
#else
        return Dns.GetHostAddressesAsync(host);
#endif
    }
}

/// <summary>A URL leads to a part of the network where the service is not.</summary>
internal sealed class AddressRefusedException(string host, NetworkArea area)
    : IOException($"{host} is {Words(area)}, and the service is not there.")
{
    private static string Words(NetworkArea area) => area switch
    {
        NetworkArea.Loopback => "this machine itself",
        NetworkArea.Private => "an address of a private network",
        NetworkArea.LinkLocal => "an address of the local link",
        _ => "no address of a host",
    };
}
