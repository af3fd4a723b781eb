namespace RunwareTts.Joining;

/// <summary>
/// Cuts the text of a part into subtitles of two lines: a sentence each if it fits, else cut at clauses, else between
/// words. Each gets its share of the part's sound. Of all ways to cut, the one of the least cost is taken.
/// </summary>
internal sealed class CueCutter
{
    private const double MinSeconds = 1;

    // Times are written in whole milliseconds.
    private const double MaxSeconds = 7 - 0.001;

    private const double CueCost = 5;
    private const double WidthCost = 5;
    private const double InnerSentenceCost = 8;
    private const double ShortCost = 150;
    private const double LongCost = 10_000;

    private static readonly double[] BreakCosts = [200, 60, 30, 12, 0];
    private static readonly double[] LineCosts = [60, 25, 8, 0, 0];

    private readonly CueText _text;
    private readonly double _seconds;

    private CueCutter(CueText text, double seconds) => (_text, _seconds) = (text, seconds);

    /// <summary>Cues from start to before end, in samples, of which none overlap.</summary>
    public static IEnumerable<Cue> Cut(string text, long start, long end, int rate)
    {
        CueText measured = new(text);
        CueCutter cutter = new(measured, (end - start) / (double)rate);
        long At(int point) =>
            point == measured.Last ? end : start + (long)((end - start) * measured.ShareBefore(point));
        foreach ((int from, int to) in cutter.Pieces())
        {
            string[] lines = cutter.LinesOf(from, to);
            long begin = At(from);
            long length = At(to) - begin;
            // Text that cannot be cut, such as one word in a long sound, is shown again.
            int times = (int)Math.Max(1, Math.Ceiling(length / (MaxSeconds * rate)));
            for (int n = 0; n < times; n++)
                yield return new Cue(begin + (length * n / times), begin + (length * (n + 1) / times), lines);
        }
    }

    private Stack<(int From, int To)> Pieces()
    {
        int[] before = new int[_text.Last + 1];
        double[] cost = new double[_text.Last + 1];
        for (int to = 1; to <= _text.Last; to++)
        {
            cost[to] = double.MaxValue;
            for (int from = to - 1; from >= 0 && (from == to - 1 || _text.FitsTwoLines(from, to)); from--)
            {
                double whole = cost[from] + CostOf(from, to);
                if (whole < cost[to])
                    (cost[to], before[to]) = (whole, from);
            }
        }

        Stack<(int From, int To)> pieces = new();
        for (int to = _text.Last; to > 0; to = before[to])
            pieces.Push((before[to], to));
        return pieces;
    }

    private double CostOf(int from, int to)
    {
        double lines = _text.Width(from, to) / (double)CueText.LineWidth;
        double seconds = _seconds * (_text.ShareBefore(to) - _text.ShareBefore(from));
        return CueCost
            + (WidthCost * lines * lines)
            + BreakCosts[(int)_text.BreakAt(to)]
            + (InnerSentenceCost * _text.SentencesWithin(from, to))
            + (seconds < MinSeconds ? ShortCost * (MinSeconds - seconds) : 0)
            + (seconds > MaxSeconds ? LongCost * seconds : 0);
    }

    // The two lines have about one length, and the cut between them is at a good point.
    private string[] LinesOf(int from, int to)
    {
        if (_text.Width(from, to) <= CueText.LineWidth)
            return [_text.Between(from, to)];
        int cut = Enumerable.Range(from + 1, to - from - 1)
            .Where(at => _text.Width(from, at) <= CueText.LineWidth && _text.Width(at, to) <= CueText.LineWidth)
            .OrderBy(at => Math.Abs(_text.Width(from, at) - _text.Width(at, to)) + LineCosts[(int)_text.BreakAt(at)])
            .First();
        return [_text.Between(from, cut), _text.Between(cut, to)];
    }
}
