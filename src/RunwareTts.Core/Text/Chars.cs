using System.Globalization;

namespace RunwareTts.Text;

/// <summary>What sort of character a code point is, as far as cutting a text needs to know.</summary>
internal static class Chars
{
    public const int ZeroWidthSpace = 0x200B;
    public const int IdeographicSpace = 0x3000;

    /// <summary>Marks that end a sentence whatever stands before them; a dot needs a closer look.</summary>
    public const string SentenceEnds = "!?…‽‼⁇⁈⁉。！？｡।॥؟۔";

    public const string ClauseEnds = ",;:、，；：､،؛";

    public const string Dashes = "‒–—―-";

    public const string LongDashes = "—―";

    /// <summary>Marks that open in one language and close in another, and those that look alike at both ends.</summary>
    public const string EitherQuotes = "\"'*_“‘«‹”’»›";

    /// <summary>The code point that begins here; half of a pair stands for itself.</summary>
    public static int At(string text, int index) =>
        index + 1 < text.Length && char.IsSurrogatePair(text[index], text[index + 1])
            ? char.ConvertToUtf32(text[index], text[index + 1]) : text[index];

    /// <summary>The code point that ends here.</summary>
    public static int Before(string text, int index) =>
        index > 1 && char.IsSurrogatePair(text[index - 2], text[index - 1])
            ? char.ConvertToUtf32(text[index - 2], text[index - 1]) : text[index - 1];

    public static UnicodeCategory Category(int point) => point <= char.MaxValue
        ? CharUnicodeInfo.GetUnicodeCategory((char)point)
        : CharUnicodeInfo.GetUnicodeCategory(char.ConvertFromUtf32(point), 0);

    /// <summary>White space at which a line may be broken. The no-break ones hold words together.</summary>
    public static bool IsBlank(char c) => char.IsWhiteSpace(c) && !IsNoBreakSpace(c);

    public static bool IsNoBreakSpace(int c) => c is 0x00A0 or 0x2007 or 0x202F;

    public static bool IsHan(int c) => c is >= 0x3400 and <= 0x4DBF or >= 0x4E00 and <= 0x9FFF
        or 0x3005 or 0x3007 or >= 0xF900 and <= 0xFAFF or >= 0x20000 and <= 0x3FFFD;

    public static bool IsHiragana(int c) => c is >= 0x3041 and <= 0x309F;

    public static bool IsKatakana(int c) => c is >= 0x30A1 and <= 0x30FA or >= 0x30FC and <= 0x30FF
        or >= 0x31F0 and <= 0x31FF or >= 0xFF66 and <= 0xFF9F;

    public static bool IsHangul(int c) =>
        c is >= 0xAC00 and <= 0xD7FB or >= 0x1100 and <= 0x11FF or >= 0xA960 and <= 0xA97C;

    /// <summary>A letter of a script that sets no blanks between words.</summary>
    public static bool IsUnspacedLetter(int c) => IsHan(c) || IsHiragana(c) || IsKatakana(c);

    /// <summary>With their marks and full-width forms: a line break between two of them is not a blank.</summary>
    public static bool IsUnspaced(int c) => IsUnspacedLetter(c)
        || c is >= 0x3000 and <= 0x303F or 0x30FB or >= 0xFE30 and <= 0xFE4F or >= 0xFF01 and <= 0xFF65;

    /// <summary>Marks that Chinese and Japanese share with other scripts.</summary>
    public static bool IsSharedMark(int c) => c is 0x2014 or 0x2026 or >= 0x2018 and <= 0x201D;

    /// <summary>How much room it takes in a line of fixed width.</summary>
    public static int Columns(int c) => IsUnspaced(c) || IsHangul(c) ? 2 : 1;

    public static bool IsDash(int c) => IsOneOf(Dashes, c);

    public static bool IsLongDash(int c) => IsOneOf(LongDashes, c);

    public static bool EndsSentence(int c) => IsOneOf(SentenceEnds, c);

    public static bool EndsClause(int c) => IsOneOf(ClauseEnds, c);

    public static bool IsOpening(int c) =>
        c is '¿' or '¡' || Category(c) is UnicodeCategory.OpenPunctuation or UnicodeCategory.InitialQuotePunctuation;

    public static bool IsClosing(int c) =>
        Category(c) is UnicodeCategory.ClosePunctuation or UnicodeCategory.FinalQuotePunctuation;

    public static bool IsEitherQuote(int c) => IsOneOf(EitherQuotes, c);

    private static bool IsOneOf(string marks, int c) => c <= char.MaxValue && marks.Contains((char)c);
}
