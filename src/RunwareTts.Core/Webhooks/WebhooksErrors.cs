using System.Globalization;

namespace RunwareTts;

internal static partial class Errors
{
    public static TtsException BadPrefix(string why, string right) =>
        Invalid("Prefix", $"{why} It is http://host:port/ (https under Windows) with a slash at its end: write {right}");

    public static TtsException BadToken(int length, int least) =>
        Invalid("Token", $"Token {(length == 0 ? "is blank" : $"has only {length.ToString(CultureInfo.InvariantCulture)} characters")}; it is all that keeps strangers from sending results here, so it has at least {least.ToString(CultureInfo.InvariantCulture)}. Make one by $token = [guid]::NewGuid().ToString('N'), and end the -WebhookUrl of the requests with ?token=$token.");

    public static TtsException PrefixInUse(string prefix, Exception cause) =>
        new("PrefixInUse", TtsErrorKind.ResourceUnavailable, $"Something listens on {prefix} already. End it (perhaps another Receive-TtsWebhook in a job), or choose another port and use it in the WebhookUrl too.", cause);

    public static TtsException PrefixDenied(string prefix, Exception cause) =>
        new("PrefixDenied", TtsErrorKind.PermissionDenied, $"This account may not listen on {prefix} Under Windows, run once as administrator: netsh http add urlacl url={prefix} user=\"$env:USERDOMAIN\\$env:USERNAME\". Elsewhere ports below 1024 belong to root: choose one such as 8090.", cause);

    public static TtsException PrefixUnavailable(string prefix, Exception cause) =>
        new("PrefixUnavailable", TtsErrorKind.ResourceUnavailable, $"{prefix} cannot be listened on: {cause.Message.TrimEnd('.')}. Its host is a name or an IPv4 address of this machine, or + for all of them.", cause);
}
