namespace RunwareTts.Ledger;

/// <summary>
/// Keeps other processes away from a ledger. The system lets go of it when a process dies, so that one that was
/// killed stands in nobody's way.
/// </summary>
internal static class LedgerLock
{
    public const string Suffix = ".lock";

    /// <exception cref="TtsException">LedgerLocked.</exception>
    public static IDisposable Take(string ledger)
    {
        string path = ledger + Suffix;
        while (true)
        {
            FileStream stream;
            try
            {
                stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException e) when (e is not (DirectoryNotFoundException or PathTooLongException or FileNotFoundException))
            {
                throw Errors.LedgerLocked(ledger, e);
            }

            // The one before may have deleted it between our opening and our locking.
            if (File.Exists(path))
                return stream;
            stream.Dispose();
        }
    }
}
