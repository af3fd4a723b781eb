using System.Globalization;
using RunwareTts.Catalog;

namespace RunwareTts.Requests;

/// <summary>A value for a cell, what to know about it, and other names that it has.</summary>
public sealed record Suggestion(string Value, string Tip, params string[] Names);

/// <summary>
/// Values for a cell, by the catalogue and the other cells of the same line. The user is still typing, so an invalid
/// cell counts as not given.
/// </summary>
internal static class Suggestions
{
    private static readonly decimal[] Paces = [0.5m, 0.75m, 0.9m, 1m, 1.1m, 1.25m, 1.5m, 2m];

    private static readonly string[] Moods = ["calm", "cheerful", "excited", "friendly and warm", "sad",
        "serious", "slow and clear", "whispering"];

    /// <summary>The values for a field of a row; none for a field that can hold anything.</summary>
    public static IEnumerable<Suggestion> Find(string? field, SpeechRow line) => field switch
    {
        "Voice" => Voices(line),
        "Model" => Models(),
        "Language" => Languages(),
        "Style" => Styles(),
        "Speed" => Speeds(),
        "NumberResults" => NumberResults(line),
        "OutputType" => OutputTypes(),
        "OutputFormat" => FormatSuggestions.OutputFormats(line),
        "SampleRate" => FormatSuggestions.SampleRates(line),
        "Channels" => FormatSuggestions.Channels(line),
        "Bitrate" => FormatSuggestions.Bitrates(line),
        _ => [],
    };

    /// <summary>The voices that Get-TtsVoice would find.</summary>
    public static IEnumerable<Suggestion> VoiceNames(string? language, string? gender, string? model) =>
        SpeechCatalog.FindVoices(
                FindLanguage(language)?.Name,
                CellParser.Clean(gender),
                CellParser.Clean(model) is { } named ? SpeechCatalog.FindModel(named)?.Name : null)
            .Select(Describe);

    private static IEnumerable<Suggestion> Voices(SpeechRow line)
    {
        TtsModel model = FindModel(line);
        return model == SpeechCatalog.VoiceDesign
            ? [new Suggestion(model.DefaultVoice, "The voice of the VoiceDescription.")]
            : model == SpeechCatalog.Base
            ? [new Suggestion(model.DefaultVoice, "The voice of the ReferenceAudio.")]
            : SpeechCatalog.Voices
                .OrderByDescending(v => v.NativeLanguage == FindLanguage(line.Language)?.Name)
                .Select(Describe)
                .Append(new Suggestion(model.DefaultVoice, "The service chooses."));
    }

    private static IEnumerable<Suggestion> Models() =>
        SpeechCatalog.Models.Select(
            m => new Suggestion(m.Name, $"{m.Title}: {m.Description} {m.ModelId}", m.ModelId));

    private static IEnumerable<Suggestion> Languages() =>
        from language in SpeechCatalog.Languages
        let native = language.NativeVoices.Count == 0 ? "" : $"; native to {string.Join(", ", language.NativeVoices)}"
        select language.Code is null
            ? new Suggestion(language.Name, "The service detects it.")
            : new Suggestion(
                language.Name, $"{language.Name} ({language.Code}){native}", [language.Code, .. language.OwnNames]);

    private static IEnumerable<Suggestion> Styles() =>
        Moods.Select(mood => new Suggestion(mood, "An example: any description of a mood or manner will do."));

    private static IEnumerable<Suggestion> Speeds() =>
        from speed in Paces
        let value = speed.ToString(CultureInfo.InvariantCulture)
        select new Suggestion(value, speed == SpeechCatalog.Limits.DefaultSpeed ? "The usual pace."
            : $"{value} times the usual pace.");

    private static IEnumerable<Suggestion> NumberResults(SpeechRow line)
    {
        TtsModel model = FindModel(line);
        int min = SpeechCatalog.Limits.MinResults;
        return Enumerable.Range(min, model.MaxNumberResults - min + 1)
            .Select(n => n.ToString(CultureInfo.InvariantCulture))
            .Select(n => new Suggestion(
                n, $"{n} of at most {model.MaxNumberResults} results of {model.Name}, each of them charged."));
    }

    private static IEnumerable<Suggestion> OutputTypes() =>
        SpeechCatalog.OutputTypes.Select(type => new Suggestion(type, type switch
        {
            "URL" => "A link to the audio, which is then downloaded.",
            "base64Data" => "The audio within the answer.",
            _ => "The audio within the answer, as a data: URI.",
        }));

    /// <summary>A kept voice can speak this line: it has no other model and no clip of its own.</summary>
    public static bool CanBeKept(SpeechRow line) =>
        (CellParser.Clean(line.Model) is not { } named || SpeechCatalog.FindModel(named) is not { } known
            || known == SpeechCatalog.Base)
        && CellParser.Clean(line.ReferenceAudio) is null;

    private static TtsModel FindModel(SpeechRow line) =>
        CellParser.Clean(line.Model) is { } named && SpeechCatalog.FindModel(named) is { } known ? known
        : CellParser.Clean(line.ReferenceAudio) is not null ? SpeechCatalog.Base
        : CellParser.Clean(line.VoiceDescription) is null ? SpeechCatalog.CustomVoice : SpeechCatalog.VoiceDesign;

    private static TtsLanguage? FindLanguage(string? cell) =>
        CellParser.Clean(cell) is { } value ? SpeechCatalog.FindLanguage(value) : null;

    private static Suggestion Describe(TtsVoice voice)
    {
        string dialect = voice.Dialect is null ? "" : $" ({voice.Dialect})";
        return new Suggestion(
            voice.Name, $"{voice.Gender}, {voice.NativeLanguage}{dialect}. {voice.Description}");
    }
}
