using RunwareTts.Catalog;

namespace RunwareTts;

internal static partial class Errors
{
    private const int MaxKept = 20;

    public static TtsException UnknownLanguage(string value) =>
        Invalid("Language", $"Language '{value}' is not supported.{Words.DidYouMean(NearLanguage(value))} Allowed: "
            + $"{string.Join(", ", SpeechCatalog.Languages.Select(l => l.Name))}, or an ISO code such as en or de-DE. "
            + "With Auto the service detects it; Get-TtsLanguage lists all.");

    public static TtsException UnknownModel(string value) =>
        Invalid("Model", $"Model '{value}' is "
            + $"unknown.{Words.DidYouMean(Nearness.Find(value, SpeechCatalog.Models.Select(m => m.Name)))} Allowed: "
            + $"{string.Join(", ", SpeechCatalog.Models.Select(m => m.Name))}, or a full id such as "
            + $"{SpeechCatalog.CustomVoice.ModelId}.");

    /// <param name="name">The name that was asked for.</param>
    /// <param name="kept">The names of kept voices; null where they do not count.</param>
    public static TtsException VoiceNotFound(string name, IEnumerable<string>? kept = null) =>
        NotFound("Voice", name, SpeechCatalog.Voices.Select(v => v.Name).Concat((kept ?? []).Take(MaxKept)));

    public static TtsException ModelNotFound(string name) =>
        NotFound("Model", name, SpeechCatalog.Models.SelectMany(m => new[] { m.Name, m.ModelId }));

    public static TtsException LanguageNotFound(string name) =>
        NotFound("Language", name, SpeechCatalog.Languages
            .Select(l => l.Code is null ? l.Name : $"{l.Name} ({l.Code})"));

    public static TtsException FormatNotFound(string name) =>
        NotFound("Format", name, SpeechCatalog.Formats.Select(f => f.Name));

    private static TtsException NotFound(string what, string name, IEnumerable<string> known) =>
        new($"{what}NotFound", TtsErrorKind.ObjectNotFound, $"There is no {what.ToLowerInvariant()} "
            + $"'{name}'.{Words.DidYouMean(what == "Language" ? NearLanguage(name) : Nearness.Find(name, known))} "
            + $"Known: {string.Join(", ", known)}.");

    private static string? NearLanguage(string name) =>
        Nearness.Find(name, SpeechCatalog.Languages.SelectMany(l => l.OwnNames.Prepend(l.Name))) is { } near
            ? SpeechCatalog.FindLanguage(near)!.Name : null;
}
