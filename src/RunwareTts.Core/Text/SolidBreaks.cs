using System.Globalization;

namespace RunwareTts.Text;

/// <summary>
/// What a cut between two characters without a blank would separate: Chinese and Japanese, and long dashes.
/// </summary>
internal static class SolidBreaks
{
    // Small kana and marks that repeat or lengthen what stands before them.
    private const string NeverFirst = "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶーゝゞヽヾ々゛゜";

    public static Break At(string text, int index)
    {
        if (text[index - 1] == Chars.ZeroWidthSpace)
            return Break.Word;
        int after = Chars.At(text, index);
        if (!CanBegin(after))
            return Break.None;
        int before = WithoutMarks(text, index);
        if (Chars.IsLongDash(before) && !Chars.IsUnspaced(after))
            return IsBetweenWords(text, index, after) ? Break.Clause : Break.None;
        // ”“ may be Chinese without a letter next to it.
        bool isUnspaced = Chars.IsUnspaced(before) || Chars.IsUnspaced(after)
            || Chars.IsClosing(before) && Chars.IsOpening(after);
        return isUnspaced && CanEnd(before) && Graphemes.IsBoundary(text, index)
            ? Between(text, index, before, after) : Break.None;
    }

    private static Break Between(string text, int index, int before, int after)
    {
        int end = BeforeClosings(text, index);
        int last = end == 0 ? 0 : Chars.Before(text, end);
        bool isQuoted = end < index;
        bool isUnspacedAfter = Chars.IsUnspaced(after) || Chars.IsOpening(after);
        if (EndsSentence(text, end, last, isUnspacedAfter))
            // 「はい。」と答えた goes on.
            return last == '…' || isQuoted && Chars.IsHiragana(after) ? Break.Clause : Break.Sentence;
        if (Chars.EndsClause(last) && (Chars.IsUnspaced(last) || isUnspacedAfter))
            return IsBetweenDigits(text, end, after) ? Break.None : Break.Clause;
        if (Chars.IsLongDash(last))
            return Break.Clause;
        if (Chars.IsOpening(after))
            return Break.Word;
        return isQuoted ? Break.Tight : BetweenLetters(before, after);
    }

    private static Break BetweenLetters(int before, int after)
    {
        bool isLetterBefore = Chars.IsUnspacedLetter(before);
        bool isLetterAfter = Chars.IsUnspacedLetter(after);
        // 2024年5月3日 is one thing, and so is 第3章; and what is left has a mark on one side, such as ・ or 〜.
        if (IsDigit(before) || IsDigit(after)
            || !isLetterBefore && !IsLetter(before) || !isLetterAfter && !IsLetter(after))
            return Break.None;
        if (isLetterBefore != isLetterAfter)
            return Break.Word;
        if (!isLetterBefore || Chars.IsKatakana(before) && Chars.IsKatakana(after))
            return Break.None;
        if (Chars.IsHiragana(after))
            // What follows a stem belongs to it: 行く, 猫が, テストを.
            return Chars.IsHiragana(before) ? Break.Tight : Break.None;
        return Chars.IsHiragana(before) ? Break.Word : Break.Tight;
    }

    private static bool EndsSentence(string text, int end, int last, bool isUnspacedAfter)
    {
        if (last is not ('.' or '．'))
            return Chars.EndsSentence(last) && (Chars.IsUnspaced(last) || isUnspacedAfter);
        return isUnspacedAfter && end > 1 && Chars.IsUnspacedLetter(Chars.Before(text, end - 1));
    }

    // か with a combining voicing mark is か.
    private static int WithoutMarks(string text, int index)
    {
        int before = Chars.Before(text, index);
        while (Chars.Category(before) == UnicodeCategory.NonSpacingMark && index > (before > 0xFFFF ? 2 : 1))
        {
            index -= before > 0xFFFF ? 2 : 1;
            before = Chars.Before(text, index);
        }

        return before;
    }

    private static int BeforeClosings(string text, int index)
    {
        int end = index;
        while (end > 0 && Chars.IsClosing(text[end - 1]))
            end--;
        return end;
    }

    private static bool IsBetweenWords(string text, int index, int after)
    {
        int start = index;
        while (start > 0 && Chars.IsLongDash(text[start - 1]))
            start--;
        return start > 0 && !char.IsWhiteSpace(text[start - 1]) && (IsLetter(after) || Chars.IsOpening(after));
    }

    private static bool IsBetweenDigits(string text, int end, int after) =>
        end > 1 && IsDigit(text[end - 2]) && IsDigit(after);

    private static bool CanBegin(int c) => Chars.IsOpening(c) || IsDigit(c)
        || IsLetter(c) && (c > char.MaxValue || NeverFirst.IndexOf((char)c) < 0)
        || Chars.Category(c) == UnicodeCategory.OtherSymbol;

    private static bool CanEnd(int c) => !Chars.IsOpening(c) && c is not ('"' or '\'');

    private static bool IsDigit(int c) => Chars.Category(c) == UnicodeCategory.DecimalDigitNumber;

    private static bool IsLetter(int c) =>
        Chars.Category(c) is <= UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber;
}
