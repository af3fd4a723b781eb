using System.Globalization;
using System.Text.RegularExpressions;
using RunwareTts.Text;

namespace RunwareTts.Joining;

/// <summary>
/// A text with the points at which it may be cut for subtitles, and the width and duration between them.
/// </summary>
internal sealed class CueText
{
    /// <summary>Columns that fit a screen; Han, Kana and Hangul take two each.</summary>
    public const int LineWidth = 42;

    private static readonly Regex Blank = new(@"\s+");

    private readonly string _text;
    private readonly int[] _width;
    private readonly int[] _weight;
    private readonly List<CutPoint> _points = [new CutPoint(0, 0, Break.Sentence, 0)];
    private readonly int[] _reach;

    public CueText(string text)
    {
        // A single no-break space still holds words together.
        _text = Blank.Replace(text, run => run.Length == 1 && Chars.IsNoBreakSpace(run.Value[0]) ? run.Value : " ")
            .Trim();
        _width = new int[_text.Length + 1];
        _weight = new int[_text.Length + 1];
        Measure();
        FindPoints();
        _reach = new int[_points.Count];
        for (int from = 0, to = 0; from < _points.Count; _reach[from++] = to)
        {
            while (to < Last && Width(from, to + 1) <= LineWidth)
                to++;
        }
    }

    /// <summary>The number of the last point, which is the end; 0 is the beginning.</summary>
    public int Last => _points.Count - 1;

    /// <summary>The words that fit a line.</summary>
    public string FirstLine => Between(0, Math.Max(1, _reach[0]));

    public Break BreakAt(int point) => _points[point].Kind;

    public string Between(int from, int to) =>
        _text.Substring(_points[from].Next, _points[to].End - _points[from].Next).Trim();

    public int Width(int from, int to) => _width[_points[to].End] - _width[_points[from].Next];

    /// <summary>The share of the speech before a point, from 0 to 1.</summary>
    public double ShareBefore(int point) =>
        _weight[_text.Length] == 0 ? point / (double)Math.Max(1, Last)
        : _weight[_points[point].End] / (double)_weight[_text.Length];

    public int SentencesWithin(int from, int to) => _points[to - 1].Sentences - _points[from].Sentences;

    public bool FitsTwoLines(int from, int to) =>
        _reach[from] >= to || _reach[from] > from && _reach[_reach[from]] >= to;

    private void Measure()
    {
        bool isPause = false;
        for (int at = 0; at < _text.Length; at++)
        {
            int point = Chars.At(_text, at);
            int width = WidthOf(point);
            int weight = WeightOf(point, isPause);
            isPause = IsPause(point);
            (_width[at + 1], _weight[at + 1]) = (_width[at] + width, _weight[at] + weight);
            if (point <= char.MaxValue)
                continue;
            at++;
            (_width[at + 1], _weight[at + 1]) = (_width[at], _weight[at]);
        }
    }

    private void FindPoints()
    {
        TextCutter cutter = new(1, null);
        for (int at = 1; at < _text.Length; at++)
        {
            if (cutter.At(_text, at) is not Break.None and var kind)
                Add(new CutPoint(at, char.IsWhiteSpace(_text[at]) ? at + 1 : at, kind, 0));
        }

        Add(new CutPoint(_text.Length, _text.Length, Break.Sentence, 0));
    }

    // Text that is wider than a line and has no point within, such as a long word, is cut between its characters.
    private void Add(CutPoint point)
    {
        CutPoint last = _points[_points.Count - 1];
        if (_width[point.End] - _width[last.Next] > LineWidth)
        {
            for (int at = last.Next + 1; at < point.End; at++)
            {
                if (Graphemes.IsBoundary(_text, at) && !char.IsWhiteSpace(_text[at])
                    && !char.IsWhiteSpace(_text[at - 1]))
                    _points.Add(new CutPoint(at, at, Break.None, last.Sentences));
            }
        }

        _points.Add(point with { Sentences = last.Sentences + (point.Kind == Break.Sentence ? 1 : 0) });
    }

    private static int WidthOf(int point) => Chars.Category(point) switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
            or UnicodeCategory.Format or UnicodeCategory.Control => 0,
        UnicodeCategory.OtherSymbol when point > char.MaxValue => 2,
        // Letters of Hangul that stand by themselves.
        UnicodeCategory.OtherLetter when point is >= 0x3131 and <= 0x318E => 2,
        _ => Chars.Columns(point),
    };

    // In tenths of a letter of an alphabet: a Han character is a syllable or two, a digit a word, and a mark a pause.
    private static int WeightOf(int point, bool isPause) =>
        Chars.IsHan(point) || Chars.IsHangul(point) ? 30
        : Chars.IsUnspacedLetter(point) ? 20
        : IsPause(point) ? isPause ? 0 : Chars.EndsClause(point) ? 20 : 40
        : Chars.Category(point) switch
        {
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.CurrencySymbol or UnicodeCategory.MathSymbol => 30,
            UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
                or UnicodeCategory.OtherLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherSymbol => 10,
            UnicodeCategory.SpaceSeparator => 0,
            _ => WidthOf(point),
        };

    private static bool IsPause(int point) =>
        point == '.' || Chars.EndsSentence(point) || Chars.EndsClause(point) || Chars.IsLongDash(point);

    /// <param name="End">Where the text before it ends.</param>
    /// <param name="Next">Where the text after it begins.</param>
    /// <param name="Kind">What a cut breaks.</param>
    /// <param name="Sentences">Ends of sentences up to here.</param>
    private sealed record CutPoint(int End, int Next, Break Kind, int Sentences);
}
