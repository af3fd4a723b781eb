using System.Text;

namespace RunwareTts.Ledger;

/// <summary>
/// Keeps other processes away from a ledger, by a lock file that names its owner. The system releases the lock when a
/// process dies, so that one that was killed blocks no other. Where a file system has no locks, .NET opens the file
/// without one: there the owner's name counts.
/// </summary>
internal sealed class LedgerLock : IDisposable
{
    public const string Suffix = ".lock";

    // Written before the file is deleted: a process that has opened it meanwhile must not take it for a lock.
    private const string Released = "-";
    private const string Proven = "locked";
    private const string Unproven = "unlocked";
    private const int MaxTries = 200;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan MaxBirth = TimeSpan.FromMinutes(1);

    // EWOULDBLOCK of Linux and of macOS; ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION of Windows.
    private static readonly int[] Held = [11, 35, unchecked((int)0x80070020), unchecked((int)0x80070021)];

    // EEXIST of Linux and macOS; ERROR_FILE_EXISTS of Windows.
    private static readonly int[] Exists = [17, unchecked((int)0x80070050)];

    private readonly string _path;
    private readonly FileStream _stream;

    private LedgerLock(string path, FileStream stream) => (_path, _stream) = (path, stream);

    /// <exception cref="TtsException">LedgerLocked.</exception>
    /// <exception cref="IOException">There is no room, or nothing may be written here.</exception>
    public static LedgerLock Take(string ledger)
    {
        string path = ledger + Suffix;
        for (int tries = 0; tries < MaxTries; tries++)
        {
            try
            {
                if ((TryMake(ledger, path) ?? TryInherit(ledger, path)) is { } taken)
                    return taken;
            }
            catch (UnauthorizedAccessException) when (OperatingSystem.IsWindows() && tries < MaxTries / 10)
            {
                // Windows reports this for a file that is about to be deleted.
            }

            // It is being made or deleted by another process just now.
            Thread.Sleep(Pause);
        }

        throw Errors.LedgerLocked(ledger, null);
    }

    public void Dispose()
    {
        try
        {
            Write(_stream, Released);
            File.Delete(_path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // Its folder has gone. A file that stays is that of a dead process.
        }

        _stream.Dispose();
    }

    // Of all who make a file that is not there, one succeeds, with locks or without.
    private static LedgerLock? TryMake(string ledger, string path)
    {
        if (Open(ledger, path, FileMode.CreateNew) is not { } stream)
            return null;
        if (stream.Length == 0)
            return Own(path, stream);
        // Between its making and its locking another process has had it, and perhaps deleted it.
        stream.Dispose();
        return null;
    }

    private static LedgerLock? TryInherit(string ledger, string path)
    {
        if (Open(ledger, path, FileMode.Open) is not { } stream)
            return null;
        string[] content = Read(stream);
        // Its owner is dead: alive, it would have the lock, or have released the file.
        if (content[0] is "" or Proven && IsLocked(path))
            return Own(path, stream);

        stream.Dispose();
        if ((content.Length > 1 ? ProcessMark.Parse(content[1]) : null) is not { } owner)
            return IsBeingMade(path) ? null : TakeOver(ledger, path, content);
        if (!owner.IsHere)
            throw Errors.LedgerOwned(ledger, path, $"process {owner.Id} of the machine {owner.Machine}");
        return owner.IsAlive ? throw Errors.LedgerLocked(ledger, null) : TakeOver(ledger, path, content);
    }

    // Without locks, two who find the same dead owner must not both follow it: one of them makes a second file.
    private static LedgerLock? TakeOver(string ledger, string path, string[] content)
    {
        string guard = path + "-takeover";
        if (Open(ledger, guard, FileMode.CreateNew) is not { } mine)
            return IsBeingMade(guard) ? null
                : throw Errors.LedgerOwned(ledger, guard, "a process that was ended suddenly");
        try
        {
            using (FileStream? again = Open(ledger, path, FileMode.Open))
            {
                if (again is null || !Read(again).SequenceEqual(content))
                    return null;
            }

            File.Delete(path);
            return TryMake(ledger, path);
        }
        finally
        {
            mine.Dispose();
            File.Delete(guard);
        }
    }

    // The process that makes the file writes into it at once.
    private static bool IsBeingMade(string path) => DateTime.UtcNow - File.GetLastWriteTimeUtc(path) < MaxBirth;

    private static LedgerLock Own(string path, FileStream stream)
    {
        try
        {
            Write(stream, $"{(IsLocked(path) ? Proven : Unproven)}\n{ProcessMark.Own}");
            return new LedgerLock(path, stream);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    // A second handle is refused where the first has a lock, in one process too.
    private static bool IsLocked(string path)
    {
        try
        {
            using FileStream second = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return false;
        }
        catch (IOException e) when (IsHeld(e))
        {
            return true;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    // Null where it is there already, or not there.
    private static FileStream? Open(string ledger, string path, FileMode mode)
    {
        try
        {
            FileShare share = OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None;
            return new FileStream(path, mode, FileAccess.ReadWrite, share, 1);
        }
        catch (FileNotFoundException) when (mode == FileMode.Open)
        {
            return null;
        }
        catch (IOException e) when (mode == FileMode.CreateNew && Exists.Contains(e.HResult))
        {
            return null;
        }
        catch (IOException e) when (IsHeld(e))
        {
            throw Errors.LedgerLocked(ledger, e);
        }
    }

    private static string[] Read(FileStream stream)
    {
        byte[] bytes = new byte[1024];
        stream.Position = 0;
        return Encoding.UTF8.GetString(bytes, 0, stream.Read(bytes, 0, bytes.Length)).Split('\n');
    }

    private static void Write(FileStream stream, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        stream.SetLength(0);
        stream.Position = 0;
        stream.Write(bytes, 0, bytes.Length);
        stream.Flush();
    }

    private static bool IsHeld(IOException e) => Held.Contains(e.HResult);
}
