#if !NET
using System.Net;
using System.Net.Sockets;
#endif

namespace RunwareTts.Providers.Http;

/// <summary>Distinguishes a request that was never sent from one that may have arrived.</summary>
internal static class NetworkFault
{
    public static bool MayHaveArrived(Exception fault) =>
#if NET
        fault is not HttpRequestException
        {
            HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
                or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError
        };
#else
        // A socket's own error, where .NET runs this build, is one of connecting; what breaks later is an IOException.
        fault.InnerException is not (SocketException or WebException
        {
            Status: WebExceptionStatus.NameResolutionFailure or WebExceptionStatus.ConnectFailure
                or WebExceptionStatus.SecureChannelFailure or WebExceptionStatus.TrustFailure
                or WebExceptionStatus.ProxyNameResolutionFailure
        });
#endif

    /// <summary>
    /// The status by which a proxy refused to lead to the service, where asking again would not help; else null.
    /// </summary>
    public static int? ProxyRefusal(Exception fault) =>
#if NET
        fault is HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError, StatusCode: { } status }
            && (int)status is >= 400 and < 500 and not (408 or 429)
            ? (int)status
            : null;
#else
        fault.InnerException is WebException
            { Response: HttpWebResponse { StatusCode: HttpStatusCode.ProxyAuthenticationRequired } } ? 407 : null;
#endif
}
