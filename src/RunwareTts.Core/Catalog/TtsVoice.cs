using RunwareTts.Catalog;

namespace RunwareTts;

/// <summary>A preset voice, as Get-TtsVoice gives it.</summary>
public sealed class TtsVoice
{
    internal TtsVoice(VoiceEntry entry)
    {
        Name = entry.Name;
        Gender = entry.Gender;
        NativeLanguage = entry.NativeLanguage;
        Dialect = entry.Dialect;
        Description = entry.Description;
        Model = SpeechCatalog.CustomVoice.Name;
    }

    /// <summary>The id as it is sent, such as <c>uncle_fu</c>.</summary>
    public string Name { get; }

    public string Gender { get; }

    /// <summary>The language in which the voice is at its best; every voice speaks all ten.</summary>
    public string NativeLanguage { get; }

    public string? Dialect { get; }

    public string Description { get; }

    public string Model { get; }

    public override string ToString() => Name;

    /// <summary>
    /// What to know about a language (name or ISO code) that no voice is native in; null for the others.
    /// </summary>
    public static string? CautionFor(string? language) =>
        language is not null && SpeechCatalog.FindLanguage(language) is { Code: not null } known
            && SpeechCatalog.Voices.All(v => v.NativeLanguage != known.Name)
            ? $"No preset voice is native in {known.Name}, but all {SpeechCatalog.Voices.Count} speak it: "
                + "use any of them, and Get-TtsVoice without -Language lists them."
            : null;

    /// <summary>The catalogue's voices of a native language (name or ISO code), gender and model; null means any.</summary>
    /// <exception cref="TtsException">InvalidRequest.Language, InvalidRequest.Model for one that is unknown.</exception>
    public static IEnumerable<TtsVoice> Find(string? language, string? gender, string? model)
    {
        string? native = language is null
            ? null
            : (SpeechCatalog.FindLanguage(language) ?? throw Errors.UnknownLanguage(language)).Name;
        ModelEntry? known = model is null ? null : SpeechCatalog.FindModel(model) ?? throw Errors.UnknownModel(model);
        return SpeechCatalog.Voices
            .Select(entry => new TtsVoice(entry))
            .Where(voice => native is null or "Auto" || voice.NativeLanguage == native)
            .Where(voice => gender is null || voice.Gender.Equals(gender, StringComparison.OrdinalIgnoreCase))
            .Where(voice => known is null || known.Name == voice.Model);
    }
}
