using System.Net;

namespace RunwareTts.Runware;

/// <summary>The connections of the process. They hold no key: a key is a header of one request.</summary>
internal static class RunwareHttp
{
    // A redirect could carry a request, and the key with it, to another host: it is an error instead.
    private static readonly HttpClient Api = Create(redirect: false, DecompressionMethods.GZip | DecompressionMethods.Deflate);

    private static readonly HttpClient Downloads = Create(redirect: true, DecompressionMethods.None);

    /// <summary>Asks the service; done when the head of the answer is there.</summary>
    public static Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken token) => SendAsync(Api, request, token);

    /// <summary>Asks for audio; done when the head of the answer is there.</summary>
    public static async Task<HttpResponseMessage> DownloadAsync(Uri url, CancellationToken token)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, url);
        return await SendAsync(Downloads, request, token).ConfigureAwait(false);
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

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, HttpRequestMessage request, CancellationToken token)
    {
#if !NET
        DesktopConnections.Prepare(request.RequestUri);
#endif
        return client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token);
    }

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
