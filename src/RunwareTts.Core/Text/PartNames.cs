using System.Globalization;

namespace RunwareTts.Text;

/// <summary>Names the parts of one pipeline: each has an Id of its own, and by Id they are in the order of their text.</summary>
public sealed class PartNames
{
    private const string Unnamed = "text";

    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);
    private string? _strings;
    private int _ofStrings;

    /// <summary>book-0001, book-0002 … of book.txt; book-2-0001 … of another book.txt.</summary>
    public IEnumerable<TtsTextPart> OfFile(string path, IEnumerable<TtsTextPart> parts)
    {
        string name = Claim(Path.GetFileNameWithoutExtension(path));
        return parts.Select(part => part with { Id = Id(name, part.Index) });
    }

    /// <summary>text-0001 … through all strings: they have no names to tell them apart.</summary>
    public IEnumerable<TtsTextPart> OfString(IEnumerable<TtsTextPart> parts)
    {
        _strings ??= Claim(Unnamed);
        return parts.Select(part => part with { Id = Id(_strings, ++_ofStrings) });
    }

    private static string Id(string name, int number) => $"{name}-{number.ToString("D4", CultureInfo.InvariantCulture)}";

    private string Claim(string name)
    {
        string plain = name.Length == 0 ? Unnamed : name;
        string free = plain;
        for (int n = 2; !_taken.Add(free); n++)
            free = string.Format(CultureInfo.InvariantCulture, "{0}-{1}", plain, n);
        return free;
    }
}
