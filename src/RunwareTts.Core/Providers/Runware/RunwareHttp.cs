using System.Collections.Concurrent;
using System.Net;
#if NET
using System.Net.Sockets;
#endif

namespace RunwareTts.Providers.Runware;

/// <summary>
/// The connections of the process. They hold no key: a key is a header of one request. This machine is always reached
/// directly: a proxy would read the key and the texts, and could not reach it anyway.
/// </summary>
internal static class RunwareHttp
{
    private const DecompressionMethods Json = DecompressionMethods.GZip | DecompressionMethods.Deflate;

    private static readonly HttpClient Api = Create(Json, useProxy: true, static _ => true);
    private static readonly HttpClient LocalApi = Create(Json, useProxy: false, IsHere);
    private static readonly HttpClient LocalDownloads = Create(DecompressionMethods.None, useProxy: false, IsHere);

    // One for each trusted area: connections that are kept open must serve no request that may not go there.
    private static readonly ConcurrentDictionary<NetworkArea, HttpClient> Downloads = new();

    /// <summary>Asks the service; done when the head of the answer is there.</summary>
    public static Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken token) =>
        SendAsync(NetworkAreas.IsLoopback(request.RequestUri!) ? LocalApi : Api, request, token);

    /// <summary>
    /// Asks for audio; done when the head of the answer is there. Redirects are the caller's to follow.
    /// </summary>
    /// <param name="request">The request.</param>
    /// <param name="trusted">The area that may be asked besides public hosts; it is where the service is.</param>
    /// <param name="token">Ends the wait.</param>
    /// <exception cref="AddressRefusedException">The host is elsewhere; on .NET inside of a
    /// HttpRequestException.</exception>
    public static async Task<HttpResponseMessage> DownloadAsync(
        HttpRequestMessage request, NetworkArea trusted, CancellationToken token)
    {
        Uri url = request.RequestUri!;
        bool IsAllowed(IPAddress address) =>
            NetworkAreas.Of(address) is var area && (area == NetworkArea.Public || area == trusted);
        if (NetworkAreas.OfHost(url) is { } known && known != NetworkArea.Public && known != trusted)
            throw new AddressRefusedException(url.Host, known);
#if !NET
        // Nothing can be asked when the connection is made, as on .NET. A proxy resolves names on its own.
        if (NetworkAreas.OfHost(url) is null && WebRequest.DefaultWebProxy?.IsBypassed(url) != false)
            await FindAsync(url.IdnHost, IsAllowed, token).ConfigureAwait(false);
#endif
        HttpClient client = NetworkAreas.IsLoopback(url)
            ? LocalDownloads
            : Downloads.GetOrAdd(trusted, _ => Create(DecompressionMethods.None, useProxy: true, IsAllowed));
        return await SendAsync(client, request, token).ConfigureAwait(false);
    }

    /// <summary>The bytes of an answer.</summary>
    /// <param name="response">The answer, of which the head is there.</param>
    /// <param name="token">Ends the reading too.</param>
    public static Task<Stream> ReadAsync(HttpResponseMessage response, CancellationToken token)
    {
#if NET
        return response.Content.ReadAsStreamAsync(token);
#else
        // A read that is under way is not ended by a token there.
        token.Register(response.Dispose);
        return response.Content.ReadAsStreamAsync();
#endif
    }

    /// <summary>How long a server asks to wait. A date is counted from the answer's own: clocks differ.</summary>
    public static TimeSpan? RetryAfter(HttpResponseMessage response) =>
        response.Headers.RetryAfter is not { } header ? null
        : header.Delta ?? (header.Date - (response.Headers.Date ?? DateTimeOffset.UtcNow) is { } wait
            && wait > TimeSpan.Zero ? wait : null);

    /// <summary>Where a redirect points, to be shown.</summary>
    public static string LocationOf(HttpResponseMessage response) =>
        response.Headers.Location is { } location
            && Uri.TryCreate(response.RequestMessage!.RequestUri, location, out Uri? target)
            ? Presigned.Mask(target.AbsoluteUri)
            : "no address that can be read";

    private static bool IsHere(IPAddress address) => NetworkAreas.Of(address) == NetworkArea.Loopback;

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, HttpRequestMessage request, CancellationToken token)
    {
#if !NET
        DesktopConnections.Prepare(request.RequestUri);
#endif
        return client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token);
    }

    // A redirect could carry a request, and the key with it, to another host: none is followed here.
    private static HttpClient Create(DecompressionMethods decompression, bool useProxy, Func<IPAddress, bool> isAllowed)
    {
#if NET
        // Three tries to reach a host that is silent end within half a minute.
        SocketsHttpHandler handler = new()
        {
            ConnectTimeout = TimeSpan.FromSeconds(9),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectCallback = (context, token) => ConnectAsync(context, isAllowed, token),
        };
#else
        HttpClientHandler handler = new();
#endif
        handler.UseProxy = useProxy;
        handler.AllowAutoRedirect = false;
        handler.AutomaticDecompression = decompression;
        handler.UseCookies = false;
        HttpClient client = new(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd($"RunwareTts/{typeof(RunwareHttp).Assembly.GetName().Version?.ToString(3)}");
        return client;
    }

#if NET
    // The address that is checked is the one that is connected to: a name cannot mean another one a moment later.
    private static async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context, Func<IPAddress, bool> isAllowed, CancellationToken token)
    {
        DnsEndPoint target = context.DnsEndPoint;
        // A proxy may be anywhere; it was chosen on this machine.
        bool isProxy = context.InitialRequestMessage.RequestUri is { } url
            && !(url.Port == target.Port
                && url.IdnHost.Trim('[', ']').Equals(target.Host.Trim('[', ']'), StringComparison.OrdinalIgnoreCase));
        IPAddress[] addresses = await FindAsync(target.Host, isProxy ? static _ => true : isAllowed,
            token).ConfigureAwait(false);
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, target.Port, token).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
#endif

    private static async Task<IPAddress[]> FindAsync(
        string host, Func<IPAddress, bool> isAllowed, CancellationToken token)
    {
        IPAddress[] found = await ResolveAsync(host, token).ConfigureAwait(false);
        IPAddress[] allowed = [.. found.Where(isAllowed)];
#if NET
        bool isRefused = allowed.Length == 0 && found.Length > 0;
#else
        // Which of them will be connected to is not known here.
        bool isRefused = allowed.Length < found.Length;
#endif
        return isRefused ? throw new AddressRefusedException(host, NetworkAreas.Of(found.First(a => !isAllowed(a))))
            : allowed;
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
