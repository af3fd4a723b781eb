namespace RunwareTts.Ledger;

/// <summary>
/// What was sent without a folder, by all processes of this user. It is read when it is first asked for, and no file
/// stays open: there may be thousands.
/// </summary>
/// <param name="folder">Where the files are.</param>
/// <param name="merges">Those of processes that have ended are merged first.</param>
internal sealed class RecoveryEvents(RecoveryFolder folder, bool merges)
{
    private const int FileShift = 40;
    private const int MaxTries = 20;

    private readonly object _lock = new();
    private readonly List<(string Hash, string Older, string? Upload)> _adopted = [];
    private Loaded? _loaded;

    /// <inheritdoc cref="LedgerIndex.FindRequest"/>
    public LedgerEvent? FindRequest(string hash) => Look(index => index.FindRequest(hash));

    /// <inheritdoc cref="LedgerIndex.Last"/>
    public LedgerEvent? Last(string hash) => Look(index => index.Last(hash));

    /// <inheritdoc cref="LedgerIndex.TakesOf"/>
    public int TakesOf(string hash) => Look(index => index.TakesOf(hash));

    /// <inheritdoc cref="LedgerIndex.IsUploaded"/>
    public bool IsUploaded(string hash, string upload) => Look(index => index.IsUploaded(hash, upload));

    /// <inheritdoc cref="LedgerIndex.FindFile"/>
    public LedgerEvent? FindFile(string file) => Look(index => index.FindFile(file));

    /// <inheritdoc cref="LedgerIndex.FindTask"/>
    public LedgerEvent? FindTask(Guid task) => Look(index => index.FindTask(task));

    /// <inheritdoc cref="LedgerIndex.Adopt"/>
    public void Adopt(string hash, string older, string? upload)
    {
        if (!Look(index => index.Adopt(hash, older, upload)))
            return;
        lock (_lock)
            _adopted.Add((hash, older, upload));
    }

    /// <summary>Reads all files, if they are not read yet.</summary>
    public void Load() => Look(_ => true);

    /// <summary>The first word about each task, in the order of the files.</summary>
    public IEnumerable<LedgerEvent> FirstOfTasks()
    {
        KeyMap seen = new();
        for (int tries = 0; tries < MaxTries; tries++)
        {
            bool isWhole = true;
            foreach (string path in folder.Files())
            {
                using LedgerFile? file = LedgerFile.OpenRead(path);
                isWhole &= file is not null;
                foreach (LedgerEvent first in file?.FirstOfTasks(seen) ?? [])
                    yield return first;
            }

            // One was merged into another meanwhile: what it had is there.
            if (isWhole)
                yield break;
        }
    }

    /// <summary>What happened last, in the latest file.</summary>
    public IReadOnlyList<LedgerEvent>? Recent(int bytes)
    {
        using LedgerFile? latest = folder.Files().LastOrDefault() is { } path ? LedgerFile.OpenRead(path) : null;
        return latest is null ? null : [.. latest.ReadLast(bytes)];
    }

    private T Look<T>(Func<LedgerIndex, T> look)
    {
        for (int tries = 1; ; tries++)
        {
            Loaded loaded = Current();
            T found = look(loaded.Index);
            if (!loaded.IsStale || tries == MaxTries)
                return found;
            lock (_lock)
                _loaded = _loaded == loaded ? null : _loaded;
        }
    }

    private Loaded Current()
    {
        lock (_lock)
        {
            if (_loaded is not null)
                return _loaded;
            if (merges)
                folder.Merge();
            Loaded loaded = new(folder.Files());
            for (int tries = 1; !loaded.TryRead(); tries++)
            {
                // Half of what was paid for would be taken for all of it.
                if (tries == MaxTries)
                    throw new IOException("Other processes keep merging the files of the state folder.");
                loaded = new Loaded(folder.Files());
            }

            foreach ((string hash, string older, string? upload) in _adopted)
                loaded.Index.Adopt(hash, older, upload);
            return _loaded = loaded;
        }
    }

    private sealed class Loaded
    {
        private readonly string[] _files;
        private volatile bool _isStale;

        public Loaded(string[] files)
        {
            _files = files;
            Index = new LedgerIndex(Read);
            Index.AddTasks();
        }

        public LedgerIndex Index { get; }

        /// <summary>One of its files has gone, merged into another.</summary>
        public bool IsStale => _isStale;

        public bool TryRead()
        {
            for (int number = 0; number < _files.Length; number++)
            {
                using LedgerFile? file = LedgerFile.OpenRead(_files[number]);
                if (file is null)
                    return false;
                foreach ((long at, LedgerHead happened) in file.Read())
                    Index.Add(happened, ((long)number << FileShift) | at);
            }

            return true;
        }

        private LedgerEvent? Read(long place)
        {
            using LedgerFile? file = LedgerFile.OpenRead(_files[(int)(place >> FileShift)]);
            if (file is null)
                _isStale = true;
            return file?.Read(place & ((1L << FileShift) - 1));
        }
    }
}
