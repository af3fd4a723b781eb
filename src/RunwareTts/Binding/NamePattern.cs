using System.Management.Automation;

namespace RunwareTts.Binding;

/// <summary>A name as it is typed: with wildcards, or plain. What is no valid pattern is plain.</summary>
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

    /// <summary>One thing is meant, and it is an error when it is not there.</summary>
    public bool IsPlain => _pattern is null;

    public bool IsMatch(string value) => _pattern?.IsMatch(value) ?? value.Equals(_name, StringComparison.OrdinalIgnoreCase);
}
