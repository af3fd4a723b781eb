using RunwareTts.Ledger;

namespace RunwareTts.Batch;

/// <summary>What the latest events of a ledger show about the times of tasks.</summary>
internal sealed class TaskTimes
{
    private readonly Dictionary<Guid, TaskKind> _kinds = [];
    private readonly List<TaskSpan> _spans = [];

    /// <param name="recent">Events in their order.</param>
    /// <param name="provider">Whose tasks count.</param>
    /// <param name="endpoint">Where they were sent.</param>
    public TaskTimes(IEnumerable<LedgerEvent> recent, string provider, string? endpoint)
    {
        HashSet<Guid> ended = [];
        foreach (LedgerEvent happened in recent.Where(e => e.Endpoint == endpoint))
        {
            if (happened is { Event: LedgerEventKind.Submitted, Model: { } model, Characters: { } characters }
                && happened.Provider == provider)
                _kinds[happened.Task] = new TaskKind(model, characters);
            else if (happened is { Event: LedgerEventKind.Completed, OpenSeconds: { } open, Seconds: { } seconds }
                && open <= seconds && _kinds.TryGetValue(happened.Task, out TaskKind kind) && ended.Add(happened.Task))
                _spans.Add(new TaskSpan(kind, TimeSpan.FromSeconds(open), TimeSpan.FromSeconds(seconds)));
        }
    }

    /// <summary>The tasks whose end is known, in its order.</summary>
    public IReadOnlyList<TaskSpan> Spans => _spans;

    /// <summary>The kind of a task; null if these events do not have it.</summary>
    public TaskKind? KindOf(Guid task) => _kinds.TryGetValue(task, out TaskKind kind) ? kind : null;
}
