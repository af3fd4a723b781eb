using System.Globalization;

namespace RunwareTts.Text;

/// <summary>
/// Finds the ends of characters as a reader sees them, by the rules of Unicode (UAX 29), which .NET Framework lacks.
/// </summary>
internal static class Graphemes
{
    private const int Joiner = 0x200D;

    /// <summary>Whether a text may be cut at this index, which is inside it.</summary>
    public static bool IsBoundary(string text, int index)
    {
        if (char.IsLowSurrogate(text[index]) && char.IsHighSurrogate(text[index - 1]))
            return false;
        int before = Chars.Before(text, index);
        int after = Chars.At(text, index);
        if (before < 0x300 && after < 0x300)
            return true;
        if (IsControl(before))
            return true;
        return !Extends(after)
            && !IsSyllable(before, after)
            && !(before == Joiner && IsPictograph(after) && IsPictograph(Base(text, index)))
            && !(IsFlag(before) && IsFlag(after) && IsSecond(text, index));
    }

    // A mark does not combine with an invisible character.
    private static bool IsControl(int c) =>
        Chars.Category(c) is UnicodeCategory.Control or UnicodeCategory.Format && !IsJoining(c);

    private static bool IsJoining(int c) => c is 0x200C or Joiner or >= 0xE0020 and <= 0xE007F;

    // Marks, joiners, variation selectors, skin tones and tags.
    private static bool Extends(int c) =>
        IsJoining(c) || c is >= 0x1F3FB and <= 0x1F3FF or 0xFF9E or 0xFF9F or 0x0E33 or 0x0EB3
        || Chars.Category(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
            or UnicodeCategory.SpacingCombiningMark;

    private static bool IsSyllable(int before, int after) =>
        Chars.IsHangul(before) && Chars.IsHangul(after)
        && (IsLeading(before) ? !IsFinal(after)
            : IsVowel(after) ? !IsFinal(before) && !IsClosed(before)
            : IsFinal(after));

    private static bool IsLeading(int c) => c is >= 0x1100 and <= 0x115F or >= 0xA960 and <= 0xA97C;

    private static bool IsVowel(int c) => c is >= 0x1160 and <= 0x11A7 or >= 0xD7B0 and <= 0xD7C6;

    private static bool IsFinal(int c) => c is >= 0x11A8 and <= 0x11FF or >= 0xD7CB and <= 0xD7FB;

    // A whole syllable that has its final already.
    private static bool IsClosed(int c) => c is >= 0xAC00 and <= 0xD7A3 && (c - 0xAC00) % 28 != 0;

    private static bool IsPictograph(int c) => Chars.Category(c) == UnicodeCategory.OtherSymbol;

    // The character that the marks before a joiner combine with.
    private static int Base(string text, int index)
    {
        int point = Chars.Before(text, index);
        while (Extends(point) && index > (point > 0xFFFF ? 2 : 1))
        {
            index -= point > 0xFFFF ? 2 : 1;
            point = Chars.Before(text, index);
        }

        return point;
    }

    private static bool IsFlag(int c) => c is >= 0x1F1E6 and <= 0x1F1FF;

    // Two letters are a flag.
    private static bool IsSecond(string text, int index)
    {
        int letters = 0;
        for (int i = index; i > 1 && IsFlag(Chars.Before(text, i)); i -= 2)
            letters++;
        return letters % 2 == 1;
    }
}
