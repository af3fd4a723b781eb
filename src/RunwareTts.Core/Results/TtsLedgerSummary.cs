namespace RunwareTts;

/// <summary>
/// The sums over all tasks of one model in a ledger. A file that -Split has joined is not a task, and is not counted
/// in addition to its parts.
/// </summary>
public sealed record TtsLedgerSummary : TtsResult
{
    public string? Model { get; init; }

    /// <summary>Runware, SelfHosted or Offline.</summary>
    public string? Provider { get; init; }

    public int Tasks { get; init; }
    public int Saved { get; init; }

    /// <summary>Generated, and not all results are saved.</summary>
    public int Completed { get; init; }

    /// <summary>The service has them.</summary>
    public int Processing { get; init; }

    /// <summary>Recorded, and perhaps never sent.</summary>
    public int Submitted { get; init; }

    public int Failed { get; init; }

    /// <summary>Of their texts, in code points.</summary>
    public long Characters { get; init; }

    /// <summary>Of the audio that was saved.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>USD, exactly as charged; null where it is not known.</summary>
    public decimal? Cost { get; init; }

    internal TtsLedgerSummary Add(TtsLedgerEntry task, TimeSpan saved) => this with
    {
        Tasks = Tasks + 1,
        Saved = Saved + Count(task, "Saved"),
        Completed = Completed + Count(task, "Completed"),
        Processing = Processing + Count(task, "Processing"),
        Submitted = Submitted + Count(task, "Submitted"),
        Failed = Failed + Count(task, "Failed"),
        Characters = Characters + (task.Characters ?? 0),
        Duration = Duration + saved,
        Cost = task.Cost is { } cost ? (Cost ?? 0) + cost : Cost,
    };

    private static int Count(TtsLedgerEntry task, string status) => task.Status == status ? 1 : 0;
}
