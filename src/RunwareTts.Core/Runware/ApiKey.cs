using System.Net;
using System.Security;

namespace RunwareTts.Runware;

/// <summary>A key that no stream, view or export can show.</summary>
public sealed class ApiKey
{
    private readonly string _value;

    private ApiKey(string value) => _value = value;

    /// <summary>A key of this text without the blanks around it; null for a blank one.</summary>
    public static ApiKey? From(string? value) => string.IsNullOrWhiteSpace(value) ? null : new ApiKey(value!.Trim());

    public static ApiKey? From(SecureString value) => From(new NetworkCredential("", value).Password);

    /// <summary>The only way to the text, for the one header that carries it.</summary>
    internal string Reveal() => _value;

    public override string ToString() => "****";
}
