using System.Text.Json;

namespace RunwareTts.Catalog;

/// <summary>
/// What the model pages say: models, voices, languages, formats, limits and prices. The numbers stand in the embedded
/// catalog.json only.
/// </summary>
public static class SpeechCatalog
{
    private static readonly Lazy<CatalogData> Data = new(Load);

    private static readonly Lazy<IReadOnlyList<AudioFormat>> Grouped = new(() => [.. FormatRows
        .GroupBy(r => r.OutputFormat)
        .Select(rows => new AudioFormat(rows.Key, rows.First().Extension, [.. rows]))]);

    public static IReadOnlyList<TtsModel> Models => Data.Value.Models;
    public static IReadOnlyList<TtsVoice> Voices => Data.Value.Voices;
    public static IReadOnlyList<TtsLanguage> Languages => Data.Value.Languages;

    /// <summary>By the name of a language: words after which a dot does not end the sentence.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Abbreviations => Data.Value.Abbreviations;

    /// <summary>A row for each format, sample rate and channels, and one for each lossless format.</summary>
    public static IReadOnlyList<TtsFormat> FormatRows => Data.Value.Formats;

    public static IReadOnlyList<AudioFormat> Formats => Grouped.Value;
    public static IReadOnlyList<string> OutputTypes => Data.Value.OutputTypes;
    public static Limits Limits => Data.Value.Limits;

    /// <summary>What a task of a model of the catalogue takes, until it is known better.</summary>
    public static TaskTime TaskTime => Data.Value.TaskTime;

    public static TtsModel CustomVoice => Models[0];
    public static TtsModel VoiceDesign => Models[1];
    public static TtsModel Base => Models[2];

    /// <summary>The most results that any model gives.</summary>
    public static int MaxResults => Models.Max(m => m.MaxNumberResults);

    /// <summary>The model of this name or full id, or null for one that the catalogue does not know.</summary>
    public static TtsModel? FindModel(string nameOrId) =>
        Models.FirstOrDefault(m => Same(m.Name, nameOrId) || Same(m.ModelId, nameOrId));

    public static TtsVoice? FindVoice(string name) => Voices.FirstOrDefault(v => Same(v.Name, name));

    /// <summary>The preset voices of a native language (name or ISO code), gender and model; null means any.</summary>
    /// <exception cref="TtsException">InvalidRequest.Language, InvalidRequest.Model for unknown ones.</exception>
    public static IEnumerable<TtsVoice> FindVoices(string? language, string? gender, string? model) =>
        FindVoices(Voices, language, gender, model);

    /// <summary>The same of other voices.</summary>
    /// <inheritdoc cref="FindVoices(string?, string?, string?)"/>
    public static IEnumerable<TtsVoice> FindVoices(
        IEnumerable<TtsVoice> voices, string? language, string? gender, string? model)
    {
        string? native = language is null ? null
            : (FindLanguage(language) ?? throw Errors.UnknownLanguage(language)).Name;
        TtsModel? known = model is null ? null : FindModel(model) ?? throw Errors.UnknownModel(model);
        return voices
            .Where(voice => native is null or "Auto" || voice.NativeLanguage == native)
            .Where(voice => gender is null || Same(voice.Gender, gender))
            .Where(voice => known is null || known.Name == voice.Model);
    }

    /// <summary>The English name of a voice's language (name or ISO code); null for none and for Auto.</summary>
    /// <exception cref="TtsException">InvalidRequest.Language for an unknown one.</exception>
    public static string? ReadNativeLanguage(string? nameOrCode)
    {
        if (string.IsNullOrWhiteSpace(nameOrCode))
            return null;
        TtsLanguage known = FindLanguage(nameOrCode!.Trim()) ?? throw Errors.UnknownLanguage(nameOrCode);
        return known.Code is null ? null : known.Name;
    }

    /// <summary>The warning for a language (name or ISO code) without a native voice; null for the others.</summary>
    public static string? CautionFor(string? language) =>
        language is not null && FindLanguage(language) is { Code: not null, NativeVoices.Count: 0 } known
            ? $"No preset voice is native in {known.Name}, but all {Voices.Count} speak it: "
                + "use any of them, and Get-TtsVoice without -Language lists them."
            : null;

    public static AudioFormat? FindFormat(string name) => Formats.FirstOrDefault(f => Same(f.Name, name));

    public static AudioFormat? FindFormatByExtension(string extension) =>
        Formats.FirstOrDefault(f => Same(f.Extension, extension));

    /// <summary>
    /// The language of this English name, own name (<c>Deutsch</c>), ISO code or culture name (<c>de</c>, <c>de-DE</c>,
    /// <c>de_AT</c>).
    /// </summary>
    public static TtsLanguage? FindLanguage(string nameOrCode) =>
        Languages.FirstOrDefault(l => Same(l.Name, nameOrCode))
        ?? Languages.FirstOrDefault(l => l.OwnNames.Any(own => Same(own, nameOrCode)))
        ?? Languages.FirstOrDefault(l => l.Code is not null && Same(l.Code, nameOrCode.Split('-', '_')[0]));

    private static bool Same(string? left, string right) =>
        right.Equals(left, StringComparison.OrdinalIgnoreCase);

    private static CatalogData Load()
    {
        using Stream json = typeof(SpeechCatalog).Assembly.GetManifestResourceStream("catalog.json")!;
        return JsonSerializer.Deserialize(json, CatalogJson.Default.CatalogData)!;
    }
}
