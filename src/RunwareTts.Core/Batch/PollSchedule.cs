using RunwareTts.Catalog;

namespace RunwareTts.Batch;

/// <summary>What the time of a task depends on: its model (a name or a full id) and the length of its text.</summary>
internal readonly record struct TaskKind(string Model, int Length);

/// <summary>A task that has ended: it was seen unfinished at Open, and done at Seen.</summary>
/// <param name="Kind">What its time depends on.</param>
/// <param name="Open">After its submission; zero if its first poll found it done. As Seen if its end is known.</param>
/// <param name="Seen">After its submission.</param>
internal sealed record TaskSpan(TaskKind Kind, TimeSpan Open, TimeSpan Seen);

/// <summary>
/// When to poll a task. The first poll comes when few tasks of this kind would be done for more than a tenth of their
/// time, each later one after another tenth. So a result is seen soon, and takes about two polls. The time of a kind is
/// learned; until then, it is the documented one.
/// </summary>
/// <param name="firstPoll">Before anything is known.</param>
/// <param name="documented">The time of the catalogue's models; null if it does not count.</param>
internal sealed class PollSchedule(TimeSpan firstPoll, TaskTime? documented = null)
{
    private const double Tenth = 1.1;
    private const double Fifth = 1.2;
    private const double Half = 1.5;

    // A scout polls at 0.75 and 1.9 s before the documented time: two more polls, and a service that is much faster, or
    // an emulator, is noticed.
    private const double Scouting = 2.5;

    // A task whose first poll finds it done lowers the estimate, one that is open then raises it. With this ratio they
    // balance where three tasks of ten are done at their first poll. Every task counts alike, in any order, because
    // many tasks that were submitted together are seen at the same poll, and none moves it away from its own end.
    private const double Lower = 0.021;
    private const double Raise = 0.009;

    // A service that has become much faster shows only in tasks that are done at every first poll: each such task in a
    // row lowers the estimate by twice as much, down to a half.
    private const double MaxLower = 0.5;
    private const double Near = 0.9;
    private const double Late = 1.15;
    private const double Far = 1.5;
    private const double MinWeight = 0.2;
    private const int MinWaits = 6;
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan MaxFirst = TimeSpan.FromSeconds(60);

    private readonly object _lock = new();
    private readonly Dictionary<string, Dictionary<int, Estimate>> _models = new(StringComparer.OrdinalIgnoreCase);
    private int _version;

    /// <summary>It is another number after something was learned.</summary>
    public int Version => Volatile.Read(ref _version);

    /// <summary>A task of this model is worth being polled early, since only the documentation is known.</summary>
    public bool NeedsScout(TaskKind kind)
    {
        lock (_lock)
            return Learned(kind) is null && Documented(kind) is not null;
    }

    /// <summary>How long after its submission a task is polled next.</summary>
    /// <param name="kind">What its time depends on.</param>
    /// <param name="polls">How often it was polled.</param>
    /// <param name="elapsed">Its age at the last poll.</param>
    /// <param name="isScout">It is polled early if only the documentation is known.</param>
    public TimeSpan Due(TaskKind kind, int polls, TimeSpan elapsed, bool isScout = false)
    {
        double? learned;
        lock (_lock)
            learned = Learned(kind);
        if ((learned ?? Documented(kind)) is not { } ticks)
            return polls == 0 ? firstPoll : Later(elapsed, Half);
        TimeSpan first = TimeSpan.FromTicks((long)Math.Min(ticks, MaxFirst.Ticks));
        if (learned is null && isScout && elapsed < first)
            return Min(first, polls == 0 ? firstPoll : TimeSpan.FromTicks((long)(elapsed.Ticks * Scouting)));
        return polls == 0 ? first : Max(first, Later(elapsed, elapsed.Ticks < Far * first.Ticks ? Tenth : Fifth));
    }

    /// <summary>Learns from a task that has ended.</summary>
    public void Learn(TaskSpan span)
    {
        string model = NameOf(span.Kind);
        lock (_lock)
        {
            double? before = Learned(span.Kind) ?? Documented(span.Kind);
            if (!_models.TryGetValue(model, out Dictionary<int, Estimate>? lengths))
                _models.Add(model, lengths = []);
            lengths.TryGetValue(Class(span.Kind.Length), out Estimate known);
            lengths[Class(span.Kind.Length)] = before is { } ticks
                ? Next(known with { Ticks = ticks }, span)
                : new Estimate(span.Open == TimeSpan.Zero ? span.Seen.Ticks * (1 - Lower) : Middle(span), 1, 0);
            _version++;
        }
    }

    private static Estimate Next(Estimate known, TaskSpan span)
    {
        double ticks = known.Ticks;
        int count = known.Count + 1;
        if (span.Open == TimeSpan.Zero)
        {
            // It was polled too late to say anything about the estimate.
            if (span.Seen.Ticks > ticks * Late)
                return known with { Count = count };
            // Of many that are found done by one poll, only the first says that this poll was late.
            bool isNews = span.Seen.Ticks <= ticks;
            double lower = isNews ? Math.Min(MaxLower, Lower * Math.Pow(2, known.Early)) : Lower;
            return new Estimate(Math.Min(ticks, span.Seen.Ticks) * (1 - lower), count,
                isNews ? known.Early + 1 : known.Early);
        }

        double middle = Middle(span);
        bool isBefore = span.Seen.Ticks <= ticks;
        // It may have ended before the estimate, or an equal one has raised that already.
        if (!isBefore && (span.Open.Ticks < Near * ticks || middle <= ticks))
            return known with { Count = count, Early = 0 };
        bool isFar = isBefore ? middle * Far < ticks : middle > ticks * Far;
        ticks = isFar ? ticks + (Math.Max(MinWeight, 1.0 / count) * (middle - ticks))
            : ticks * (isBefore ? 1 - Lower : 1 + Raise);
        return new Estimate(ticks, count, 0);
    }

    private static double Middle(TaskSpan span) => (span.Open.Ticks + span.Seen.Ticks) / 2.0;

    private static int Class(int length) => length < 1 ? 0 : (int)Math.Log(length, 2);

    private static string NameOf(TaskKind kind) => SpeechCatalog.FindModel(kind.Model)?.Name ?? kind.Model;

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private TimeSpan Later(TimeSpan elapsed, double growth)
    {
        double wait = Math.Max(elapsed.Ticks * (growth - 1), firstPoll.Ticks / MinWaits);
        return elapsed + TimeSpan.FromTicks((long)Math.Min(wait, MaxWait.Ticks));
    }

    // A tenth after the earliest documented end: about three of ten tasks are done then, each for at most a tenth of
    // its time. A poll before that end would be wasted for every task; the scout's are not.
    private double? Documented(TaskKind kind) =>
        documented is not null && SpeechCatalog.FindModel(kind.Model) is not null
            ? TimeSpan.FromSeconds(documented.MinSeconds * Tenth).Ticks : null;

    // Until this length is known, the nearest one is the best guess.
    private double? Learned(TaskKind kind)
    {
        if (!_models.TryGetValue(NameOf(kind), out Dictionary<int, Estimate>? lengths))
            return null;
        int length = Class(kind.Length);
        return lengths.TryGetValue(length, out Estimate known) ? known.Ticks
            : lengths.OrderBy(l => Math.Abs(l.Key - length)).First().Value.Ticks;
    }

    /// <param name="Ticks">When the first poll is due.</param>
    /// <param name="Count">Of how many tasks this was learned.</param>
    /// <param name="Early">How many in a row were done at a first poll.</param>
    private readonly record struct Estimate(double Ticks, int Count, int Early);
}
