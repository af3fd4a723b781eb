namespace RunwareTts.Ledger;

/// <summary>
/// What was sent without a folder, by all processes of this user. It is read when it is first asked for, and no file
/// stays open: there may be thousands. If it is optional and cannot be read, nothing is found.
/// </summary>
internal sealed class RecoveryEvents(RecoveryFolder folder, bool merges, bool isOptional = false)
{
    private const int FileShift = 40;
    private const int MaxTries = 20;

    private readonly object _lock = new();
    private readonly List<(string Hash, string Older, string? Upload)> _adopted = [];
    private Loaded? _loaded;

    /// <summary>Looks something up in the index of all files, which are read if they were not yet.</summary>
    public T? Look<T>(Func<LedgerIndex, T?> look)
    {
        try
        {
            for (int tries = 1; ; tries++)
            {
                Loaded loaded = Load();
                T? found = look(loaded.Index);
                if (!loaded.IsStale || tries == MaxTries)
                    return found;
                lock (_lock)
                    _loaded = _loaded == loaded ? null : _loaded;
            }
        }
        catch (Exception e) when (isOptional && e is IOException or UnauthorizedAccessException)
        {
            return default;
        }
    }

    /// <inheritdoc cref="LedgerIndex.Adopt"/>
    public void Adopt(string hash, string older, string? upload)
    {
        if (!Look(index => index.Adopt(hash, older, upload)))
            return;
        lock (_lock)
            _adopted.Add((hash, older, upload));
    }

    /// <summary>The first event of each task, in the order of the files.</summary>
    public IEnumerable<LedgerEvent> FirstOfTasks()
    {
        HashSet<Guid> seen = [];
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

            // A file that is missing was merged into another, which has its events.
            if (isWhole)
                yield break;
        }
    }

    /// <summary>The last events of the latest file.</summary>
    public IReadOnlyList<LedgerEvent> Recent(int bytes)
    {
        try
        {
            using LedgerFile? latest = folder.Files().LastOrDefault() is { } path ? LedgerFile.OpenRead(path) : null;
            return [.. latest?.ReadLast(bytes) ?? []];
        }
        catch (Exception e) when (isOptional && e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private Loaded Load()
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
            Index.AddTasks([]);
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
                foreach ((long at, LedgerEvent happened) in file.Read())
                    Index.Add(happened, ((long)number << FileShift) | at);
            }

            return true;
        }

        private LedgerEvent? Read(long at)
        {
            using LedgerFile? file = LedgerFile.OpenRead(_files[(int)(at >> FileShift)]);
            if (file is null)
                _isStale = true;
            return file?.Read(at & ((1L << FileShift) - 1));
        }
    }
}
