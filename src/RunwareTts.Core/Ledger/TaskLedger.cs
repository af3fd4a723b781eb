using RunwareTts.Files;
using RunwareTts.Requests;

namespace RunwareTts.Ledger;

/// <summary>
/// The tasks that batches have sent, their results and their files. There is one for a folder, locked against other
/// processes and shared by the pipelines of this one; and one for all tasks without a folder.
/// </summary>
public sealed class TaskLedger : IDisposable
{
    private const int RecentBytes = 256 * 1024;
    private static readonly TimeSpan LastWrites = TimeSpan.FromSeconds(5);

    private readonly LedgerLocation _location;
    private readonly RecoveryEvents? _recovery;
    private readonly LedgerIndex _index;
    private readonly LedgerWriter _writer;
    private readonly KeyedLock _requests = new();

    // Files that were read and found to be what was saved, and their times.
    private readonly Dictionary<ulong, DateTime> _contents = [];
    private volatile string[] _directories;
    private LedgerLock? _lock;
    private volatile LedgerFile? _file;
    private volatile bool _isOwned;
    private int _users = 1;
    private volatile bool _isClosed;

    internal TaskLedger(LedgerLocation location)
    {
        _location = location;
        _recovery = location.Recovery;
        _directories = location.Directory is { } directory ? [directory] : [];
        _index = new LedgerIndex(at => _file?.Read(at));
        _writer = new LedgerWriter(Write);
        try
        {
            if (location.IsLocked && File.Exists(location.Own))
                OwnOld();
            _file ??= LedgerFile.OpenRead(location.Own);
            foreach ((long at, LedgerEvent happened) in _file?.Read() ?? [])
                _index.Add(happened, at);
            // A folder asks for it only when it does not know a row itself.
            if (location.Directory is null)
                _recovery?.Look(_ => true);
        }
        catch
        {
            Close();
            throw;
        }
    }

    /// <summary>Its folder; null for one that keeps absolute paths.</summary>
    internal string? Directory => _location.Directory;

    /// <summary>Its file, for messages.</summary>
    internal string Name => _location.Own;

    /// <summary>Equal requests wait for one another, so that the second finds what the first has made.</summary>
    internal Task<IDisposable?> TurnAsync(string hash, CancellationToken token) => _requests.TakeAsync(hash, token);

    /// <summary>
    /// The last event of a request, but its results rather than a task that is open; null where nothing was sent.
    /// </summary>
    internal LedgerEvent? FindRequest(string hash)
    {
        LedgerEvent? own = _index.FindRequest(hash);
        if (own is { IsDone: true } || _recovery?.Look(index => index.FindRequest(hash)) is not { } other)
            return own;
        return own is { IsOpen: true } && !other.IsDone ? own : other;
    }

    /// <summary>A task of the request that was sent, and whose end is not known.</summary>
    internal LedgerEvent? FindOpen(string hash) =>
        _index.Last(hash) is { Event: not LedgerEventKind.Failed } own ? own.IsOpen ? own : null
        : _recovery?.Look(index => index.Last(hash)) is { IsOpen: true } open ? open
        : null;

    /// <summary>How often a request was generated.</summary>
    internal int CountGenerations(string hash) =>
        Math.Max(1, _index.CountGenerations(hash) + (_recovery?.Look(index => index.CountGenerations(hash)) ?? 0));

    /// <summary>The service has uploaded the results of a request there.</summary>
    internal bool IsUploaded(string hash, string upload) =>
        _index.IsUploaded(hash, upload) || _recovery?.Look(index => index.IsUploaded(hash, upload)) == true;

    /// <summary>Makes events of earlier versions, which have other hashes, known by the hash of this version.</summary>
    internal void Adopt(RequestName name)
    {
        foreach ((string older, string? upload) in name.Older)
            _index.Adopt(name.Hash, older, upload);
        if (_recovery is null || name.Older.Count == 0 || _index.Last(name.Hash) is { IsDone: true })
            return;
        foreach ((string older, string? upload) in name.Older)
            _recovery.Adopt(name.Hash, older, upload);
    }

    /// <summary>What was saved under this name, whether the file is there or not.</summary>
    internal LedgerEvent? FindFile(string path)
    {
        if (Relative(path) is not { } file)
            return null;
        // What has no folder has absolute paths, which no folder's ledger knows.
        return _index.FindFile(file)
            ?? (Directory is null ? _recovery?.Look(index => index.FindFile(file)) : null);
    }

    /// <summary>The last event of a task.</summary>
    internal LedgerEvent? FindTask(Guid task)
    {
        _index.AddTasks(_file?.Read() ?? []);
        return _index.FindTask(task) ?? _recovery?.Look(index => index.FindTask(task));
    }

    /// <summary>What was saved as this file, where the file is unchanged.</summary>
    internal LedgerEvent? Saved(string path)
    {
        FileInfo file = new(path);
        if (!file.Exists || FindFile(path) is not { } saved)
            return null;
        if (saved.Mark is { } mark && Is(file, mark))
            return saved with { IsStale = !mark.HasTimeOf(file) };
        // The new file was recorded but not renamed yet, and the old one has the same audio.
        return saved.Before == file.Length && Is(file, saved.Over ?? new FileMark(file.Length, null, null))
            ? saved with { Bytes = file.Length, Tags = AudioTags.Unknown }
            : null;
    }

    /// <summary>
    /// What was saved under this name last, where the file is that, or is the one that was to be replaced by it.
    /// </summary>
    internal LedgerEvent? Made(string path)
    {
        FileInfo file = new(path);
        return file.Exists && FindFile(path) is { } saved
            && new[] { saved.Mark, saved.Over }.Any(mark => mark is not null && Is(file, mark)) ? saved : null;
    }

    /// <summary>Completes when the event is on the disk.</summary>
    /// <exception cref="IOException">It cannot be written; nor other exceptions of a file.</exception>
    internal Task AppendAsync(LedgerEvent happened) => _writer.AppendAsync(happened);

    /// <summary>A path as events have it: inside the folder, with forward slashes. Null for one outside.</summary>
    internal string? Relative(string path)
    {
        if (Directory is null)
            return path;
        foreach (string directory in _directories)
        {
            if (FullPath.Below(directory, path) is { } relative)
                return relative.Replace('\\', '/');
        }

        return null;
    }

    /// <summary>
    /// The absolute path of what an event has; null for one that leads out of the folder, which this module cannot have
    /// written.
    /// </summary>
    internal string? Absolute(string? path)
    {
        try
        {
            return path is null || Directory is null ? path : InsideDirectory.Resolve(Directory, path);
        }
        catch (TtsException)
        {
            return null;
        }
    }

    /// <summary>The first and the last event of each task, in the order of the first.</summary>
    internal IEnumerable<(LedgerEvent First, LedgerEvent Last)> Tasks() =>
        (Directory is null && _recovery is not null ? _recovery.FirstOfTasks() : _file?.FirstOfTasks([]) ?? [])
            .Select(first => (first, FindTask(first.Task) ?? first));

    /// <summary>The last events of its own file, else of the latest of those without a folder.</summary>
    internal IEnumerable<LedgerEvent> Recent() =>
        _file?.ReadLast(RecentBytes) ?? _recovery?.Recent(RecentBytes) ?? [];

    /// <summary>Another pipeline uses it too, perhaps by another path to the same folder.</summary>
    internal TaskLedger Share(string? directory)
    {
        _users++;
        if (directory is not null && !_directories.Contains(directory))
            _directories = [.. _directories, directory];
        return this;
    }

    /// <summary>Releases it; the last user closes it.</summary>
    public void Dispose()
    {
        lock (LedgerLocation.Open)
        {
            if (--_users > 0)
                return;
            if (_location.Key is { } key && LedgerLocation.Open.TryGetValue(key, out TaskLedger? open) && open == this)
                LedgerLocation.Open.Remove(key);
            // Who opens it next in this process must find it closed, and not locked by ourselves.
            _writer.Finish(LastWrites);
            Close();
        }
    }

    private void Write(IReadOnlyList<LedgerEvent> events)
    {
        // A row that was stopped must not begin a ledger that no one would close.
        ObjectDisposedException.ThrowIf(_isClosed, this);
        if (!_isOwned)
        {
            string folder = Path.GetDirectoryName(_location.Own)!;
            if (_location.IsPrivate)
                PrivateFiles.CreateDirectory(folder);
            else
                System.IO.Directory.CreateDirectory(folder);
            Own(isNew: true);
        }

        using MemoryStream lines = new();
        long[] starts = new long[events.Count];
        for (int n = 0; n < starts.Length; n++)
        {
            starts[n] = lines.Length;
            byte[] line = events[n].ToLine();
            lines.Write(line, 0, line.Length);
        }

        long at = _file!.Append(lines.ToArray(), toDisk: events.Any(e => e.IsDependedOn));
        for (int n = 0; n < starts.Length; n++)
            _index.Add(events[n], at + starts[n]);
    }

    private void OwnOld()
    {
        try
        {
            Own();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Errors.LedgerNotWritten(_location.Own, e);
        }
    }

    private void Own(bool isNew = false)
    {
        if (_location.IsLocked)
        {
            _lock ??= LedgerLock.Take(_location.Own);
            // Another process has made it since this one looked.
            if (isNew && File.Exists(_location.Own))
                throw Errors.LedgerLocked(_location.Own, null);
        }

        _file = LedgerFile.OpenWrite(_location.Own, _location.IsTemporary, isPrivate: _location.Directory is null);
        _isOwned = true;
    }

    // A file that has another time is read once, not each time that it is asked for.
    private bool Is(FileInfo file, FileMark mark)
    {
        if (mark.HasTimeOf(file))
            return true;
        ulong key = NameHash.Of($"{file.FullName}\n{mark.Content}");
        lock (_contents)
        {
            if (!mark.IsLengthOnly && file.Length == mark.Bytes
                && _contents.TryGetValue(key, out DateTime seen) && seen == file.LastWriteTimeUtc)
                return true;
        }

        if (!mark.HasContentOf(file))
            return false;
        lock (_contents)
            _contents[key] = file.LastWriteTimeUtc;
        return true;
    }

    private void Close()
    {
        _isClosed = true;
        _file?.Dispose();
        _lock?.Dispose();
    }
}
