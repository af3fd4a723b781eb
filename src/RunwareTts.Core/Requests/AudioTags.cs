using System.Collections;
using System.Globalization;

namespace RunwareTts.Requests;

/// <summary>Title, artist and the like for a file that gets tags; every format has names of its own for them.</summary>
public sealed class AudioTags
{
    private static readonly Name[] Names =
    [
        new("title", "TIT2", "INAM", "TITLE"),
        new("artist", "TPE1", "IART", "ARTIST"),
        new("album", "TALB", "IPRD", "ALBUM"),
        new("date", "TDRC", "ICRD", "DATE"),
        new("genre", "TCON", "IGNR", "GENRE"),
        new("track", "TRCK", "IPRT", "TRACKNUMBER"),
        new("comment", "COMM", "ICMT", "DESCRIPTION"),
    ];

    private const int MostCharacters = 500_000;

    /// <summary>What the ledger has of a file of which it is not known whether it got its tags.</summary>
    internal const string Unknown = "?";

    /// <summary>Those that a file has are taken away.</summary>
    internal static readonly AudioTags None = new();

    private readonly List<(Name Name, string Value)> _values = [];

    /// <summary>The keys that there are, for help and Tab.</summary>
    public static IEnumerable<string> Keys => Names.Select(n => n.Key);

    internal IEnumerable<(string Frame, string Value)> Id3 => _values.Select(v => (v.Name.Id3, v.Value));

    internal IEnumerable<(string Chunk, string Value)> Riff => _values.Select(v => (v.Name.Riff, v.Value));

    internal IEnumerable<(string Key, string Value)> Comments => _values.Select(v => (v.Name.Vorbis, v.Value));

    internal IEnumerable<(string Key, string Value)> Plain => _values.Select(v => (v.Name.Key, v.Value));

    /// <summary>None are asked for, or those that a file has.</summary>
    internal static bool AreIn(string? written, AudioTags? asked) => asked is null || asked.Hash == written;

    /// <summary>Names them in the ledger, in whatever order they were given; null for none.</summary>
    internal string? Hash => _values.Count == 0 ? null : RequestHash.Short(string.Concat(Plain.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"{v.Key}\0{v.Value}\0")));

    /// <param name="given">A hashtable, plain or ordered; case does not matter.</param>
    /// <returns>Null where nothing is given, or only blanks.</returns>
    /// <exception cref="TtsException">InvalidRequest.Tag.</exception>
    public static AudioTags? Read(IDictionary? given)
    {
        Findings findings = new();
        AudioTags? tags = Read(given, findings);
        return findings.Problems.Count == 0 ? tags : throw Errors.InvalidRow(findings.Problems);
    }

    internal static AudioTags? Read(IDictionary? given, Findings findings)
    {
        AudioTags tags = new();
        foreach (DictionaryEntry entry in given ?? new Hashtable())
        {
            string key = Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? "";
            string value = Text(entry.Value);
            if (Array.Find(Names, n => n.Key.Equals(key.Trim(), StringComparison.OrdinalIgnoreCase)) is not { } name)
                findings.Refuse("Tag", Errors.UnknownTag(key, Keys).Message);
            else if (entry.Value is IEnumerable and not string)
                findings.Refuse("Tag", $"The tag {name.Key} holds a {entry.Value.GetType().Name}, not one value. Give one text, such as several that are joined: ($names -join ', ').");
            else if (value.Contains('\0'))
                findings.Refuse("Tag", $"The tag {name.Key} has a NUL character, which ends a text in every format. Leave it out.");
            else if (value.Length > MostCharacters)
                findings.Refuse("Tag", FormattableString.Invariant($"The tag {name.Key} has {value.Length} characters; allowed are up to {MostCharacters}, since the tags of FLAC end at 16 MB."));
            else if (tags._values.Exists(v => v.Name == name))
                findings.Refuse("Tag", $"The tag {name.Key} is given twice, the second time as '{key}'. Leave one of them out.");
            // A blank is "not given", as in a row.
            else if (value.Length > 0)
                tags._values.Add((name, value));
        }

        return tags._values.Count == 0 ? null : tags;
    }

    // Dates as the formats have them: the day, and the time where there is one.
    private static string Text(object? value) => value switch
    {
        DateTime date => Text(date),
        DateTimeOffset date => Text(date.DateTime),
#if NET
        DateOnly date => Text(date.ToDateTime(default)),
#endif
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)?.Trim() ?? "",
    };

    private static string Text(DateTime date) => date.ToString(date.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);

    private sealed record Name(string Key, string Id3, string Riff, string Vorbis);
}
