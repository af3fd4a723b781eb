namespace RunwareTts.Text;

/// <summary>A reader that can be looked ahead into, as far as half of its buffer.</summary>
internal sealed class RawText(TextReader reader)
{
    private readonly char[] _buffer = new char[4096];
    private int _at;
    private int _end;
    private bool _isOver;

    /// <summary>The character so many after the next; -1 where there is none.</summary>
    public int Peek(int ahead = 0)
    {
        if (_at + ahead >= _end)
            Fill(ahead);
        return _at + ahead < _end ? _buffer[_at + ahead] : -1;
    }

    public char Take() => _buffer[_at++];

    private void Fill(int ahead)
    {
        Array.Copy(_buffer, _at, _buffer, 0, _end - _at);
        (_at, _end) = (0, _end - _at);
        while (!_isOver && _end <= ahead)
        {
            int read = reader.Read(_buffer, _end, _buffer.Length - _end);
            _end += read;
            _isOver = read == 0;
        }
    }
}
