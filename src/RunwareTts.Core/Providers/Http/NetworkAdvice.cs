namespace RunwareTts.Providers.Http;

/// <summary>What to do about a network that lets no request through.</summary>
internal static class NetworkAdvice
{
    public const string Proxy = "The proxy on the way requires a name and password: "
        + "set them in $env:HTTPS_PROXY as http://name:password@proxy:port, or in "
        + "[System.Net.Http.HttpClient]::DefaultProxy.Credentials (Windows PowerShell: "
        + "[System.Net.WebRequest]::DefaultWebProxy.Credentials).";
    public const string SignIn = "This network requires a sign-in first: "
        + "open any page in a browser, sign in, and run again.";
}
