namespace RunwareTts.Binding;

/// <summary>A cmdlet that lists the catalogue by names with wildcards.</summary>
public abstract class CatalogCmdlet : TtsCmdlet
{
    /// <summary>Writes what a name matches. A plain name that matches nothing is an error.</summary>
    private protected void WriteMatching<T>(
        string name, IEnumerable<T> listed, Func<NamePattern, T, bool> isMatch, Func<string, TtsException?> notFound)
    {
        NamePattern pattern = new(name);
        T[] found = [.. listed.Where(item => isMatch(pattern, item))];
        WriteObject(found, enumerateCollection: true);
        if (found.Length == 0 && pattern.IsPlain && notFound(name) is { } error)
            WriteTtsError(error, name);
    }
}
