using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace RunwareTts.Webhooks;

/// <summary>Where a receiver listens, as HttpListener understands it, and what went wrong when it does not.</summary>
internal sealed class WebhookPrefix
{
    private const string Example = "http://127.0.0.1:8090/";

    // HttpListenerException has the system's own numbers: Windows, then Linux and macOS; 400 is .NET's own outside of Windows.
    private static readonly int[] InUse = [32, 183, 10048, 98, 48, 400];
    private static readonly int[] Denied = [5, 10013, 13];

    private WebhookPrefix(string value, Uri uri)
    {
        Value = value;
        Uri = uri;
    }

    public string Value { get; }

    /// <summary>The token travels over a network unencrypted.</summary>
    public bool IsClear => Uri.Scheme == Uri.UriSchemeHttp && !Uri.IsLoopback;

    /// <summary>Only this machine reaches it.</summary>
    public bool IsHere => Uri.Scheme == Uri.UriSchemeHttp && Uri.IsLoopback;

    public Uri Uri { get; }

    /// <summary>Whether a request to this path is one to the prefix.</summary>
    public bool Includes(string path) => (path + "/").StartsWith(Uri.AbsolutePath, StringComparison.Ordinal);

    /// <exception cref="TtsException">InvalidRequest.Prefix.</exception>
    public static WebhookPrefix Parse(string? value)
    {
        string given = value?.Trim() ?? "";
        if (given.Length == 0)
            throw Errors.BadPrefix("Prefix is blank.", Example);
        if (Read(given) is not { } uri)
            throw Errors.BadPrefix($"Prefix '{Presigned.Mask(given)}' is not one that can be listened on.", Mended(given));
        if (uri.Scheme == Uri.UriSchemeHttps && !RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
            throw Errors.BadPrefix($"Prefix '{given}' is https, which .NET can listen on under Windows only: let a tunnel or proxy with a certificate pass it on to http.", $"http{given.Substring(Uri.UriSchemeHttps.Length)}");

        string canonical = $"{uri.Scheme}{given.Substring(given.IndexOf(':'))}";
        return new WebhookPrefix(canonical, uri);
    }

    /// <summary>Why the system did not let us listen here.</summary>
    public TtsException Refused(Exception cause)
    {
        int code = (cause as HttpListenerException)?.ErrorCode ?? (cause as SocketException)?.NativeErrorCode ?? 0;
        return Array.IndexOf(Denied, code) >= 0 ? Errors.PrefixDenied(Value, cause)
            : Array.IndexOf(InUse, code) >= 0 && !Value.Contains("//[") ? Errors.PrefixInUse(Value, cause)
            : Errors.PrefixUnavailable(Value, cause);
    }

    private static Uri? Read(string prefix)
    {
        // + and * stand for every name of this machine, and are no host to Uri.
        string named = prefix.Replace("://+", "://any").Replace("://*", "://any");
        return Uri.TryCreate(named, UriKind.Absolute, out Uri? uri)
            && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
            && uri.Host.Length > 0 && uri.Host != "0.0.0.0" && uri.UserInfo.Length == 0 && uri.Port > 0
            && named.IndexOfAny(['?', '#', '\\', ' ', '%']) < 0 && named.EndsWith('/')
                && named.IndexOf("://", StringComparison.Ordinal) < named.LastIndexOf('/') - 2
            ? uri
            : null;
    }

    /// <summary>The right spelling, as far as it can be seen from a wrong one.</summary>
    private static string Mended(string prefix)
    {
        int end = prefix.IndexOfAny(['?', '#']);
        string bare = (end < 0 ? prefix : prefix.Substring(0, end)).Trim();
        int scheme = bare.IndexOf("://", StringComparison.Ordinal);
        string rest = (scheme < 0 ? bare : bare.Substring(scheme + 3)).Trim('/').Replace("0.0.0.0", "+");
        string known = bare.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? "https" : "http";
        string mended = $"{known}://{rest.Substring(rest.IndexOf('@') + 1)}/";
        return Read(mended) is null ? Example : mended;
    }
}
