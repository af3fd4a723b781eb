namespace RunwareTts.Ledger;

/// <summary>
/// Where the last word about each request, file and task stands, of one ledger; the word itself is read when it is
/// asked for.
/// </summary>
/// <param name="read">Reads the event at a place.</param>
internal sealed class LedgerIndex(Func<long, LedgerEvent?> read)
{
    private const int HashLength = 64;

    private readonly object _lock = new();
    private readonly KeyMap _requests = new();
    private readonly KeyMap _files = new();

    // Results of requests that were sent once more. Should that fail, they are what there is.
    private readonly KeyMap _results = new();

    // How many tasks such requests have had after their first.
    private readonly KeyMap _again = new();

    // Requests whose results the service has put somewhere, by request and place.
    private readonly KeyMap _uploads = new();

    // Hashes of earlier versions, and what these requests are called now.
    private readonly Dictionary<string, string> _renamed = [];

    // Only Wait-TtsTask asks by task; whoever does not, does not pay for it.
    private KeyMap? _tasks;

    // Tasks whose end is known: of several files, that which tells of it may be read before that of the sender.
    private KeyMap? _ended;

    /// <summary>Begins to keep tasks too; false when it does already.</summary>
    public bool AddTasks()
    {
        lock (_lock)
        {
            if (_tasks is not null)
                return false;
            (_tasks, _ended) = (new KeyMap(), new KeyMap());
            return true;
        }
    }

    /// <param name="happened">The event.</param>
    /// <param name="place">Where it stands.</param>
    public void Add(LedgerHead happened, long place)
    {
        lock (_lock)
        {
            if (happened is { Event: LedgerEventKind.Saved or LedgerEventKind.Seen, File: { } file })
                _files.Set(KeyMap.KeyOfFile(file), place);
            if (happened.Event == LedgerEventKind.Seen || IsLate(happened))
                return;
            if (happened.Hash is { } hash)
                AddRequest(KeyMap.KeyOf(hash), happened, place);
            if (happened is { Event: LedgerEventKind.Completed or LedgerEventKind.Saved,
                Hash: not null, Upload: { } upload })
                _uploads.Set(UploadKey(happened.Hash, upload), place);
        }

        AddTask(happened, place);
    }

    public void AddTask(LedgerHead happened, long place)
    {
        if (happened.Event == LedgerEventKind.Seen)
            return;
        lock (_lock)
        {
            if (!IsLate(happened))
                _tasks?.Set(KeyMap.KeyOf(happened.Task.ToString()), place);
        }
    }

    /// <summary>An earlier version has called this request otherwise: what it has written is of this request.</summary>
    /// <param name="hash">The request.</param>
    /// <param name="older">Its hash then.</param>
    /// <param name="upload">Where its results were uploaded to, if they were.</param>
    /// <returns>It has written something.</returns>
    public bool Adopt(string hash, string older, string? upload)
    {
        lock (_lock)
        {
            (ulong mine, ulong theirs) = (KeyMap.KeyOf(hash), KeyMap.KeyOf(older));
            if (!_requests.TryGet(theirs, out long place) || read(place) is not { } before || before.Hash != older
                || _renamed.ContainsKey(older))
                return false;
            _renamed.Add(older, hash);
            bool hasResults = _results.TryGet(theirs, out long results);
            long? done = before.IsDone ? place : hasResults ? results : null;
            if (upload is not null && done is { } there)
                _uploads.Set(UploadKey(hash, upload), there);
            int times = _again.TryGet(theirs, out long again) ? (int)again : 0;
            if (!_requests.TryGet(mine, out long known))
            {
                _requests.Set(mine, place);
                if (hasResults)
                    _results.Set(mine, results);
                Count(mine, times);
                return true;
            }

            Count(mine, times + 1);
            if (read(known) is { IsDone: false } open && done is { } made)
            {
                if (open.Event == LedgerEventKind.Failed)
                    _requests.Set(mine, made);
                else if (!_results.TryGet(mine, out _))
                    _results.Set(mine, made);
            }

            return true;
        }
    }

    /// <summary>
    /// What there is of a request: the last word about it, but results before a task that is open; null where nothing
    /// was sent.
    /// </summary>
    public LedgerEvent? FindRequest(string hash) =>
        Last(hash) is not { } last ? null
        : last.IsOpen && Find(_results, KeyMap.KeyOf(hash)) is { } results && results.Hash == hash ? results
        : last;

    /// <summary>The last word about a request.</summary>
    public LedgerEvent? Last(string hash) =>
        Find(_requests, KeyMap.KeyOf(hash)) is { } found && found.Hash == hash ? found : null;

    /// <summary>How often it was spoken.</summary>
    public int TakesOf(string hash)
    {
        lock (_lock)
        {
            ulong key = KeyMap.KeyOf(hash);
            return !_requests.TryGet(key, out _) ? 0 : _again.TryGet(key, out long times) ? 1 + (int)times : 1;
        }
    }

    /// <summary>Results of the request were uploaded to this place.</summary>
    public bool IsUploaded(string hash, string upload)
    {
        lock (_lock)
            return _uploads.TryGet(UploadKey(hash, upload), out _);
    }

    /// <param name="file">As events have it.</param>
    public LedgerEvent? FindFile(string file) =>
        Find(_files, KeyMap.KeyOfFile(file)) is { } found && file.Equals(found.File, StringComparison.OrdinalIgnoreCase)
            ? found with { Event = LedgerEventKind.Saved }
            : null;

    /// <summary>The last word about a task.</summary>
    public LedgerEvent? FindTask(Guid task) =>
        Find(_tasks!, KeyMap.KeyOf(task.ToString())) is { } found && found.Task == task ? found : null;

    private static ulong UploadKey(string hash, string upload) => KeyMap.KeyOf($"{hash} {upload}");

    private LedgerEvent? Find(KeyMap map, ulong key)
    {
        long place;
        lock (_lock)
        {
            if (!map.TryGet(key, out place))
                return null;
        }

        return read(place) is { } found ? Renamed(found) : null;
    }

    // The subtitles of a joined text have its hash and their extension.
    private LedgerEvent Renamed(LedgerEvent found)
    {
        if (found.Hash is not { Length: >= HashLength } hash)
            return found;
        lock (_lock)
            return _renamed.TryGetValue(hash.Substring(0, HashLength), out string? now)
                ? found with { Hash = $"{now}{hash.Substring(HashLength)}" } : found;
    }

    // It says that a task is under way whose end is known already.
    private bool IsLate(LedgerHead happened)
    {
        if (_ended is null)
            return false;
        ulong key = KeyMap.KeyOf(happened.Task.ToString());
        if (happened.Event is LedgerEventKind.Submitted or LedgerEventKind.Accepted)
            return _ended.TryGet(key, out _);
        _ended.Set(key, 0);
        return false;
    }

    // A task that failed says nothing against the audio that another task of the same request has made.
    private void AddRequest(ulong key, LedgerHead happened, long place)
    {
        if (happened.Event is LedgerEventKind.Submitted or LedgerEventKind.Failed
            && _requests.TryGet(key, out long before) && read(before) is { } known && known.Task != happened.Task)
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
