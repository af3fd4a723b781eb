using RunwareTts.Catalog;

namespace RunwareTts;

/// <summary>A language of both models, as Get-TtsLanguage gives it.</summary>
public sealed class TtsLanguage
{
    private TtsLanguage(LanguageEntry entry)
    {
        Name = entry.Name;
        Code = entry.Code;
        NativeVoices = [.. SpeechCatalog.Voices.Where(v => v.NativeLanguage == entry.Name).Select(v => v.Name)];
    }

    public static IReadOnlyList<TtsLanguage> All { get; } = [.. SpeechCatalog.Languages.Select(entry => new TtsLanguage(entry))];

    /// <summary>The English name, as it is sent; Auto lets the service find out.</summary>
    public string Name { get; }

    /// <summary>ISO 639-1; null for Auto.</summary>
    public string? Code { get; }

    /// <summary>The preset voices that are at their best in it; every voice speaks all languages.</summary>
    public IReadOnlyList<string> NativeVoices { get; }

    /// <summary>The name again, so that it binds to -Language.</summary>
    public string Language => Name;

    public override string ToString() => Name;
}
