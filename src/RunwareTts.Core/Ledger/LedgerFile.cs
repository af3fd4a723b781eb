using RunwareTts.Files;

namespace RunwareTts.Ledger;

/// <summary>One file of JSON Lines, which only ever grows at its end. Others may read it meanwhile.</summary>
internal sealed class LedgerFile : IDisposable
{
    private const int Chunk = 64 * 1024;
    private const int UsualLine = 2048;
    private const FileShare Shared = FileShare.ReadWrite | FileShare.Delete;

    private readonly FileStream _stream;
    private readonly bool _isFlushed;

    private LedgerFile(FileStream stream, bool isFlushed) => (_stream, _isFlushed) = (stream, isFlushed);

    /// <summary>Opens a file to read; null where there is none.</summary>
    public static LedgerFile? OpenRead(string path)
    {
        try
        {
            return new LedgerFile(
                FileRetry.Run(() => new FileStream(path, FileMode.Open, FileAccess.Read, Shared, 1)), isFlushed: false);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>
    /// Opens or makes a file to write. A line that a crash has torn is ended, and is then no event. A temporary one is
    /// deleted when it is closed; a private one no other user may read.
    /// </summary>
    public static LedgerFile OpenWrite(string path, bool isTemporary, bool isPrivate = false)
    {
        FileOptions options = isTemporary ? FileOptions.DeleteOnClose : FileOptions.None;
        FileStream stream = FileRetry.Run(() => isPrivate
            ? PrivateFiles.OpenFile(path, FileMode.OpenOrCreate, Shared, options)
            : new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, Shared, 1, options));
        if (stream.Length > 0)
        {
            stream.Position = stream.Length - 1;
            if (stream.ReadByte() != '\n')
                stream.WriteByte((byte)'\n');
        }

        return new LedgerFile(stream, isFlushed: !isTemporary);
    }

    /// <summary>All events and the offsets of their lines. A line that is no event is skipped.</summary>
    public IEnumerable<(long At, LedgerEvent Event)> Read()
    {
        foreach ((long at, ReadOnlyMemory<byte> line) in Lines())
        {
            if (LedgerEvent.Parse(line.Span) is { } happened)
                yield return (at, happened);
        }
    }

    /// <summary>The event of the line that begins at this offset.</summary>
    public LedgerEvent? Read(long at)
    {
        foreach ((_, ReadOnlyMemory<byte> line) in Lines(at, UsualLine))
            return LedgerEvent.Parse(line.Span);
        return null;
    }

    /// <summary>The events of the last lines, of so many bytes.</summary>
    public IEnumerable<LedgerEvent> ReadLast(int bytes)
    {
        long start = Math.Max(0, _stream.Length - bytes);
        // It begins in the middle of a line.
        foreach ((_, ReadOnlyMemory<byte> line) in Lines(start).Skip(start > 0 ? 1 : 0))
        {
            if (LedgerEvent.Parse(line.Span) is { } happened)
                yield return happened;
        }
    }

    /// <summary>The first event of each task that was not seen before, in the order of the file.</summary>
    public IEnumerable<LedgerEvent> FirstOfTasks(HashSet<Guid> seen) =>
        Read().Select(line => line.Event).Where(e => e.Event != LedgerEventKind.Seen && seen.Add(e.Task));

    /// <summary>The lines without their ends. Each is valid until the next one is read.</summary>
    public IEnumerable<(long At, ReadOnlyMemory<byte> Line)> Lines(long start = 0, int chunk = Chunk)
    {
        byte[] buffer = new byte[chunk];
        int filled = 0;
        while (true)
        {
            int read = ReadAt(buffer, filled, start + filled);
            filled += read;
            int begin = 0;
            while (begin < filled && Array.IndexOf(buffer, (byte)'\n', begin, filled - begin) is var end and >= 0)
            {
                yield return (start + begin, buffer.AsMemory(begin, end - begin));
                begin = end + 1;
            }

            if (read == 0)
            {
                // The last line may lack nothing but its end.
                if (begin < filled)
                    yield return (start + begin, buffer.AsMemory(begin, filled - begin));
                yield break;
            }

            Buffer.BlockCopy(buffer, begin, buffer, 0, filled - begin);
            start += begin;
            filled -= begin;
            if (filled == buffer.Length)
                Array.Resize(ref buffer, buffer.Length * 2);
        }
    }

    /// <summary>Adds whole lines and returns their offset. Without toDisk a system crash could lose them.</summary>
    public long Append(byte[] lines, bool toDisk)
    {
        lock (_stream)
        {
            // What is written to a file that was deleted with its folder, no one can read.
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
