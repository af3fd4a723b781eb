namespace RunwareTts.Providers.Runware;

/// <summary>Where the key may go: https anywhere, http to this machine only.</summary>
public static class ServiceEndpoint
{
    public static readonly Uri Default = new("https://api.runware.ai/v1");

    /// <exception cref="TtsException">InvalidRequest.Endpoint.</exception>
    public static Uri Parse(string value)
    {
        if (!Uri.TryCreate(value.Trim(), UriKind.Absolute, out Uri? uri) || uri.Host.Length == 0)
            throw Errors.BadEndpoint(value, "is not an absolute URL.");
        if (uri.UserInfo.Length > 0)
            throw Errors.BadEndpoint(uri.Host, "carries a user name or password.");
        if (uri.Query.Length > 0 || uri.Fragment.Length > 0)
            throw Errors.BadEndpoint(value, "has a query.");
        if (uri.Scheme != Uri.UriSchemeHttps && !(uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback))
            throw Errors.BadEndpoint(value, "is not https.");
        return uri;
    }
}
