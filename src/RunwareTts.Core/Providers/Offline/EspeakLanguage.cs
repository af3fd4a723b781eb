using RunwareTts.Requests;
using RunwareTts.Text;

namespace RunwareTts.Providers.Offline;

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

    /// <summary>espeak-ng says "Chinese letter" for each kanji of a Japanese text and each hanja of a Korean one.</summary>
    public static bool HasHanThatItCannotRead(SpeechRequest request) => request.SpokenLanguage is "Japanese" or "Korean" && request.Text.Any(TextLanguage.IsHan);
}
