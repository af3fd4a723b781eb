namespace RunwareTts.Batch;

/// <summary>
/// How long to wait before the next try: as long as the service asks, else twice as long each time, with a jitter of a
/// fifth.
/// </summary>
/// <param name="first">The first wait.</param>
internal sealed class RetryDelay(TimeSpan first)
{
    private const int MaxDoublings = 10;
    private static readonly TimeSpan Max = TimeSpan.FromSeconds(30);

    // No timer takes much more than a month.
    private static readonly TimeSpan MaxAsked = TimeSpan.FromDays(1);

    // A row that waits for longer holds up the rows after it.
    private static readonly TimeSpan MaxBrief = TimeSpan.FromSeconds(10);

    private readonly Random _random = new();

    /// <param name="attempt">How many tries there were.</param>
    /// <param name="asked">What the service asked for.</param>
    public TimeSpan Next(int attempt, TimeSpan? asked)
    {
        if (asked is { } wait)
            return wait < TimeSpan.Zero ? TimeSpan.Zero : wait > MaxAsked ? MaxAsked : wait;
        double jitter;
        lock (_random)
            jitter = 0.8 + 0.4 * _random.NextDouble();
        double doubled = first.Ticks * Math.Pow(2, Math.Min(attempt - 1, MaxDoublings));
        return TimeSpan.FromTicks((long)Math.Min(doubled * jitter, Max.Ticks));
    }

    /// <summary>The same, but ten seconds where the service asks for more.</summary>
    public TimeSpan NextBrief(int attempt, TimeSpan? asked) => Next(attempt, asked > MaxBrief ? MaxBrief : asked);
}
