namespace RunwareTts.Catalog;

/// <summary>
/// What the two model pages say: models, voices, languages, formats, limits and prices.
/// Read once from the embedded catalog.json, the only place where these numbers stand.
/// </summary>
public static class SpeechCatalog
{
    private static readonly Lazy<CatalogData> Data = new(Load);

    public static IReadOnlyList<ModelEntry> Models => Data.Value.Models;
    public static IReadOnlyList<VoiceEntry> Voices => Data.Value.Voices;
    public static IReadOnlyList<LanguageEntry> Languages => Data.Value.Languages;

    /// <summary>By the name of a language, the words that a dot stands after within a sentence.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Abbreviations => Data.Value.Abbreviations;

    public static IReadOnlyList<FormatEntry> Formats => Data.Value.Formats;
    public static IReadOnlyList<string> OutputTypes => Data.Value.OutputTypes;
    public static Limits Limits => Data.Value.Limits;

    public static ModelEntry CustomVoice => Models[0];
    public static ModelEntry VoiceDesign => Models[1];

    /// <summary>The most results that any model gives.</summary>
    public static int MostResults => Models.Max(m => m.MaxResults);

    /// <summary>The model of this name or full id, or null for one that the catalogue does not know.</summary>
    public static ModelEntry? FindModel(string nameOrId) =>
        Models.FirstOrDefault(m => Same(m.Name, nameOrId) || Same(m.Id, nameOrId));

    public static VoiceEntry? FindVoice(string name) => Voices.FirstOrDefault(v => Same(v.Name, name));

    public static FormatEntry? FindFormat(string name) => Formats.FirstOrDefault(f => Same(f.Name, name));

    public static FormatEntry? FindFormatByExtension(string extension) => Formats.FirstOrDefault(f => Same(f.Extension, extension));

    /// <summary>
    /// The language of this English name, own name (<c>Deutsch</c>), ISO code or culture name (<c>de</c>, <c>de-DE</c>,
    /// <c>de_AT</c>).
    /// </summary>
    public static LanguageEntry? FindLanguage(string nameOrCode) =>
        Languages.FirstOrDefault(l => Same(l.Name, nameOrCode))
        ?? Languages.FirstOrDefault(l => l.OwnNames.Any(own => Same(own, nameOrCode)))
        ?? Languages.FirstOrDefault(l => l.Code is not null && Same(l.Code, nameOrCode.Split('-', '_')[0]));

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static CatalogData Load()
    {
        using Stream stream = typeof(SpeechCatalog).Assembly.GetManifestResourceStream("catalog.json")!;
        return CatalogReader.Read(stream);
    }
}
