using RunwareTts.Files;
using RunwareTts.Joining;

namespace RunwareTts.Ledger;

/// <summary>
/// What batches have sent, what came of it and where it was saved. One for a folder, kept apart from other processes
/// and shared by the pipelines of this one; or one for all that has no folder.
/// </summary>
public sealed class TaskLedger : IDisposable
{
    private const int FileShift = 40;
    private const int RecentBytes = 256 * 1024;
    private static readonly TimeSpan LastWrites = TimeSpan.FromSeconds(5);

    private readonly LedgerPlace _place;
    private readonly LedgerIndex _index = new();

    // Files that were read and found to be what was saved, and their times.
    private readonly KeyMap _contents = new();
    private readonly LedgerWriter _writer;
    private readonly Turns _turns = new();
    private IDisposable? _lock;
    private volatile LedgerFile[] _files = [];
    private int _own = -1;
    private int _users = 1;
    private volatile bool _isClosed;

    internal TaskLedger(LedgerPlace place)
    {
        _place = place;
        _writer = new LedgerWriter(Write, (happened, at) => Index(happened.Head, Place(_own, at)));
        try
        {
            if (place.IsLocked && File.Exists(place.Own))
                Own();
            foreach (string path in place.Files)
                Load(path);
        }
        catch
        {
            Close();
            throw;
        }
    }

    /// <summary>Its folder; null for one that keeps absolute paths.</summary>
    internal string? Directory => _place.Directory;

    /// <summary>Its file, for messages.</summary>
    internal string Name => _place.Own;

    /// <summary>The turn of a request: equal ones wait for one another, so that the second finds what the first has made.</summary>
    internal Task<IDisposable?> TurnAsync(string hash, CancellationToken token) => _turns.TakeAsync(hash, token);

    /// <summary>What there is of a request: the last word about it, but results before a task that is open; null where nothing was sent.</summary>
    internal LedgerEvent? FindRequest(string hash) =>
        Last(hash) is not { } last ? null : last.IsOpen && Find(i => i.Results(hash)) is { } results && results.Hash == hash ? results : last;

    /// <summary>A task of the request that was sent, and whose end nobody has seen.</summary>
    internal LedgerEvent? FindOpen(string hash) => Last(hash) is { IsOpen: true } open ? open : null;

    /// <summary>How often it was spoken, by this ledger.</summary>
    internal int TakesOf(string hash)
    {
        lock (_index)
            return 1 + _index.Again(hash);
    }

    /// <summary>What was saved under this name, whether it is there or not.</summary>
    internal LedgerEvent? FindFile(string path) =>
        Relative(path) is { } file && Find(i => i.File(file)) is { } found && file.Equals(found.File, StringComparison.OrdinalIgnoreCase)
            ? found with { Event = LedgerEventKind.Saved }
            : null;

    /// <summary>The last word about a task.</summary>
    internal LedgerEvent? FindTask(Guid task)
    {
        IndexTasks();
        return Find(i => i.Task(task)) is { } found && found.Task == task ? found : null;
    }

    /// <summary>The file is what was saved here.</summary>
    internal LedgerEvent? Saved(string path)
    {
        FileInfo file = new(path);
        if (!file.Exists || FindFile(path) is not { } saved)
            return null;
        if (saved.Mark is { } mark && Is(file, mark))
            return saved with { IsStale = !mark.HasTimeOf(file) };
        // Written down, and not yet put in its place: the one that is there has the same audio.
        return saved.Before == file.Length && Is(file, saved.Over ?? new FileMark(file.Length, null, null))
            ? saved with { Bytes = file.Length, Tags = AudioTags.Unknown }
            : null;
    }

    /// <summary>What was saved under this name last, where the file is that, or is the one that was to be replaced by it.</summary>
    internal LedgerEvent? Made(string path)
    {
        FileInfo file = new(path);
        return file.Exists && FindFile(path) is { } saved && new[] { saved.Mark, saved.Over }.Any(mark => mark is not null && Is(file, mark)) ? saved : null;
    }

    /// <summary>Is done when the event is on the disk.</summary>
    /// <exception cref="IOException">It cannot be written; nor other exceptions of a file.</exception>
    internal Task AppendAsync(LedgerEvent happened) => _writer.AppendAsync(happened);

    /// <summary>A path as events have it: inside the folder, with forward slashes. Null for one outside.</summary>
    internal string? Relative(string path)
    {
        if (Directory is null)
            return path;
        string folder = Directory.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar;
        return path.StartsWith(folder, StringComparison.Ordinal) ? path.Substring(folder.Length).Replace('\\', '/') : null;
    }

    /// <summary>The absolute path of what an event has; null for one that leads out of the folder, which only a stranger can have written.</summary>
    internal string? Absolute(string? path)
    {
        try
        {
            return path is null ? null : Directory is null ? path : InsideDirectory.Resolve(Directory, path);
        }
        catch (TtsException)
        {
            return null;
        }
    }

    /// <summary>The first and the last word about each task, in the order of the first.</summary>
    internal IEnumerable<(LedgerEvent First, LedgerEvent Last)> Tasks()
    {
        KeyMap seen = new();
        foreach ((LedgerFile file, long at, LedgerHead head) in _files.SelectMany(file => file.Read().Select(line => (file, line.At, line.Event))))
        {
            ulong key = KeyMap.KeyOf(head.Task.ToString());
            if (head.Event == LedgerEventKind.Seen || seen.TryGet(key, out _) || file.Read(at) is not { } first)
                continue;
            seen.Set(key, 0);
            yield return (first, FindTask(first.Task) ?? first);
        }
    }

    /// <summary>What happened last, in its own file, else in the latest of the others.</summary>
    internal IEnumerable<LedgerEvent> Recent() => (_own >= 0 ? _files[_own] : _files.LastOrDefault())?.ReadLast(RecentBytes) ?? [];

    /// <summary>Another pipeline uses it too.</summary>
    internal TaskLedger Share()
    {
        _users++;
        return this;
    }

    /// <summary>Lets go of it; the last one closes it.</summary>
    public void Dispose()
    {
        lock (LedgerPlace.Open)
        {
            if (--_users > 0)
                return;
            if (LedgerPlace.Open.TryGetValue(_place.Own, out TaskLedger? open) && open == this)
                LedgerPlace.Open.Remove(_place.Own);
            // Whoever opens it next in this process must find it closed, and not locked by ourselves.
            _writer.Finish(LastWrites);
            _isClosed = true;
            Close();
        }
    }

    private static long Place(int file, long at) => ((long)file << FileShift) | at;

    private void Load(string path)
    {
        int number = _own;
        if (path != _place.Own || _own < 0)
        {
            if (LedgerFile.OpenRead(path) is not { } other)
                return;
            number = Add(other);
        }

        foreach ((long at, LedgerHead happened) in _files[number].Read())
            Index(happened, Place(number, at));
    }

    private long Write(byte[] lines, bool toDisk)
    {
        // A row that was stopped must not begin a ledger that nobody would close.
        if (_isClosed)
            throw new ObjectDisposedException(nameof(TaskLedger));
        if (_own < 0)
        {
            string folder = Path.GetDirectoryName(_place.Own)!;
            if (_place.IsPrivate)
                PrivateFiles.CreateDirectory(folder);
            else
                System.IO.Directory.CreateDirectory(folder);
            Own(isNew: true);
        }

        return _files[_own].Append(lines, toDisk);
    }

    private void Own(bool isNew = false)
    {
        if (_place.IsLocked)
        {
            _lock ??= LedgerLock.Take(_place.Own);
            // Another process has made it since this one looked.
            if (isNew && File.Exists(_place.Own))
                throw Errors.LedgerLocked(_place.Own, null);
        }

        _own = Add(LedgerFile.OpenWrite(_place.Own, _place.IsTemporary, isPrivate: _place.Directory is null));
    }

    private int Add(LedgerFile file)
    {
        lock (_index)
            _files = [.. _files, file];
        return _files.Length - 1;
    }

    private void Index(LedgerHead happened, long place)
    {
        lock (_index)
            _index.Add(happened, place, Read);
    }

    private void IndexTasks()
    {
        lock (_index)
        {
            if (_index.HasTasks)
                return;
            _index.AddTasks();
            for (int number = 0; number < _files.Length; number++)
            {
                foreach ((long at, LedgerHead happened) in _files[number].Read())
                    _index.AddTask(happened, Place(number, at));
            }
        }
    }

    // A file that has another time is read once, not each time that somebody asks.
    private bool Is(FileInfo file, FileMark mark)
    {
        if (mark.HasTimeOf(file))
            return true;
        ulong key = KeyMap.KeyOf($"{file.FullName}\n{mark.Content}");
        long time = file.LastWriteTimeUtc.Ticks;
        lock (_contents)
        {
            if (!mark.IsLengthOnly && file.Length == mark.Bytes && _contents.TryGet(key, out long seen) && seen == time)
                return true;
        }

        if (!mark.HasContentOf(file))
            return false;
        lock (_contents)
            _contents.Set(key, time);
        return true;
    }

    private LedgerEvent? Last(string hash) => Find(i => i.Request(hash)) is { } found && found.Hash == hash ? found : null;

    private LedgerEvent? Find(Func<LedgerIndex, long?> where)
    {
        long? place;
        lock (_index)
            place = where(_index);
        return place is { } found ? Read(found) : null;
    }

    private LedgerEvent? Read(long place) => _files[(int)(place >> FileShift)].Read(place & ((1L << FileShift) - 1));

    private void Close()
    {
        _isClosed = true;
        foreach (LedgerFile file in _files)
            file.Dispose();
        _lock?.Dispose();
    }
}
