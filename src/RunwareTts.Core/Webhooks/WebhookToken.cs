using System.Security.Cryptography;
using System.Text;

namespace RunwareTts.Webhooks;

/// <summary>
/// The secret of a webhook's URL. The time of a comparison does not reveal how much of a guess was right, and it is
/// shown nowhere.
/// </summary>
internal sealed class WebhookToken
{
    private const int MinLength = 16;
    private const string Name = "token=";

    private readonly string _value;
    private readonly byte[] _hash;

    private WebhookToken(string value) => (_value, _hash) = (value, Hash(value));

    /// <exception cref="TtsException">InvalidRequest.Token.</exception>
    public static WebhookToken Parse(string? value)
    {
        string token = value?.Trim() ?? "";
        return token.Length >= MinLength ? new WebhookToken(token) : throw Errors.BadToken(token.Length, MinLength);
    }

    /// <summary>Why a request to this URL is refused; null when it is not.</summary>
    public WebhookRefusal? Check(string? url)
    {
        string query = url?.IndexOf('?') is { } at and >= 0 ? url.Substring(at + 1).Split('#')[0] : "";
        string? field = query.Split('&').FirstOrDefault(part => part.StartsWith(Name, StringComparison.Ordinal));
        if (field is null || field.Length == Name.Length)
            return new WebhookRefusal(401, "The URL has no token.");

        // A token of base64 may stand in a URL as it is, or escaped.
        string given = field.Substring(Name.Length);
        bool isRight = IsSame(Hash(given), _hash) | IsSame(Hash(Uri.UnescapeDataString(given)), _hash);
        return isRight ? null : new WebhookRefusal(403, "The token is wrong.");
    }

    /// <summary>Takes the token out of words that came from elsewhere.</summary>
    public string Mask(string text) => text.Replace(_value, "****").Replace(Uri.EscapeDataString(_value), "****");

    public override string ToString() => "****";

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    private static bool IsSame(byte[] left, byte[] right) => left.Zip(right, (l, r) => l ^ r).Sum() == 0;
}
