using System.Text;

namespace RunwareTts.Text;

/// <summary>
/// Reads paragraphs, a window at a time, so that neither a book nor an endless paragraph is held in memory. White space
/// and line breaks within a paragraph become single blanks, or nothing where the script sets none.
/// </summary>
internal sealed class ParagraphReader(IEnumerable<string> lines)
{
    // No text is wrapped at more columns than that: such a line is a paragraph of its own.
    private const int WidestLine = 150;

    private readonly RawText _raw = new(lines);
    private readonly StringBuilder _window = new();
    private bool _isOver = true;
    private bool _endsSentence;
    private int _last;
    private int _columns;
    private int _indent;

    /// <summary>What was read and not taken yet, without blanks at its ends.</summary>
    public string Window => _window.ToString();

    /// <summary>All of the paragraph was read and taken.</summary>
    public bool IsTaken => _isOver && _window.Length == 0;

    /// <summary>Fills the window up to this length or the paragraph's end; begins the next after a taken one.</summary>
    /// <returns>False when there is nothing more.</returns>
    public bool Fill(int length)
    {
        if (IsTaken && !Begin())
            return false;
        while (!_isOver && _window.Length < length)
        {
            if (_raw.Peek() < 0)
                _isOver = true;
            else if (char.IsWhiteSpace((char)_raw.Peek()))
                ReadSpace();
            else
                Append(_raw.Take());
        }

        return true;
    }

    /// <summary>Removes this much of the window, and the blank that follows.</summary>
    public void Take(int length)
    {
        while (length < _window.Length && char.IsWhiteSpace(_window[length]))
            length++;
        _window.Remove(0, length);
    }

    private bool Begin()
    {
        WhiteSpace space = WhiteSpace.Read(_raw);
        (_isOver, _endsSentence, _last, _columns, _indent) = (false, false, 0, 0, space.Indent);
        return _raw.Peek() >= 0;
    }

    private void ReadSpace()
    {
        WhiteSpace space = WhiteSpace.Read(_raw);
        if (_raw.Peek() < 0 || space.IsParagraphBreak || space.Lines > 0 && IsNewParagraph(space))
            _isOver = true;
        else if (space.Lines == 0)
            Append(space.Kind);
        else if (!IsJoint())
            Append(' ');
        if (space.Lines > 0)
            (_columns, _indent) = (0, space.Indent);
    }

    private void Append(char c)
    {
        _window.Append(c);
        _last = char.IsLowSurrogate(c) && _last is >= 0xD800 and <= 0xDBFF ? char.ConvertToUtf32((char)_last, c) : c;
        _columns += char.IsHighSurrogate(c) ? 0 : Chars.Columns(_last);
        if (!Chars.IsClosing(c) && !Chars.IsEitherQuote(c))
            _endsSentence = c == '.' || Chars.EndsSentence(c);
    }

    // A text whose paragraphs are lines, and one whose paragraphs begin further in or with a dash.
    private bool IsNewParagraph(WhiteSpace space) =>
        _columns > WidestLine
        || space.BeginsWide
        || _endsSentence && (space.Indent > _indent || Chars.IsDash(_raw.Peek()))
        || IsNextLineWide();

    private bool IsNextLineWide()
    {
        int columns = 0;
        for (int ahead = 0; _raw.Peek(ahead) is >= 0 and not '\n' and not '\r' and int c; ahead++)
        {
            columns += Chars.Columns(c);
            if (columns > WidestLine)
                return true;
        }

        return false;
    }

    // Where no blank is between two lines: ideographs, and what is left of a word before a hyphen.
    private bool IsJoint()
    {
        int next = _raw.Peek();
        if (char.IsHighSurrogate((char)next) && _raw.Peek(1) is >= 0xDC00 and <= 0xDFFF and int low)
            next = char.ConvertToUtf32((char)next, (char)low);
        if (Chars.IsUnspaced(_last) || Chars.IsUnspaced(next))
            return (Chars.IsUnspaced(_last) || Chars.IsSharedMark(_last))
                && (Chars.IsUnspaced(next) || Chars.IsSharedMark(next));
        return _last is '-' or 0x2010 or 0x00AD && _window.Length > 1 && char.IsLetter(_window[_window.Length - 2])
            && next <= char.MaxValue && char.IsLower((char)next);
    }
}
