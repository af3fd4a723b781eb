using System.Globalization;

namespace RunwareTts.Text;

/// <summary>
/// Names the parts of one pipeline: each gets a unique Id, whose number sorts them in the order of their text.
/// </summary>
public sealed class PartNames
{
    private const string Unnamed = "text";

    private readonly Dictionary<string, (string Name, int Count)> _sources = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Parts of book.txt are book-0001, book-0002 and so on, those of another book.txt book-2-0001, and those of all
    /// strings text-0001 and so on.
    /// </summary>
    /// <param name="path">The file; null for a string.</param>
    /// <param name="parts">Its parts.</param>
    public IEnumerable<TtsTextPart> Give(string? path, IEnumerable<TtsTextPart> parts)
    {
        string source = path ?? "";
        if (!_sources.ContainsKey(source))
            _sources[source] = (Claim(Path.GetFileNameWithoutExtension(source)), 0);
        foreach (TtsTextPart part in parts)
        {
            (string name, int count) = _sources[source];
            _sources[source] = (name, ++count);
            string number = count.ToString("D4", CultureInfo.InvariantCulture);
            yield return part with { Id = $"{name}-{number}", Source = path };
        }
    }

    private string Claim(string name)
    {
        string plain = name.Length == 0 ? Unnamed : name;
        string free = plain;
        for (int n = 2; !_taken.Add(free); n++)
            free = string.Format(CultureInfo.InvariantCulture, "{0}-{1}", plain, n);
        return free;
    }
}
