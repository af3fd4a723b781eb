using System.Net;
using System.Net.Sockets;

namespace RunwareTts.Webhooks;

/// <summary>Where a receiver listens, as HttpListener understands it, and what went wrong when it cannot.</summary>
internal sealed class WebhookPrefix
{
    private const string Example = "http://127.0.0.1:8090/";

    // HttpListenerException has the system's own numbers: Windows, then Linux and macOS; 400 is .NET's own outside of
    // Windows.
    private static readonly int[] InUse = [32, 183, 10048, 98, 48, 400];
    private static readonly int[] Denied = [5, 10013, 13];

    private WebhookPrefix(string value, Uri uri) => (Value, Uri) = (value, uri);

    public string Value { get; }

    public Uri Uri { get; }

    /// <summary>The token crosses a network unencrypted.</summary>
    public bool IsClear => Uri.Scheme == Uri.UriSchemeHttp && !Uri.IsLoopback;

    /// <summary>Only this machine reaches it.</summary>
    public bool IsHere => Uri.Scheme == Uri.UriSchemeHttp && Uri.IsLoopback;

    /// <summary>A request to this path is one to the prefix.</summary>
    public bool Includes(string path) => (path + "/").StartsWith(Uri.AbsolutePath, StringComparison.Ordinal);

    /// <exception cref="TtsException">InvalidRequest.Prefix.</exception>
    public static WebhookPrefix Parse(string? value)
    {
        string given = value?.Trim() ?? "";
        if (given.Length == 0)
            throw Errors.BadPrefix("Prefix is blank.", Example);
        if (Read(given) is not { } uri)
            throw Errors.BadPrefix($"Prefix '{Presigned.Mask(given)}' cannot be listened on.", Mend(given));
        if (uri.Scheme == Uri.UriSchemeHttps && !OperatingSystem.IsWindows())
            throw Errors.BadPrefix($"Prefix '{given}' is https, which .NET can listen on only on Windows: "
                + "use a tunnel or proxy with a certificate that forwards to http.",
                $"http{given.Substring(Uri.UriSchemeHttps.Length)}");
        return new WebhookPrefix($"{uri.Scheme}{given.Substring(given.IndexOf(':'))}", uri);
    }

    /// <summary>Why the system did not let us listen here.</summary>
    public TtsException Refused(Exception cause)
    {
        int code = (cause as HttpListenerException)?.ErrorCode ?? (cause as SocketException)?.NativeErrorCode ?? 0;
        return Denied.Contains(code) ? Errors.PrefixDenied(Value, cause)
            : InUse.Contains(code) && !Value.Contains("//[") ? Errors.PrefixInUse(Value, cause)
            : Errors.PrefixUnavailable(Value, cause);
    }

    private static Uri? Read(string prefix)
    {
        // + and * stand for every name of this machine, and are no host to Uri.
        string named = prefix.Replace("://+", "://any").Replace("://*", "://any");
        if (!Uri.TryCreate(named, UriKind.Absolute, out Uri? uri)
            || uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps)
            return null;
        bool hasHost = uri.Host.Length > 0 && uri.Host != "0.0.0.0" && uri.UserInfo.Length == 0 && uri.Port > 0;
        bool isPlain = named.IndexOfAny(['?', '#', '\\', ' ', '%']) < 0;
        bool endsInSlash = named.EndsWith('/')
            && named.IndexOf("://", StringComparison.Ordinal) < named.LastIndexOf('/') - 2;
        return hasHost && isPlain && endsInSlash ? uri : null;
    }

    // The right spelling, as far as it can be seen from a wrong one.
    private static string Mend(string prefix)
    {
        string bare = prefix.Split('?', '#')[0].Trim();
        int scheme = bare.IndexOf("://", StringComparison.Ordinal);
        string rest = (scheme < 0 ? bare : bare.Substring(scheme + 3)).Trim('/').Replace("0.0.0.0", "+");
        string known = bare.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? "https" : "http";
        string mended = $"{known}://{rest.Substring(rest.IndexOf('@') + 1)}/";
        return Read(mended) is null ? Example : mended;
    }
}
