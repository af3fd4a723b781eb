using RunwareTts.Requests;

namespace RunwareTts.Offline;

/// <summary>The espeak-ng voice of each language.</summary>
internal static class EspeakLanguage
{
    // cmn itself spells every hanzi as English letters and a tone digit in 1.51; its pinyin voice reads them.
    private static readonly Dictionary<string, string> Voices = new()
    {
        ["English"] = "en-us",
        ["Chinese"] = "cmn-latn-pinyin",
        ["Japanese"] = "ja",
        ["Korean"] = "ko",
        ["German"] = "de",
        ["French"] = "fr-fr",
        ["Russian"] = "ru",
        ["Portuguese"] = "pt-br",
        ["Spanish"] = "es",
        ["Italian"] = "it",
    };

    public static string VoiceOf(string language) => Voices[language];

    /// <summary>The language asked for; Auto goes by the script of the text, and Latin letters are read as English.</summary>
    public static string Of(SpeechRequest request) => request.Language is null or "Auto" ? Guess(request.Text) : request.Language;

    /// <summary>espeak-ng says "Chinese letter" for each kanji.</summary>
    public static bool HasUnreadableKanji(SpeechRequest request) => Of(request) == "Japanese" && request.Text.Any(IsHan);

    private static string Guess(string text) =>
        text.Any(c => c is >= '\u3040' and <= '\u30FF') ? "Japanese"
        : text.Any(c => c is >= '\uAC00' and <= '\uD7A3' or >= '\u1100' and <= '\u11FF') ? "Korean"
        : text.Any(IsHan) ? "Chinese"
        : text.Any(c => c is >= '\u0400' and <= '\u04FF') ? "Russian"
        : "English";

    private static bool IsHan(char c) => c is >= '\u3400' and <= '\u4DBF' or >= '\u4E00' and <= '\u9FFF';
}
