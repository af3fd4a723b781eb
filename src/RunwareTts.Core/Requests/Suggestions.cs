using RunwareTts.Catalog;
using RunwareTts.Files;

namespace RunwareTts.Requests;

/// <summary>A value that may stand in a cell, what is to be known of it, and what else people call it.</summary>
public sealed record Suggestion(string Value, string Tip, params string[] Names);

/// <summary>
/// What may stand in a cell, by the catalogue and the other cells of the same line. A cell that makes no sense
/// counts as not given: somebody is still typing.
/// </summary>
public static class Suggestions
{
    public static IEnumerable<Suggestion> Voices(SpeechRow line)
    {
        ModelEntry model = Cell.Clean(line.Model) is { } named && SpeechCatalog.FindModel(named) is { } known ? known
            : Cell.Clean(line.VoiceDescription) is null ? SpeechCatalog.CustomVoice : SpeechCatalog.VoiceDesign;
        return model == SpeechCatalog.VoiceDesign
            ? [new Suggestion(model.Voice, "The voice of the VoiceDescription.")]
            : SpeechCatalog.Voices
                .OrderByDescending(v => v.NativeLanguage == Language(line.Language)?.Name)
                .Select(Voice)
                .Append(new Suggestion(model.Voice, "The service chooses."));
    }

    /// <summary>The voices that Get-TtsVoice would find.</summary>
    public static IEnumerable<Suggestion> VoiceNames(string? language, string? gender, string? model) =>
        TtsVoice.Find(Language(language)?.Name, Cell.Clean(gender), Cell.Clean(model) is { } named ? SpeechCatalog.FindModel(named)?.Name : null)
            .Select(v => Voice(SpeechCatalog.FindVoice(v.Name)!));

    public static IEnumerable<Suggestion> Languages() =>
        from language in TtsLanguage.All
        let native = language.NativeVoices.Count == 0 ? "" : $"; native to {string.Join(", ", language.NativeVoices)}"
        select language.Code is null
            ? new Suggestion(language.Name, "The service finds it out.")
            : new Suggestion(language.Name, $"{language.Name} ({language.Code}){native}", language.Code);

    public static IEnumerable<Suggestion> Models() =>
        SpeechCatalog.Models.Select(m => new Suggestion(m.Name, $"{m.Title}: {m.Description} {m.Id}", m.Id));

    public static IEnumerable<Suggestion> OutputTypes() =>
        SpeechCatalog.OutputTypes.Select(type => new Suggestion(type, type switch
        {
            "URL" => "A link to the audio, which is then downloaded.",
            "base64Data" => "The audio within the answer.",
            _ => "The audio within the answer, as a data: URI.",
        }));

    /// <summary>The tokens that an OutputPath may hold, without their braces.</summary>
    public static IEnumerable<Suggestion> OutputTokens() => OutputTemplate.Tokens.Select(t => new Suggestion(t.Name, t.Says));

    private static LanguageEntry? Language(string? cell) => Cell.Clean(cell) is { } value ? SpeechCatalog.FindLanguage(value) : null;

    private static Suggestion Voice(VoiceEntry voice) =>
        new(voice.Name, $"{voice.Gender}, {voice.NativeLanguage}{(voice.Dialect is null ? "" : $" ({voice.Dialect})")}. {voice.Description}");
}
