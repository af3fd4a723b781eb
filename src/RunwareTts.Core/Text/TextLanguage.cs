using RunwareTts.Catalog;

namespace RunwareTts.Text;

/// <summary>Guesses the language in which a text will be read.</summary>
internal static class TextLanguage
{
    /// <summary>The language asked for; for Auto that of the text's script, with English for Latin letters.</summary>
    public static string Of(string text, string? language) =>
        language is null || SpeechCatalog.FindLanguage(language)?.CharactersPerSecond is null ? Guess(text) : language;

    public static bool IsHan(char c) => c is >= '\u3400' and <= '\u4DBF' or >= '\u4E00' and <= '\u9FFF';

    private static string Guess(string text) =>
        text.Any(c => c is >= '\u3040' and <= '\u30FF') ? "Japanese"
        : text.Any(c => c is >= '\uAC00' and <= '\uD7A3' or >= '\u1100' and <= '\u11FF') ? "Korean"
        : text.Any(IsHan) ? "Chinese"
        : text.Any(c => c is >= '\u0400' and <= '\u04FF') ? "Russian"
        : "English";
}
