using System.Globalization;

namespace RunwareTts;

internal static partial class Errors
{
    public static TtsException BadPrefix(string why, string right) =>
        Invalid("Prefix", $"{why} Allowed: http://host:port/ (on Windows also https) with a slash at its end. "
            + $"Write {right}");

    public static TtsException BadToken(int length, int minLength)
    {
        string what = length == 0 ? "is blank" : string.Format(
            CultureInfo.InvariantCulture, "has only {0} characters", length);
        return Invalid("Token", string.Format(CultureInfo.InvariantCulture,
            "Token {0}. It alone keeps strangers from sending results here, so it needs at least {1} characters. "
            + "Create one with $token = [guid]::NewGuid().ToString('N'), "
            + "and end the -WebhookUrl of the requests with ?token=$token.", what, minLength));
    }

    public static TtsException PrefixInUse(string prefix, Exception cause) =>
        new("PrefixInUse", TtsErrorKind.ResourceUnavailable,
            $"Another program listens on {prefix} already. End it (perhaps another Receive-TtsWebhook in a job), "
            + "or choose another port and use it in the WebhookUrl too.", cause);

    public static TtsException PrefixDenied(string prefix, Exception cause) =>
        new("PrefixDenied", TtsErrorKind.PermissionDenied,
            $"This account may not listen on {prefix} On Windows, run once as administrator: "
            + $"netsh http add urlacl url={prefix} user=\"$env:USERDOMAIN\\$env:USERNAME\". "
            + "On other systems ports below 1024 need root: choose one such as 8090.", cause);

    public static TtsException PrefixUnavailable(string prefix, Exception cause) =>
        new("PrefixUnavailable", TtsErrorKind.ResourceUnavailable,
            $"Cannot listen on {prefix}: {cause.Message.TrimEnd('.')}. "
            + "Its host must be a name or an IPv4 address of this machine, or + for all of them.", cause);
}
