namespace RunwareTts.Ledger;

/// <summary>Where the last word about each request, file and task stands. Belongs to one ledger, which locks it.</summary>
internal sealed class LedgerIndex
{
    private readonly KeyMap _requests = new();
    private readonly KeyMap _files = new();

    // Results of requests that were sent once more. Should that fail, they are what there is.
    private readonly KeyMap _results = new();

    // How many tasks such requests have had after their first.
    private readonly KeyMap _again = new();

    // Only Wait-TtsTask asks by task; whoever does not, does not pay for it.
    private KeyMap? _tasks;

    public bool HasTasks => _tasks is not null;

    public void AddTasks() => _tasks ??= new KeyMap();

    /// <param name="happened">The event.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="lookup">Reads the event at a place.</param>
    public void Add(LedgerHead happened, long place, Func<long, LedgerEvent?> lookup)
    {
        if (happened is { Event: LedgerEventKind.Saved or LedgerEventKind.Seen, File: { } file })
            _files.Set(KeyMap.KeyOfFile(file), place);
        if (happened.Event != LedgerEventKind.Seen && happened.Hash is { } hash)
            AddRequest(KeyMap.KeyOf(hash), happened, place, lookup);
        AddTask(happened, place);
    }

    public void AddTask(LedgerHead happened, long place)
    {
        if (happened.Event != LedgerEventKind.Seen)
            _tasks?.Set(KeyMap.KeyOf(happened.Task.ToString()), place);
    }

    public long? Request(string hash) => _requests.TryGet(KeyMap.KeyOf(hash), out long place) ? place : null;

    public long? Results(string hash) => _results.TryGet(KeyMap.KeyOf(hash), out long place) ? place : null;

    public int Again(string hash) => _again.TryGet(KeyMap.KeyOf(hash), out long times) ? (int)times : 0;

    public long? File(string file) => _files.TryGet(KeyMap.KeyOfFile(file), out long place) ? place : null;

    public long? Task(Guid task) => _tasks!.TryGet(KeyMap.KeyOf(task.ToString()), out long place) ? place : null;

    // A task that failed says nothing against the audio that another task of the same request has made.
    private void AddRequest(ulong key, LedgerHead happened, long place, Func<long, LedgerEvent?> lookup)
    {
        if (happened.Event is LedgerEventKind.Submitted or LedgerEventKind.Failed && _requests.TryGet(key, out long before) && lookup(before) is { } known && known.Task != happened.Task)
        {
            if (happened.Event == LedgerEventKind.Failed)
            {
                Count(key, -1);
                return;
            }

            if (known.Event != LedgerEventKind.Failed)
                Count(key, 1);
            if (known.IsDone)
                _results.Set(key, before);
        }

        else if (happened.Event == LedgerEventKind.Failed)
        {
            Count(key, -1);
        }

        _requests.Set(key, happened.Event == LedgerEventKind.Failed && _results.TryGet(key, out long results) ? results : place);
    }

    // One that failed was not spoken.
    private void Count(ulong key, int more)
    {
        if (_again.TryGet(key, out long times) || more > 0)
            _again.Set(key, Math.Max(0, times + more));
    }
}
