namespace RunwareTts.Text;

/// <summary>What a cut at a blank would be, in a script that sets blanks between words.</summary>
/// <param name="abbreviations">Those of the language.</param>
internal sealed class BlankBreaks(Abbreviations abbreviations)
{
    private const int ShortWord = 4;

    // How far to look for the first letter after a blank; more quotes and dashes than that are no text.
    private const int Far = 16;

    public Break At(string text, int blank)
    {
        if (blank == 0 || !Graphemes.IsBoundary(text, blank + 1))
            return Break.None;
        int end = BeforeClosings(text, blank);
        if (IsHeldFromBehind(text, blank + 1) || end == blank && IsHeldFromBefore(text, blank))
            return Break.Tight;
        char last = text[end - 1];
        if (Chars.EndsSentence(last))
            return BeginsSmall(text, blank) ? Break.Clause : Break.Sentence;
        if (last == '.')
            return AtDot(text, end - 1, blank);
        if (Chars.EndsClause(last))
            // May 3, 2024
            return end > 1 && char.IsDigit(text[end - 2]) && char.IsDigit(text[blank + 1]) ? Break.Tight : Break.Clause;
        return end == blank ? AtWord(text, blank) : Break.Word;
    }

    private Break AtDot(string text, int dot, int blank)
    {
        bool isAlone = dot + 1 == blank;
        if (dot > 0 && text[dot - 1] == '.')
            return BeginsSmall(text, blank) ? Break.Word : Break.Sentence;
        if (Abbreviations.WordBefore(text, dot) is { } word)
        {
            bool isNumber = word.Length > 0 && word.All(char.IsDigit);
            // No. 5, p. 12 and 24. 12. 2024 are not sentences, and nor is a 3. Oktober.
            if (isAlone && char.IsDigit(text[blank + 1]) && (isNumber || word.Length <= ShortWord))
                return Break.Tight;
            if (abbreviations.Contains(word) || isNumber && word.Length <= 2)
                return isAlone ? Break.Tight : Break.Word;
        }

        return BeginsSmall(text, blank) ? Break.Word : Break.Sentence;
    }

    private static Break AtWord(string text, int blank)
    {
        char before = text[blank - 1];
        char after = text[blank + 1];
        if (char.IsDigit(before) || char.IsDigit(after))
            return Break.Tight;
        // A dash between blanks stays with what it follows; one that a word hangs on begins something.
        if (Chars.IsDash(before) && (blank == 1 || char.IsWhiteSpace(text[blank - 2]) || Chars.IsLongDash(before)))
            return Break.Clause;
        if (Chars.IsDash(after))
            return char.IsWhiteSpace(text[Math.Min(blank + 2, text.Length - 1)]) ? Break.Tight : Chars.IsLongDash(after) ? Break.Clause : Break.Word;
        return Break.Word;
    }

    /// <summary>Where the quotes and brackets begin that stand before a blank, as in: (He said "no.") The</summary>
    private static int BeforeClosings(string text, int blank)
    {
        int end = blank;
        while (end > 1 && end > blank - Far)
        {
            char c = text[end - 1];
            if (!Chars.IsClosing(c) && !Chars.IsEitherQuote(c))
                return end;
            if (!char.IsWhiteSpace(text[end - 2]))
                end--;
            else if (c is '»' or '›' && end > 2)
                end -= 2;
            else
                return end;
        }

        return end;
    }

    // « Quoi ? » has blanks that are not between words.
    private static bool IsHeldFromBehind(string text, int next)
    {
        char c = text[next];
        if (c is '!' or '?' or ';' or ':')
            return true;
        return Chars.IsClosing(c) && (next + 1 == text.Length || !char.IsLetterOrDigit(text[next + 1]));
    }

    // A quote that has a blank or nothing before it has not closed anything.
    private static bool IsHeldFromBefore(string text, int blank) =>
        Chars.IsOpening(text[blank - 1]) || Chars.IsEitherQuote(text[blank - 1]);

    private static bool BeginsSmall(string text, int blank)
    {
        for (int i = blank + 1; i < text.Length && i < blank + Far; i++)
        {
            char c = text[i];
            if (!(Chars.IsOpening(c) || Chars.IsEitherQuote(c) || Chars.IsClosing(c) || Chars.IsDash(c) || char.IsWhiteSpace(c)))
                return char.IsLower(c);
        }

        return false;
    }
}
