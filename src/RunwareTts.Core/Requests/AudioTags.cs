using System.Collections;
using System.Globalization;

namespace RunwareTts.Requests;

/// <summary>Title, artist and the like for a file; each audio format has its own names for them.</summary>
public sealed class AudioTags
{
    private static readonly TagName[] Names =
    [
        new("title", "TIT2", "INAM", "TITLE"),
        new("artist", "TPE1", "IART", "ARTIST"),
        new("album", "TALB", "IPRD", "ALBUM"),
        new("date", "TDRC", "ICRD", "DATE"),
        new("genre", "TCON", "IGNR", "GENRE"),
        new("track", "TRCK", "IPRT", "TRACKNUMBER"),
        new("comment", "COMM", "ICMT", "DESCRIPTION"),
    ];

    private const int MaxCharacters = 500_000;

    /// <summary>The ledger's hash of tags for a file that was perhaps not replaced by the one with new tags.</summary>
    internal const string Unknown = "?";

    /// <summary>Removes the tags that a file has.</summary>
    internal static readonly AudioTags None = new();

    private readonly List<(TagName Name, string Value)> _values = [];

    /// <summary>All keys, for help and completion.</summary>
    public static IEnumerable<string> Keys => Names.Select(n => n.Key);

    internal IEnumerable<(string Frame, string Value)> Id3 => _values.Select(v => (v.Name.Id3, v.Value));

    internal IEnumerable<(string Chunk, string Value)> Riff => _values.Select(v => (v.Name.Riff, v.Value));

    internal IEnumerable<(string Key, string Value)> Comments => _values.Select(v => (v.Name.Vorbis, v.Value));

    internal IEnumerable<(string Key, string Value)> Plain => _values.Select(v => (v.Name.Key, v.Value));

    /// <summary>No tags are asked for, or those that the file has.</summary>
    internal static bool AreIn(string? written, AudioTags? asked) => asked is null || asked.Hash == written;

    /// <summary>Identifies them in the ledger, in whatever order they were given; null for none.</summary>
    internal string? Hash => _values.Count == 0 ? null : RequestHash.Short(string.Concat(
        Plain.OrderBy(v => v.Key, StringComparer.Ordinal).Select(v => $"{v.Key}\0{v.Value}\0")));

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
            TagName? name = Array.Find(Names, n => n.Key.Equals(key.Trim(), StringComparison.OrdinalIgnoreCase));
            string value = Text(entry.Value);
            if (tags.Refusal(key, name, entry.Value, value) is { } refusal)
                findings.Refuse("Tag", refusal);
            // A blank is "not given", as in a row.
            else if (value.Length > 0)
                tags._values.Add((name!, value));
        }

        return tags._values.Count == 0 ? null : tags;
    }

    private string? Refusal(string key, TagName? name, object? given, string value) =>
        name is null ? $"Tag '{key}' is unknown. Allowed: {string.Join(", ", Keys)}."
        : given is IEnumerable and not string ? $"The tag {name.Key} holds a {given.GetType().Name}, not one value. "
            + "Give one text, for example several that are joined: ($names -join ', ')."
        : value.Contains('\0') ? $"The tag {name.Key} has a NUL character, which ends a text in every format. "
            + "Leave it out."
        : value.Length > MaxCharacters ? FormattableString.Invariant(
            $"The tag {name.Key} has {value.Length} characters; allowed are up to {MaxCharacters}, ")
            + "since the tags of FLAC end at 16 MB."
        : _values.Exists(v => v.Name == name)
            ? $"The tag {name.Key} is given twice, the second time as '{key}'. Leave one of them out."
        : null;

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

    private static string Text(DateTime date) => date.ToString(
        date.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);

    private sealed record TagName(string Key, string Id3, string Riff, string Vorbis);
}
