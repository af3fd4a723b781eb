using System.Globalization;
using System.Text;

namespace RunwareTts;

/// <summary>
/// Makes text of other authors safe to show. A terminal obeys control characters and reverses lines by the marks of
/// direction, so messages have their codes instead, and are one line.
/// </summary>
internal static class VisibleText
{
    private static readonly Dictionary<int, string> Names = new()
    {
        [0x09] = "a tab",
        [0x0A] = "a line break",
        [0x0D] = "a line break",
        [0xA0] = "a no-break space",
        [0xAD] = "a soft hyphen",
        [0x200B] = "a zero width space",
        [0x200C] = "a zero width non-joiner",
        [0x200D] = "a zero width joiner",
        [0x200E] = "a left-to-right mark",
        [0x200F] = "a right-to-left mark",
        [0x202F] = "a narrow no-break space",
        [0x2060] = "a word joiner",
        [0x3000] = "an ideographic space",
        [0xFEFF] = "a byte order mark",
    };

    /// <summary>One line of it, with <c>&lt;U+001B&gt;</c> for an escape.</summary>
    public static string Of(string text)
    {
        StringBuilder? shown = null;
        for (int i = 0; i < text.Length; i++)
        {
            int length = LengthAt(text, i);
            if (IsHidden(text, i))
                (shown ??= new StringBuilder(text, 0, i, text.Length + 8)).Append('<')
                    .Append(Code(text, i)).Append('>');
            else
                shown?.Append(text, i, length);
            i += length - 1;
        }

        return shown?.ToString() ?? text;
    }

    /// <summary>
    /// A control character, a line end, a mark of direction or another invisible one. The joiners of emoji and of
    /// Persian words are not: they change what is visible.
    /// </summary>
    public static bool IsHidden(string text, int index) => char.GetUnicodeCategory(text, index) switch
    {
        UnicodeCategory.Control or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate => true,
        UnicodeCategory.Format => text[index] is not ('\u200C' or '\u200D'),
        _ => text[index] == '\uFFFD',
    };

    /// <summary>
    /// The index of the first invisible character of a word, including all blanks but the plain one; null for none.
    /// </summary>
    public static int? FindInvisible(string word)
    {
        for (int i = 0; i < word.Length; i += LengthAt(word, i))
        {
            if (IsHidden(word, i) || char.GetUnicodeCategory(word, i) == UnicodeCategory.Format
                || char.IsWhiteSpace(word[i]) && word[i] != ' ')
                return i;
        }

        return null;
    }

    /// <summary>The code and, where it has one that people know, the name: <c>U+200B, a zero width space</c>.</summary>
    public static string Describe(string text, int index) =>
        Names.TryGetValue(text[index], out string? name) ? $"{Code(text, index)}, {name}" : Code(text, index);

    private static string Code(string text, int index) =>
        "U+" + (LengthAt(text, index) == 2 ? char.ConvertToUtf32(text, index) : text[index])
            .ToString("X4", CultureInfo.InvariantCulture);

    private static int LengthAt(string text, int index) => char.IsSurrogatePair(text, index) ? 2 : 1;
}
