#if !NET
using System.Net;
#endif

namespace RunwareTts.Runware;

/// <summary>Tells a request that never left from one that may have arrived.</summary>
internal static class NetworkFault
{
    public static bool MayHaveArrived(Exception fault) =>
#if NET
        fault is not HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError };
#else
        fault.InnerException is not WebException { Status: WebExceptionStatus.NameResolutionFailure or WebExceptionStatus.ConnectFailure or WebExceptionStatus.SecureChannelFailure or WebExceptionStatus.TrustFailure or WebExceptionStatus.ProxyNameResolutionFailure };
#endif
}
