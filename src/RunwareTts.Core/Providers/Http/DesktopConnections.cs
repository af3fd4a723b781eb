#if !NET
using System.Net;

namespace RunwareTts.Providers.Http;

/// <summary>
/// .NET Framework keeps what it knows of connections for the whole process. A protocol is only added, and a limit
/// only raised, and that for the hosts that are asked here alone.
/// </summary>
internal static class DesktopConnections
{
    // netstandard2.0 has no name for it. The system chooses TLS 1.2 or newer; to add one would allow that one only.
    private const SecurityProtocolType SystemDefault = 0;

    static DesktopConnections()
    {
        if (ServicePointManager.SecurityProtocol != SystemDefault)
            ServicePointManager.SecurityProtocol |= SecurityProtocolType.Tls12;
    }

    /// <summary>Called before each request, because the settings of a host that is idle for a while are lost.</summary>
    public static void Prepare(Uri url)
    {
        ServicePoint host = ServicePointManager.FindServicePoint(
            url, NetworkAreas.IsLoopback(url) ? null : WebRequest.DefaultWebProxy);
        // Two at a time would be usual. The throttle decides how many there are, as on .NET.
        if (host.ConnectionLimit < int.MaxValue)
            host.ConnectionLimit = int.MaxValue;
        // Without these a small request waits for the host's word, or for more to send, before it leaves.
        host.Expect100Continue = false;
        host.UseNagleAlgorithm = false;
        // A machine that was switched off is noticed within half a minute, not when the answer is overdue.
        host.SetTcpKeepAlive(true, keepAliveTime: 15_000, keepAliveInterval: 5_000);
    }
}
#endif
