using RunwareTts.Files;

namespace RunwareTts.Ledger;

/// <summary>One file of JSON Lines, which only ever grows at its end. Others may read it meanwhile.</summary>
internal sealed class LedgerFile : IDisposable
{
    private const int Chunk = 64 * 1024;
    private const int UsualLine = 2048;

    private readonly FileStream _stream;
    private readonly bool _isFlushed;

    private LedgerFile(FileStream stream, bool isFlushed) => (_stream, _isFlushed) = (stream, isFlushed);

    /// <summary>Opens a file to read; null where there is none.</summary>
    public static LedgerFile? OpenRead(string path)
    {
        try
        {
            return new LedgerFile(FileRetry.Run(() =>
                new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1)), false);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Opens or makes a file to write. A line that a crash has torn is closed off, and is then no event.</summary>
    /// <param name="path">The file.</param>
    /// <param name="isTemporary">It is needed for this run only: it goes away when it is closed, and need not survive a crash.</param>
    /// <param name="isPrivate">No other user may read it.</param>
    public static LedgerFile OpenWrite(string path, bool isTemporary, bool isPrivate = false)
    {
        const FileShare shared = FileShare.ReadWrite | FileShare.Delete;
        FileOptions options = isTemporary ? FileOptions.DeleteOnClose : FileOptions.None;
        FileStream stream = FileRetry.Run(() => isPrivate
            ? PrivateFiles.Open(path, FileMode.OpenOrCreate, shared, options)
            : new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, shared, 1, options));
        LedgerFile file = new(stream, isFlushed: !isTemporary);
        if (stream.Length > 0)
        {
            stream.Position = stream.Length - 1;
            if (stream.ReadByte() != '\n')
                stream.WriteByte((byte)'\n');
        }

        return file;
    }

    /// <summary>All events in short, with the places of their lines. What is no event is skipped.</summary>
    public IEnumerable<(long At, LedgerHead Event)> Read()
    {
        byte[] buffer = new byte[Chunk];
        int filled = 0;
        long start = 0;
        while (true)
        {
            int read = ReadAt(buffer, filled, start + filled);
            filled += read;
            int begin = 0;
            while (begin < filled && Array.IndexOf(buffer, (byte)'\n', begin, filled - begin) is var end and >= 0)
            {
                if (LedgerHead.Parse(buffer.AsSpan(begin, end - begin)) is { } parsed)
                    yield return (start + begin, parsed);
                begin = end + 1;
            }

            if (read == 0)
            {
                // Whole but for its end.
                if (begin < filled && LedgerHead.Parse(buffer.AsSpan(begin, filled - begin)) is { } last)
                    yield return (start + begin, last);
                yield break;
            }

            Buffer.BlockCopy(buffer, begin, buffer, 0, filled - begin);
            start += begin;
            filled -= begin;
            if (filled == buffer.Length)
                Array.Resize(ref buffer, buffer.Length * 2);
        }
    }

    /// <summary>The first event of each task, in the order of the file.</summary>
    /// <param name="seen">The tasks that are passed over; those that are returned are added to it.</param>
    public IEnumerable<LedgerEvent> FirstOfTasks(KeyMap seen)
    {
        foreach ((long at, LedgerHead head) in Read())
        {
            ulong key = KeyMap.KeyOf(head.Task.ToString());
            if (head.Event == LedgerEventKind.Seen || seen.TryGet(key, out _) || Read(at) is not { } first)
                continue;
            seen.Set(key, 0);
            yield return first;
        }
    }

    /// <summary>The events of its last lines.</summary>
    /// <param name="bytes">How much of the file is read.</param>
    public IEnumerable<LedgerEvent> ReadLast(int bytes)
    {
        long start = Math.Max(0, _stream.Length - bytes);
        byte[] buffer = new byte[_stream.Length - start];
        int filled = 0;
        while (ReadAt(buffer, filled, start + filled) is var read and > 0)
            filled += read;
        int begin = start == 0 ? 0 : Array.IndexOf(buffer, (byte)'\n', 0, filled) + 1;
        while (begin < filled)
        {
            int end = Array.IndexOf(buffer, (byte)'\n', begin, filled - begin) is var found and >= 0 ? found : filled;
            if (LedgerEvent.Parse(buffer.AsSpan(begin, end - begin)) is { } happened)
                yield return happened;
            begin = end + 1;
        }
    }

    /// <summary>The event of the line that begins here.</summary>
    public LedgerEvent? Read(long at) => LedgerEvent.Parse(ReadLine(at));

    /// <summary>The line that begins here, without its end.</summary>
    public byte[] ReadLine(long at)
    {
        byte[] buffer = new byte[UsualLine];
        int filled = 0;
        int end = -1;
        while (end < 0 && ReadAt(buffer, filled, at + filled) is var read and > 0)
        {
            end = Array.IndexOf(buffer, (byte)'\n', filled, read);
            filled += read;
            if (end < 0 && filled == buffer.Length)
                Array.Resize(ref buffer, buffer.Length * 2);
        }

        return buffer.AsSpan(0, end < 0 ? filled : end).ToArray();
    }

    /// <summary>Adds these lines.</summary>
    /// <param name="lines">Whole lines.</param>
    /// <param name="toDisk">It is done when they are on the disk; otherwise the system has them, and only its own crash could lose them.</param>
    /// <returns>Where they begin.</returns>
    public long Append(byte[] lines, bool toDisk)
    {
        lock (_stream)
        {
            // Taken away with its folder, it would be written and never read.
            if (!File.Exists(_stream.Name))
                throw new FileNotFoundException("it was moved or deleted meanwhile.");
            long at = _stream.Length;
            _stream.Position = at;
            try
            {
                _stream.Write(lines, 0, lines.Length);
                _stream.Flush(toDisk && _isFlushed);
            }
            catch
            {
                // Half a line, as of a full disk, would spoil the next one.
                _stream.SetLength(at);
                throw;
            }

            return at;
        }
    }

    public void Dispose() => _stream.Dispose();

    private int ReadAt(byte[] buffer, int offset, long position)
    {
#if NET
        return RandomAccess.Read(_stream.SafeFileHandle, buffer.AsSpan(offset), position);
#else
        lock (_stream)
        {
            _stream.Position = position;
            return _stream.Read(buffer, offset, buffer.Length - offset);
        }
#endif
    }
}
