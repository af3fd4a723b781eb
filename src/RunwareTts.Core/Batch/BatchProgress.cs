using System.Diagnostics;

namespace RunwareTts.Batch;

/// <summary>How far a batch is. Told at most once a second, and not in the first.</summary>
internal sealed class BatchProgress(Budget budget)
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _next = Pace;
    private int _started;
    private int _ended;
    private int _failed;

    public void Started() => Interlocked.Increment(ref _started);

    public void Ended(bool failed)
    {
        Interlocked.Increment(ref _ended);
        if (failed)
            Interlocked.Increment(ref _failed);
    }

    /// <param name="all">No more rows will come, so that those left are known.</param>
    public BatchEvent? Due(bool all)
    {
        TimeSpan now = _clock.Elapsed;
        if (now < _next)
            return null;
        _next = now + Pace;
        int ended = Volatile.Read(ref _ended);
        int failed = Volatile.Read(ref _failed);
        return new BatchEvent.Progressed(ended - failed, failed, all ? Volatile.Read(ref _started) - ended : null, budget.Paid, ended / now.TotalSeconds);
    }
}
