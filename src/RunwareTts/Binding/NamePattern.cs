using System.Management.Automation;

namespace RunwareTts.Binding;

/// <summary>A name as typed: with wildcards, or plain. An invalid pattern is a plain name.</summary>
internal sealed class NamePattern
{
    private readonly string _name;
    private readonly WildcardPattern? _pattern;

    public NamePattern(string? name)
    {
        _name = name ?? "";
        if (!WildcardPattern.ContainsWildcardCharacters(_name))
            return;
        try
        {
            WildcardPattern pattern = new(_name, WildcardOptions.IgnoreCase);
            pattern.IsMatch("");
            _pattern = pattern;
        }
        catch (WildcardPatternException)
        {
        }
    }

    /// <summary>It names one thing, and it is an error when that does not exist.</summary>
    public bool IsPlain => _pattern is null;

    public bool IsMatch(string value) =>
        _pattern?.IsMatch(value) ?? value.Equals(_name, StringComparison.OrdinalIgnoreCase);
}
