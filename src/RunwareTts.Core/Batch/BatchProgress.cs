using System.Diagnostics;

namespace RunwareTts.Batch;

/// <summary>Counts rows and parts, and reports progress once a second.</summary>
internal sealed class BatchProgress(Budget budget)
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly object _lock = new();
    private TimeSpan _next = Pace;
    private int _started;
    private int _ended;
    private int _failed;
    private PartProgress _parts = new(0, 0, 0);
    private int _generatedParts;

    public void Started() => Interlocked.Increment(ref _started);

    public void Ended(bool failed)
    {
        Interlocked.Increment(ref _ended);
        if (failed)
            Interlocked.Increment(ref _failed);
    }

    /// <summary>Counts parts of long texts.</summary>
    public void Count(int known = 0, int ended = 0, int generated = 0, int joining = 0)
    {
        lock (_lock)
        {
            _parts = new PartProgress(_parts.Done + ended, _parts.Known + known, _parts.Joining + joining);
            _generatedParts += generated;
        }
    }

    /// <param name="all">The last row was piped, so that the number of rows is known.</param>
    public BatchEvent? Due(bool all)
    {
        TimeSpan now = _clock.Elapsed;
        if (now < _next)
            return null;
        _next = now + Pace;
        return At(now, all);
    }

    /// <param name="now">Time since the start.</param>
    /// <param name="all">The last row was piped.</param>
    internal BatchEvent.Progressed At(TimeSpan now, bool all)
    {
        int ended = Volatile.Read(ref _ended);
        int failed = Volatile.Read(ref _failed);
        int? left = all ? Volatile.Read(ref _started) - ended : null;
        lock (_lock)
        {
            // A split text counts by its parts. Parts of an earlier run take no time and would distort the pace.
            double pace = (ended + _generatedParts) / now.TotalSeconds;
            int open = left.GetValueOrDefault() + _parts.Known - _parts.Done;
            return new BatchEvent.Progressed(ended - failed, failed, left, budget.Paid, ended / now.TotalSeconds)
            {
                Parts = _parts.Known > 0 ? _parts : null,
                PartRate = _generatedParts / now.TotalSeconds,
                Percent = left is null || pace <= 0 ? null : (ended + _parts.Done) * 100 / (ended + _parts.Done + open),
                SecondsLeft = left is null || pace <= 0 ? null : (int)Math.Min(int.MaxValue, open / pace),
            };
        }
    }
}
