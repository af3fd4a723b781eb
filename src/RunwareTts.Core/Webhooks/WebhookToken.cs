using System.Security.Cryptography;
using System.Text;

namespace RunwareTts.Webhooks;

/// <summary>The secret of a webhook's URL. It is compared without telling by the time how much of a guess was right, and shown nowhere.</summary>
internal sealed class WebhookToken
{
    private const int ShortestLength = 16;
    private const string Name = "token=";

    private readonly string _value;
    private readonly byte[] _hash;

    private WebhookToken(string value)
    {
        _value = value;
        _hash = Hash(value);
    }

    /// <exception cref="TtsException">InvalidRequest.Token.</exception>
    public static WebhookToken Parse(string? value)
    {
        string token = value?.Trim() ?? "";
        return token.Length >= ShortestLength ? new WebhookToken(token) : throw Errors.BadToken(token.Length, ShortestLength);
    }

    /// <summary>Why a request to this URL may not come in; null when it may.</summary>
    public Refusal? Check(string? url)
    {
        int query = url?.IndexOf('?') ?? -1;
        string? given = query < 0 ? null : url!.Substring(query + 1).Split('#')[0].Split('&').FirstOrDefault(part => part.StartsWith(Name, StringComparison.Ordinal))?.Substring(Name.Length);
        if (string.IsNullOrEmpty(given))
            return new Refusal(401, "The URL holds no token.");

        // A token of base64 may stand in a URL as it is, or escaped.
        bool right = Same(Hash(given!), _hash) | Same(Hash(Uri.UnescapeDataString(given!)), _hash);
        return right ? null : new Refusal(403, "The token is wrong.");
    }

    /// <summary>Takes the token out of words that came from elsewhere.</summary>
    public string Mask(string text) => text.Replace(_value, "****").Replace(Uri.EscapeDataString(_value), "****");

    public override string ToString() => "****";

    private static byte[] Hash(string text)
    {
        return SHA256.HashData(Encoding.UTF8.GetBytes(text));
    }

    private static bool Same(byte[] left, byte[] right)
    {
        int difference = 0;
        for (int i = 0; i < left.Length; i++)
            difference |= left[i] ^ right[i];
        return difference == 0;
    }
}
