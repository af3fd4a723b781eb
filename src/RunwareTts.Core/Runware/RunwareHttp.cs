using System.Net;

namespace RunwareTts.Runware;

/// <summary>The connections of the process. They hold no key: a key is a header of one request.</summary>
internal static class RunwareHttp
{
    // A redirect could carry a request, and the key with it, to another host: it is an error instead.
    public static readonly HttpClient Api = Create(redirect: false, DecompressionMethods.GZip | DecompressionMethods.Deflate);

    public static readonly HttpClient Downloads = Create(redirect: true, DecompressionMethods.None);

    private static HttpClient Create(bool redirect, DecompressionMethods decompression)
    {
#if NET
        // Three tries to reach a host that is silent end within half a minute.
        SocketsHttpHandler handler = new() { ConnectTimeout = TimeSpan.FromSeconds(9), PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
#else
        HttpClientHandler handler = new();
#endif
        handler.AllowAutoRedirect = redirect;
        handler.AutomaticDecompression = decompression;
        handler.UseCookies = false;
        HttpClient client = new(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.ParseAdd($"RunwareTts/{typeof(RunwareHttp).Assembly.GetName().Version?.ToString(3)}");
        return client;
    }
}
