using RunwareTts.Providers;

namespace RunwareTts.Batch;

/// <summary>A task that is waited for.</summary>
/// <param name="Id">The task.</param>
/// <param name="Kind">What its time depends on; no model and no length if that is not known.</param>
internal sealed record PolledTask(Guid Id, TaskKind Kind)
{
    /// <summary>How many results it will have; null where that is not known.</summary>
    public int? Expected { get; init; }

    /// <summary>How long ago it was submitted; null if that is not known, and it may be done already.</summary>
    public TimeSpan? Age { get; init; }
}

/// <summary>The end of a wait for a task.</summary>
/// <param name="Seen">The last answer about it. If the wait ended early, it may still have results.</param>
/// <param name="Failure">TaskUnknown, or the error that ended all polling; null for none.</param>
internal sealed record PollResult(TaskAnswer Seen, TtsException? Failure = null)
{
    /// <summary>When it ended; null if nothing shows it.</summary>
    public TaskSpan? Span { get; init; }
}

/// <summary>What a poller knows of a task that is open.</summary>
/// <param name="task">The task.</param>
/// <param name="since">When the wait began, by the poller's clock.</param>
internal sealed class OpenPoll(PolledTask task, TimeSpan since)
{
    private const int JoinPart = 3;
    private const int FirstJoinPart = 20;

    public Guid Id => task.Id;

    public int? Expected => task.Expected;

    public TaskKind Kind => task.Kind;

    public TimeSpan Since => since;

    /// <summary>When it was submitted, by the poller's clock.</summary>
    public TimeSpan Submitted => since - (task.Age ?? TimeSpan.Zero);

    /// <summary>It is polled early, to find out how long tasks take.</summary>
    public bool IsScout { get; set; }

    public TimeSpan Next { get; set; }

    public int Polls { get; set; }

    /// <summary>The task's age at its last poll.</summary>
    public TimeSpan LastAsked { get; set; }

    /// <summary>The task's age when it was last seen unfinished; null before that.</summary>
    public TimeSpan? LastOpen { get; set; }

    /// <summary>The last answer about it.</summary>
    public TaskAnswer Seen { get; set; } = new();

    public bool IsKnown { get; set; }

    /// <summary>It was searched in the archive.</summary>
    public bool IsRecalled { get; set; }

    public TaskCompletionSource<PollResult> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public bool HasAge => task.Age is not null;

    /// <summary>The wait started before its first poll was due.</summary>
    public bool IsWatchedFromStart { get; set; }

    /// <summary>When the task, which is done, ended; null if nothing shows it.</summary>
    public TaskSpan? Span =>
        HasAge && (LastOpen ?? (IsWatchedFromStart ? TimeSpan.Zero : null)) is { } open
            ? new TaskSpan(Kind, open, LastAsked) : null;

    public bool MayBeOld(TimeSpan old) => task.Age is null || task.Age > old;

    /// <summary>It is due, or soon enough to be polled together with a task that is due.</summary>
    public bool CanJoin(TimeSpan now)
    {
        TimeSpan wait = Next - Submitted - LastAsked;
        return Next - now <= TimeSpan.FromTicks(wait.Ticks / (Polls > 0 ? JoinPart : FirstJoinPart));
    }
}
