using System.Globalization;
using RunwareTts.Catalog;

namespace RunwareTts.Requests;

/// <summary>A value that may stand in a cell, what is to be known of it, and what else people call it.</summary>
public sealed record Suggestion(string Value, string Tip, params string[] Names);

/// <summary>
/// What may stand in a cell, by the catalogue and the other cells of the same line. A cell that makes no sense
/// counts as not given: somebody is still typing.
/// </summary>
public static class Suggestions
{
    private static readonly decimal[] Paces = [0.5m, 0.75m, 0.9m, 1m, 1.1m, 1.25m, 1.5m, 2m];

    private static readonly string[] Moods = ["calm", "cheerful", "excited", "friendly and warm", "sad",
        "serious", "slow and clear", "whispering"];

    public static IEnumerable<Suggestion> Voices(SpeechRow line)
    {
        TtsModel model = ModelOf(line);
        return model == SpeechCatalog.VoiceDesign
            ? [new Suggestion(model.DefaultVoice, "The voice of the VoiceDescription.")]
            : SpeechCatalog.Voices
                .OrderByDescending(v => v.NativeLanguage == Language(line.Language)?.Name)
                .Select(Voice)
                .Append(new Suggestion(model.DefaultVoice, "The service chooses."));
    }

    /// <summary>The voices that Get-TtsVoice would find.</summary>
    public static IEnumerable<Suggestion> VoiceNames(string? language, string? gender, string? model) =>
        SpeechCatalog.FindVoices(Language(language)?.Name, Cell.Clean(gender), Cell.Clean(model) is { } named ? SpeechCatalog.FindModel(named)?.Name : null)
            .Select(Voice);

    public static IEnumerable<Suggestion> Languages() =>
        from language in SpeechCatalog.Languages
        let native = language.NativeVoices.Count == 0 ? "" : $"; native to {string.Join(", ", language.NativeVoices)}"
        select language.Code is null
            ? new Suggestion(language.Name, "The service finds it out.")
            : new Suggestion(language.Name, $"{language.Name} ({language.Code}){native}",
                [language.Code, .. language.OwnNames]);

    public static IEnumerable<Suggestion> Speeds() =>
        from speed in Paces
        where speed >= SpeechCatalog.Limits.MinSpeed && speed <= SpeechCatalog.Limits.MaxSpeed
        let value = speed.ToString(CultureInfo.InvariantCulture)
        select new Suggestion(value, speed == SpeechCatalog.Limits.DefaultSpeed ? "The usual pace."
            : $"{value} times the usual pace.");

    /// <summary>Some of what may be asked for in plain words.</summary>
    public static IEnumerable<Suggestion> Styles() =>
        Moods.Select(mood => new Suggestion(mood, "An example: any description of a mood or manner will do."));

    public static IEnumerable<Suggestion> NumberResults(SpeechRow line)
    {
        TtsModel model = ModelOf(line);
        return Enumerable.Range(SpeechCatalog.Limits.MinResults, model.MaxNumberResults - SpeechCatalog.Limits.MinResults + 1)
            .Select(n => n.ToString(CultureInfo.InvariantCulture))
            .Select(n => new Suggestion(
                n, $"{n} of at most {model.MaxNumberResults} results of {model.Name}, each of them charged."));
    }

    public static IEnumerable<Suggestion> Models() =>
        SpeechCatalog.Models.Select(m => new Suggestion(m.Name, $"{m.Title}: {m.Description} {m.ModelId}", m.ModelId));

    public static IEnumerable<Suggestion> OutputTypes() =>
        SpeechCatalog.OutputTypes.Select(type => new Suggestion(type, type switch
        {
            "URL" => "A link to the audio, which is then downloaded.",
            "base64Data" => "The audio within the answer.",
            _ => "The audio within the answer, as a data: URI.",
        }));

    private static TtsModel ModelOf(SpeechRow line) =>
        Cell.Clean(line.Model) is { } named && SpeechCatalog.FindModel(named) is { } known ? known
        : Cell.Clean(line.VoiceDescription) is null ? SpeechCatalog.CustomVoice : SpeechCatalog.VoiceDesign;

    private static TtsLanguage? Language(string? cell) => Cell.Clean(cell) is { } value ? SpeechCatalog.FindLanguage(value) : null;

    private static Suggestion Voice(TtsVoice voice) =>
        new(voice.Name, $"{voice.Gender}, {voice.NativeLanguage}{(voice.Dialect is null ? "" : $" ({voice.Dialect})")}. {voice.Description}");
}
