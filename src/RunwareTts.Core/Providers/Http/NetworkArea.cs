using System.Net;
using System.Net.Sockets;

namespace RunwareTts.Providers.Http;

/// <summary>A part of the network. Public addresses are allowed wherever the service is.</summary>
internal enum NetworkArea
{
    Public,

    /// <summary>This machine.</summary>
    Loopback,

    /// <summary>RFC 1918, shared (RFC 6598) and unique local addresses.</summary>
    Private,

    /// <summary>The local link, where clouds keep the credentials of their machines (169.254.169.254).</summary>
    LinkLocal,

    /// <summary>No host of its own: 0.0.0.0, multicast, reserved.</summary>
    Reserved,
}

/// <summary>Where addresses and host names are.</summary>
internal static class NetworkAreas
{
    private const string LocalName = "localhost";

    /// <summary>A name or an address of this machine, whatever a resolver makes of it.</summary>
    public static bool IsLoopback(Uri url) => OfHost(url) == NetworkArea.Loopback;

    /// <summary>The area of localhost or an address; null for a name that must be resolved.</summary>
    public static NetworkArea? OfHost(Uri url)
    {
        string host = url.IdnHost.TrimEnd('.');
        if (host.Equals(LocalName, StringComparison.OrdinalIgnoreCase)
            || host.EndsWith("." + LocalName, StringComparison.OrdinalIgnoreCase))
            return NetworkArea.Loopback;
        return IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) ? Of(address) : null;
    }

    /// <summary>The one area of a service; Public where it has several, or where only a proxy knows its name.</summary>
    public static async Task<NetworkArea> FindAsync(Uri? service)
    {
        if (service is null)
            return NetworkArea.Public;
        if (OfHost(service) is { } known)
            return known;
        try
        {
            NetworkArea[] areas =
                [.. (await Dns.GetHostAddressesAsync(service.IdnHost).ConfigureAwait(false)).Select(Of).Distinct()];
            return areas.Length == 1 ? areas[0] : NetworkArea.Public;
        }
        catch (SocketException)
        {
            return NetworkArea.Public;
        }
    }

    /// <summary>The area of an address, also where it is wrapped into one of IPv6.</summary>
    public static NetworkArea Of(IPAddress address)
    {
        byte[] bytes = address.GetAddressBytes();
        if (address.AddressFamily == AddressFamily.InterNetwork)
            return OfFour(bytes);
        if (Embedded(bytes) is { } four)
            return OfFour(four);
        return IPAddress.IsLoopback(address) ? NetworkArea.Loopback
            : (bytes[0] & 0xFE) == 0xFC || bytes[0] == 0xFE && (bytes[1] & 0xC0) == 0xC0 ? NetworkArea.Private
            : bytes[0] == 0xFE && (bytes[1] & 0xC0) == 0x80 ? NetworkArea.LinkLocal
            : bytes[0] == 0xFF || bytes.All(b => b == 0) ? NetworkArea.Reserved
            : NetworkArea.Public;
    }

    private static NetworkArea OfFour(byte[] bytes) => (bytes[0], bytes[1]) switch
    {
        (127, _) => NetworkArea.Loopback,
        (10, _) or (172, >= 16 and < 32) or (192, 168) or (100, >= 64 and < 128) => NetworkArea.Private,
        (169, 254) => NetworkArea.LinkLocal,
        (0 or >= 224, _) => NetworkArea.Reserved,
        _ => NetworkArea.Public,
    };

    // Mapped (::ffff:0:0/96), translated (64:ff9b::/96), compatible (::/96) and 6to4 (2002::/16) addresses lead to one
    // of IPv4.
    private static byte[]? Embedded(byte[] bytes)
    {
        byte[] last = [.. bytes.Skip(12)];
        byte[] first = [.. bytes.Take(12)];
        if (bytes[0] == 0x20 && bytes[1] == 0x02)
            return [.. bytes.Skip(2).Take(4)];
        bool isMapped = first.Take(10).All(b => b == 0) && first[10] == 0xFF && first[11] == 0xFF;
        bool isTranslated = first.SequenceEqual(new byte[] { 0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0 });
        bool isCompatible = first.All(b => b == 0) && (last[0] | last[1]) != 0;
        return isMapped || isTranslated || isCompatible ? last : null;
    }
}
