namespace RunwareTts.Text;

/// <summary>A run of white space: the lines that it ends, the indent of the next, and its kind of blank.</summary>
internal readonly record struct WhiteSpace(int Lines, int Indent, bool BeginsWide, bool IsParagraphBreak, char Kind)
{
    private const int Tab = 8;

    public static WhiteSpace Read(RawText raw)
    {
        int lines = 0;
        int indent = 0;
        bool isWide = false;
        bool isParagraph = false;
        char kind = raw.Peek() is var first && first > ' ' ? (char)first : ' ';
        while (raw.Peek() is >= 0 and int next && char.IsWhiteSpace((char)next))
        {
            char c = raw.Take();
            if (c != kind)
                kind = ' ';
            isParagraph |= c == '\u2029';
            bool isLineEnd = c is '\n' or '\r' or '\u0085' or '\u2028';
            if (isLineEnd && lines < 2)
                lines++;
            isWide = !isLineEnd && c == Chars.IdeographicSpace;
            indent = isLineEnd ? 0 : Math.Min(indent + (c == '\t' ? Tab : 1), ushort.MaxValue);
        }

        return new WhiteSpace(lines, indent, isWide, isParagraph || lines > 1, kind);
    }
}
