namespace RunwareTts.Batch;

/// <summary>
/// When to poll a task. The first poll comes when half of the tasks of this length were done; each later one after
/// another tenth of the time passed, so that a result is seen soon. Tasks of an unknown length are polled early, then
/// less and less often, and their times are learned.
/// </summary>
internal sealed class PollSchedule(TimeSpan firstPoll)
{
    private const double Unlearned = 1.5;
    private const double Learned = 1.1;
    private const double MinWeight = 0.2;

    // A task that is done at its first poll may have been done long before. So the next of its length is polled a
    // little earlier, and after several such in a row much earlier: one slow task must not delay all that follow it.
    private const double Earlier = 0.03;
    private const double MuchEarlier = 0.5;
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan MaxFirst = TimeSpan.FromSeconds(60);

    private readonly Dictionary<int, (double Ticks, int Count, int Early)> _lengths = [];

    /// <summary>How long after its submission a task is polled next.</summary>
    public TimeSpan Due(int length, int polls, TimeSpan elapsed)
    {
        lock (_lengths)
        {
            bool known = Nearest(length) is not null;
            if (polls == 0)
                return known ? TimeSpan.FromTicks((long)Math.Min(Nearest(length)!.Value, MaxFirst.Ticks)) : firstPoll;
            double wait = elapsed.Ticks * ((known ? Learned : Unlearned) - 1);
            return elapsed + TimeSpan.FromTicks((long)Math.Min(Math.Max(wait, firstPoll.Ticks / 4), MaxWait.Ticks));
        }
    }

    /// <summary>Learns from a task that was not done at one poll and done at the next.</summary>
    /// <param name="length">Characters.</param>
    /// <param name="polls">How many polls it took.</param>
    /// <param name="before">The time of the poll before the last; zero where there was none.</param>
    /// <param name="seen">The time at which it was seen done.</param>
    public void Learn(int length, int polls, TimeSpan before, TimeSpan seen)
    {
        lock (_lengths)
        {
            (double ticks, int count, int early) = _lengths.TryGetValue(Class(length), out (double, int, int) known)
                ? known : (Nearest(length) ?? seen.Ticks, 0, 0);
            if (polls <= 1)
            {
                double earlier = 1 - Math.Min(MuchEarlier, Earlier * Math.Pow(2, early));
                _lengths[Class(length)] = (Math.Min(ticks, seen.Ticks) * earlier, count + 1, early + 1);
                return;
            }

            double weight = Math.Max(MinWeight, 1.0 / (count + 1));
            _lengths[Class(length)] = (ticks + weight * ((before.Ticks + seen.Ticks) / 2.0 - ticks), count + 1, 0);
        }
    }

    private static int Class(int length) => length < 1 ? 0 : (int)Math.Log(length, 2);

    // Until this length is known, the nearest one is the best guess.
    private double? Nearest(int length) =>
        _lengths.Count == 0 ? null : _lengths.OrderBy(l => Math.Abs(l.Key - Class(length))).First().Value.Ticks;
}
