using RunwareTts.Files;

namespace RunwareTts.Ledger;

/// <summary>
/// The offset of the last event of each request, file and task of one ledger. The event itself is read when it is asked
/// for.
/// </summary>
/// <param name="read">Reads the event at an offset.</param>
internal sealed class LedgerIndex(Func<long, LedgerEvent?> read)
{
    private const int HashLength = 64;

    private readonly object _lock = new();
    private readonly Dictionary<ulong, long> _requests = [];
    private readonly Dictionary<ulong, long> _files = [];

    // Requests that were sent more than once.
    private readonly Dictionary<ulong, Repeat> _repeats = [];

    // Only Wait-TtsTask looks for tasks, so that no one else pays for them.
    private Dictionary<Guid, (long Last, bool IsEnded)>? _tasks;

    // Requests whose results the service has uploaded, by request and place.
    private readonly HashSet<ulong> _uploads = [];

    // Hashes of earlier versions, and today's hashes of the same requests.
    private readonly Dictionary<string, string> _renamed = [];

    public void Add(LedgerEvent happened, long at)
    {
        lock (_lock)
        {
            if (happened is { Event: LedgerEventKind.Saved or LedgerEventKind.Seen, File: { } file })
                _files[NameHash.OfFile(file)] = at;
            if (!TryAddTask(happened, at) || happened is not { Event: not LedgerEventKind.Seen, Hash: { } hash })
                return;
            AddRequest(NameHash.Of(hash), happened, at);
            if (happened is { Event: LedgerEventKind.Completed or LedgerEventKind.Saved, Upload: { } upload })
                _uploads.Add(UploadKey(hash, upload));
        }
    }

    /// <summary>Adds the tasks of all events, if it was not done before, and those of later events.</summary>
    public void AddTasks(IEnumerable<(long At, LedgerEvent Event)> events)
    {
        lock (_lock)
        {
            if (_tasks is not null)
                return;
            _tasks = [];
            foreach ((long at, LedgerEvent happened) in events)
                TryAddTask(happened, at);
        }
    }

    /// <summary>
    /// What an earlier version has written under another hash, and perhaps had uploaded, is of this request. False
    /// where it has written nothing.
    /// </summary>
    public bool Adopt(string hash, string older, string? upload)
    {
        lock (_lock)
        {
            ulong olderKey = NameHash.Of(older);
            if (!_requests.TryGetValue(olderKey, out long theirs) || read(theirs) is not { } before
                || before.Hash != older || _renamed.ContainsKey(older))
                return false;
            _renamed.Add(older, hash);
            Repeat repeat = RepeatOf(olderKey);
            long? done = before.IsDone ? theirs : repeat.Results;
            if (upload is not null && done is not null)
                _uploads.Add(UploadKey(hash, upload));
            ulong key = NameHash.Of(hash);
            if (_requests.TryGetValue(key, out long mine))
                (theirs, repeat) = Combine(mine, RepeatOf(key).Count(1 + repeat.Again), done);
            Set(key, theirs, repeat);
            return true;
        }
    }

    /// <summary>
    /// The last event of a request, but its results rather than a task that is open; null where nothing was sent.
    /// </summary>
    public LedgerEvent? FindRequest(string hash)
    {
        LedgerEvent? last = Last(hash);
        if (last is not { IsOpen: true })
            return last;
        long? results;
        lock (_lock)
            results = RepeatOf(NameHash.Of(hash)).Results;
        return results is { } at && Find(at) is { } done && done.Hash == hash ? done : last;
    }

    /// <summary>The last event of a request.</summary>
    public LedgerEvent? Last(string hash) =>
        Find(_requests, NameHash.Of(hash)) is { } found && found.Hash == hash ? found : null;

    /// <summary>How often a request was generated.</summary>
    public int CountGenerations(string hash)
    {
        ulong key = NameHash.Of(hash);
        lock (_lock)
            return _requests.ContainsKey(key) ? 1 + RepeatOf(key).Again : 0;
    }

    /// <summary>Results of the request were uploaded to this place.</summary>
    public bool IsUploaded(string hash, string upload)
    {
        lock (_lock)
            return _uploads.Contains(UploadKey(hash, upload));
    }

    public LedgerEvent? FindFile(string file) =>
        Find(_files, NameHash.OfFile(file)) is { } found
            && file.Equals(found.File, StringComparison.OrdinalIgnoreCase)
            ? found with { Event = LedgerEventKind.Saved } : null;

    /// <summary>The last event of a task, after <see cref="AddTasks"/>.</summary>
    public LedgerEvent? FindTask(Guid task)
    {
        (long Last, bool IsEnded) entry;
        lock (_lock)
        {
            if (!_tasks!.TryGetValue(task, out entry))
                return null;
        }

        return Find(entry.Last);
    }

    private static ulong UploadKey(string hash, string upload) => NameHash.Of($"{hash} {upload}");

    private Repeat RepeatOf(ulong key) => _repeats.TryGetValue(key, out Repeat repeat) ? repeat : default;

    private LedgerEvent? Find(Dictionary<ulong, long> offsets, ulong key)
    {
        long at;
        lock (_lock)
        {
            if (!offsets.TryGetValue(key, out at))
                return null;
        }

        return Find(at);
    }

    private LedgerEvent? Find(long at)
    {
        LedgerEvent? found = read(at);
        // The subtitles of a joined text have its hash and their extension.
        if (found?.Hash is not { Length: >= HashLength } hash)
            return found;
        lock (_lock)
            return _renamed.TryGetValue(hash.Substring(0, HashLength), out string? now)
                ? found with { Hash = $"{now}{hash.Substring(HashLength)}" } : found;
    }

    // False for an event that says that a task is under way whose end is known: of several files, the one that has the
    // end may be read before that of the sender.
    private bool TryAddTask(LedgerEvent happened, long at)
    {
        if (_tasks is null || happened.Event == LedgerEventKind.Seen)
            return true;
        bool isEnded = happened.Event is not (LedgerEventKind.Submitted or LedgerEventKind.Accepted);
        if (!isEnded && _tasks.TryGetValue(happened.Task, out (long, bool IsEnded) known) && known.IsEnded)
            return false;
        _tasks[happened.Task] = (at, isEnded);
        return true;
    }

    // A task that failed says nothing against the audio that another task of the same request has made.
    private void AddRequest(ulong key, LedgerEvent happened, long at)
    {
        bool isFailed = happened.Event == LedgerEventKind.Failed;
        Repeat repeat = RepeatOf(key);
        LedgerEvent? other =
            (isFailed || happened.Event == LedgerEventKind.Submitted) && _requests.TryGetValue(key, out long last)
            && read(last) is { } before && before.Task != happened.Task ? before : null;
        // One that failed was not generated.
        if (isFailed)
            repeat = repeat.Count(-1);
        else if (other is { IsDone: true })
            repeat = repeat.Count(1) with { Results = _requests[key] };
        else if (other is { IsOpen: true })
            repeat = repeat.Count(1);
        Set(key, !isFailed ? at : other is not null ? _requests[key] : repeat.Results ?? at, repeat);
    }

    private (long Last, Repeat Repeat) Combine(long last, Repeat repeat, long? done) =>
        done is not { } results || read(last) is not { IsDone: false } open ? (last, repeat)
        : open.IsOpen ? (last, repeat with { Results = repeat.Results ?? results })
        : (results, repeat);

    private void Set(ulong key, long last, Repeat repeat)
    {
        _requests[key] = last;
        if (repeat != default || _repeats.ContainsKey(key))
            _repeats[key] = repeat;
    }

    /// <param name="Results">The results of an earlier task: should the last one fail, these are what there is.</param>
    /// <param name="Again">How many tasks it has had after its first, without those that failed.</param>
    private readonly record struct Repeat(long? Results, int Again)
    {
        public Repeat Count(int more) => this with { Again = Math.Max(0, Again + more) };
    }
}
