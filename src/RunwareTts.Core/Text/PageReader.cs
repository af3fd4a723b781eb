using System.Text;
using System.Text.RegularExpressions;

namespace RunwareTts.Text;

/// <summary>
/// Leaves out lines that hold nothing but a page number and stand next to a form feed, as in text that was made of a
/// PDF file. The last page has its number at the end of the text, where other pages had theirs. All else passes as it
/// is.
/// </summary>
internal sealed class PageReader(TextReader reader) : TextReader
{
    // No page number stands in a longer line, and no more blank lines stand between it and its form feed.
    private const int MaxLine = 256;
    private const int MaxBlank = 4096;

    private const string Roman = "(?=[ivxl])(?:x{0,3}|xl|lx{0,3})(?:ix|iv|v?i{0,3})";
    private const string Before = @"pages?|pg\.?|p\.|seite|s\.|p[áa]gina|p[áa]g\.|страница|стр\.?|第|ページ|頁|페이지";
    private const string Of = @"of|von|sur|de|di|из|/|\|";
    private const string After = "页|頁|ページ|쪽|페이지";

    private static readonly Regex Number = new(
        @"^[-–—―*~·•|=_\[\](<>]*\s*"
        + $@"(?:(?:{Before})\s*(?:\d{{1,5}}|{Roman})|\d{{1,5}}|(?-i:{Roman}))"
        + $@"(?:\s*(?:{Of})\s*\d{{1,5}})?\s*(?:{After})?(?:\s*[,，/]?\s*共\s*\d{{1,5}}\s*[页頁])?"
        + @"\s*[-–—―*~·•|=_\[\])<>]*$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    private readonly char[] _buffer = new char[1024];
    private readonly StringBuilder _line = new();
    private readonly StringBuilder _blank = new();
    private readonly StringBuilder _ready = new();
    private string? _number;
    private bool _isLong;
    private bool _isAfterFeed;
    private bool _isAfterReturn;
    private bool _hasNumbers;
    private bool _isOver;

    public override int Read(char[] buffer, int index, int count)
    {
        while (_ready.Length == 0 && !_isOver)
            Fill();
        int got = Math.Min(count, _ready.Length);
        _ready.CopyTo(0, buffer, index, got);
        _ready.Remove(0, got);
        return got;
    }

    private void Fill()
    {
        int read = reader.Read(_buffer, 0, _buffer.Length);
        for (int n = 0; n < read; n++)
            Take(_buffer[n]);
        if (read > 0)
            return;
        _isOver = true;
        EndLine(_isAfterReturn ? "\r" : "");
        if (_hasNumbers)
            _number = null;
        Release();
    }

    private void Take(char c)
    {
        if (_isAfterReturn)
        {
            _isAfterReturn = false;
            EndLine(c == '\n' ? "\r\n" : "\r");
            if (c == '\n')
                return;
        }

        if (c == '\r')
            _isAfterReturn = true;
        else if (c is '\n' or '\f' or '\u0085' or '\u2028' or '\u2029')
            EndLine(c.ToString());
        else
            Append(c);
    }

    private void Append(char c)
    {
        (_isLong ? _ready : _line).Append(c);
        if (_line.Length <= MaxLine)
            return;
        Release();
        _ready.Append(_line);
        _line.Clear();
        (_isLong, _isAfterFeed) = (true, false);
    }

    private void EndLine(string end)
    {
        string line = _line.ToString();
        _line.Clear();
        bool isFeed = end == "\f";
        if (!_isLong && string.IsNullOrWhiteSpace(line))
            Pass(line + end);
        else if (!_isLong && Number.IsMatch(line.Trim()))
            Hold(line, end);
        else
            PassText(line + end);
        _isLong = false;
        if (!isFeed)
            return;
        _hasNumbers |= _number is not null;
        _number = null;
        Release();
        _isAfterFeed = true;
    }

    // Blank lines wait with the number before them.
    private void Pass(string blank)
    {
        _blank.Append(blank);
        if (_number is null || _blank.Length > MaxBlank)
            Release();
    }

    private void PassText(string text)
    {
        Release();
        _ready.Append(text);
        _isAfterFeed = false;
    }

    private void Hold(string line, string end)
    {
        Release();
        if (end == "\f")
            _blank.Append(end);
        else
            line += end;
        if (_isAfterFeed)
            _hasNumbers = true;
        else
            _number = line;
        _isAfterFeed = false;
    }

    private void Release()
    {
        _ready.Append(_number).Append(_blank);
        _blank.Clear();
        _number = null;
    }
}
