namespace RunwareTts.Text;

/// <summary>The characters of lines, which can be looked ahead into.</summary>
internal sealed class RawText(IEnumerable<string> lines)
{
    private readonly IEnumerator<string> _lines = lines.GetEnumerator();
    private string _text = "";
    private int _at;

    /// <summary>The character so many after the next; -1 where there is none.</summary>
    public int Peek(int ahead = 0)
    {
        while (_at + ahead >= _text.Length)
        {
            if (!_lines.MoveNext())
                return -1;
            (_text, _at) = (_text.Remove(0, _at) + _lines.Current, 0);
        }

        return _text[_at + ahead];
    }

    public char Take() => _text[_at++];
}
