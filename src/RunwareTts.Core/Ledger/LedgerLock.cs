using RunwareTts.Files;

namespace RunwareTts.Ledger;

/// <summary>
/// Keeps other processes away from a ledger. The system lets go of it when a process dies, so that one that was
/// killed stands in nobody's way.
/// </summary>
internal static class LedgerLock
{
    public const string Suffix = ".lock";

    // EWOULDBLOCK of Linux and of macOS; ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION of Windows.
    private static readonly int[] Held = [11, 35, unchecked((int)0x80070020), unchecked((int)0x80070021)];

    /// <exception cref="TtsException">LedgerLocked.</exception>
    /// <exception cref="IOException">There is no room, or nothing may be written here.</exception>
    public static IDisposable Take(string ledger)
    {
        string path = ledger + Suffix;
        while (true)
        {
            FileStream stream;
            try
            {
                stream = FileRetry.Run(() => new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose));
            }
            catch (IOException e) when (IsHeld(e))
            {
                throw Errors.LedgerLocked(ledger, e);
            }

            // The one before may have deleted it between our opening and our locking.
            if (File.Exists(path))
                return stream;
            stream.Dispose();
        }
    }

    private static bool IsHeld(IOException e) => Array.IndexOf(Held, e.HResult) >= 0;
}
