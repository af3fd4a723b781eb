using System.Net;
using System.Security;

namespace RunwareTts.Providers.Http;

/// <summary>A key that no stream, view or export can show.</summary>
public sealed class ApiKey
{
    private readonly string _value;

    private ApiKey(string value) => _value = value;

    /// <summary>A key of this text without the blanks around it; null for a blank one.</summary>
    /// <exception cref="TtsException">InvalidRequest.ApiKey: it cannot be sent in a header.</exception>
    public static ApiKey? From(string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
            return null;
        string key = value!.Trim();
        return key.All(c => c is > ' ' and < '\u007F') ? new ApiKey(key) : throw Errors.BadKey();
    }

    public static ApiKey? From(SecureString value) => From(new NetworkCredential("", value).Password);

    /// <summary>The warning for a key that is written out in a line of code; null for one that is not.</summary>
    public string? Caution(string? line) => line?.Contains(_value, StringComparison.Ordinal) == true
        ? "The API key is written out in the line itself, and history, transcripts and logs may keep it. "
            + "Give -ApiKey (Read-Host -AsSecureString) or (Get-Secret ...), or set $env:RUNWARE_API_KEY."
        : null;

    /// <summary>The only way to the text, for the one header that carries it.</summary>
    internal string Reveal() => _value;

    public override string ToString() => "****";
}
