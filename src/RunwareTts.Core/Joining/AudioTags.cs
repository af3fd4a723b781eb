using System.Collections;
using System.Globalization;

namespace RunwareTts.Joining;

/// <summary>Title, artist and the like for a file that gets tags; every format has names of its own for them.</summary>
public sealed class AudioTags
{
    private static readonly Name[] Names =
    [
        new("title", "TIT2", "INAM"),
        new("artist", "TPE1", "IART"),
        new("album", "TALB", "IPRD"),
        new("date", "TDRC", "ICRD"),
        new("genre", "TCON", "IGNR"),
        new("track", "TRCK", "IPRT"),
        new("comment", "COMM", "ICMT"),
    ];

    private readonly List<(Name Name, string Value)> _values = [];

    /// <summary>The keys that there are, for help and Tab.</summary>
    public static IEnumerable<string> Keys => Names.Select(n => n.Key);

    internal IEnumerable<(string Frame, string Value)> Id3 => _values.Select(v => (v.Name.Id3, v.Value));

    internal IEnumerable<(string Chunk, string Value)> Riff => _values.Select(v => (v.Name.Riff, v.Value));

    internal IEnumerable<(string Key, string Value)> Plain => _values.Select(v => (v.Name.Key, v.Value));

    /// <param name="given">A hashtable, plain or ordered; case does not matter.</param>
    /// <exception cref="TtsException">InvalidRequest.Tag.</exception>
    public static AudioTags Read(IDictionary given)
    {
        AudioTags tags = new();
        foreach (DictionaryEntry entry in given)
        {
            string key = Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? "";
            Name name = Array.Find(Names, n => n.Key.Equals(key.Trim(), StringComparison.OrdinalIgnoreCase)) ?? throw Errors.UnknownTag(key, Keys);
            string value = Convert.ToString(entry.Value, CultureInfo.InvariantCulture)?.Trim() ?? "";
            if (value.Contains('\0'))
                throw Errors.Invalid("Tag", $"The tag {name.Key} has a NUL character, which ends a text in every format. Leave it out.");
            // A blank is "not given", as in a row.
            if (value.Length > 0)
                tags._values.Add((name, value));
        }

        return tags;
    }

    private sealed record Name(string Key, string Id3, string Riff);
}
