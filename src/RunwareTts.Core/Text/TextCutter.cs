namespace RunwareTts.Text;

/// <summary>
/// Finds where to cut a paragraph: as late as the length allows, at the end of a sentence if there is one, else of a
/// clause, else of a word.
/// </summary>
/// <param name="maxLength">The most code points of a part.</param>
/// <param name="language">The language whose abbreviations count; null for all.</param>
internal sealed class TextCutter(int maxLength, string? language)
{
    // The rules look at what follows the last possible cut.
    private const int LookAhead = 64;

    private readonly BlankBreaks _blanks = BlankBreaks.Of(language);

    /// <summary>The length of text that is enough to find the end of the next part.</summary>
    public int Room => 2 * maxLength + LookAhead;

    /// <param name="text">The rest of a paragraph, or at least Room of it: single blanks, and none at its ends.</param>
    /// <returns>The length of its first part, in UTF-16 units; a blank there is between the two.</returns>
    public int Cut(string text)
    {
        int limit = Limit(text);
        if (limit == text.Length)
            return limit;
        int cut = 0;
        Break best = Break.None;
        for (int at = limit; at > 0 && best < Break.Sentence; at--)
        {
            Break found = At(text, at);
            if (found > best)
                (best, cut) = (found, at);
        }

        return cut > 0 ? cut : InsideWord(text, limit);
    }

    internal Break At(string text, int at)
    {
        if (Chars.IsBlank(text[at]))
            return _blanks.At(text, at);
        if (Chars.IsNoBreakSpace(text[at]))
            return Graphemes.IsBoundary(text, at + 1) ? Break.Tight : Break.None;
        return char.IsWhiteSpace(text[at - 1]) ? Break.None : SolidBreaks.At(text, at);
    }

    private static int InsideWord(string text, int limit)
    {
        for (int at = limit; at > 0; at--)
        {
            if (Graphemes.IsBoundary(text, at))
                return at;
        }

        return limit;
    }

    private int Limit(string text)
    {
        int at = 0;
        for (int points = 0; points < maxLength && at < text.Length; points++)
            at += at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]) ? 2 : 1;
        return at;
    }
}
