using RunwareTts.Files;

namespace RunwareTts.Ledger;

/// <summary>Where a ledger is kept, and with whom it is shared.</summary>
public sealed class LedgerPlace
{
    private const string Extension = ".jsonl";

    private LedgerPlace(string own) => Own = own;

    /// <summary>The ledgers of this process by their real places; lock it.</summary>
    internal static Dictionary<string, TaskLedger> Open { get; } = new(FolderName.Comparer);

    /// <summary>The file that events go to; made when there is a first one.</summary>
    internal string Own { get; }

    /// <summary>What names it among those of this process; null for one that is not shared.</summary>
    internal string? Key { get; private init; }

    internal string? Directory { get; private init; }

    /// <summary>What was sent without a folder.</summary>
    internal RecoveryEvents? Recovery { get; private init; }

    /// <summary>It is written, and other processes are kept away.</summary>
    internal bool IsLocked { get; private init; }

    internal bool IsTemporary { get; private init; }

    /// <summary>Its folder is this module's own: no other user may read it.</summary>
    internal bool IsPrivate => Directory is null && !IsTemporary;

    /// <summary>The ledger of a folder. What was sent without one is known too.</summary>
    /// <exception cref="TtsException">LedgerLocked, OutputNotWritten, FileNotReadable.</exception>
    public static TaskLedger OpenDirectory(string directory) => OpenDirectory(directory, RecoveryFolder.TryOfUser());

    internal static TaskLedger OpenDirectory(string directory, RecoveryFolder? recovery)
    {
        string own = Here(directory);
        // One folder has one ledger, by whatever path it is reached.
        string key = FileIn(FolderName.Real(directory));
        return Shared(key, directory, () => new LedgerPlace(own)
        {
            Key = key,
            Directory = directory,
            Recovery = recovery is null ? null : new RecoveryEvents(recovery, merges: true),
            IsLocked = true,
        });
    }

    /// <summary>The ledger of a folder that has one.</summary>
    /// <exception cref="TtsException">LedgerLocked, OutputNotWritten, FileNotReadable.</exception>
    public static TaskLedger? FindDirectory(string directory) => File.Exists(FileIn(directory)) ? OpenDirectory(directory) : null;

    /// <summary>The ledger of a folder to look into, even while another process writes it.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="alone">What was sent without a folder is left out.</param>
    public static TaskLedger ReadDirectory(string directory, bool alone = false)
    {
        string own = Here(directory);
        return Guarded(own, () => new TaskLedger(new LedgerPlace(own)
        {
            Directory = directory,
            Recovery = alone || RecoveryFolder.TryOfUser() is not { } folder
                ? null : new RecoveryEvents(folder, merges: false),
        }));
    }

    /// <summary>
    /// The ledger of all that has no folder: a file of its own in the user's state folder, where all are read together.
    /// </summary>
    /// <exception cref="TtsException">OutputNotWritten, FileNotReadable.</exception>
    public static TaskLedger OpenRecovery() => OpenRecovery(RecoveryFolder.OfUser());

    internal static TaskLedger OpenRecovery(RecoveryFolder folder) =>
        Shared(folder.Path, null, () => new LedgerPlace(folder.NewFile())
            { Key = folder.Path, Recovery = new RecoveryEvents(folder, merges: true), IsLocked = true });

    /// <summary>
    /// The same; a temporary one where this account has no place for it. What was sent can be waited for all the same.
    /// </summary>
    public static TaskLedger OpenRecoveryIfAny() =>
        RecoveryFolder.TryOfUser() is null ? OpenTemporary() : OpenRecovery();

    /// <summary>The same to look into.</summary>
    public static TaskLedger ReadRecovery()
    {
        RecoveryFolder folder = RecoveryFolder.OfUser();
        return Guarded(folder.Path, () => new TaskLedger(
            new LedgerPlace(folder.NewFile()) { Recovery = new RecoveryEvents(folder, merges: false) }));
    }

    /// <summary>One that knows nothing of other runs and is forgotten after this one.</summary>
    public static TaskLedger OpenTemporary() =>
        new(new LedgerPlace(Path.Combine(Path.GetTempPath(), $"runwaretts-{Guid.NewGuid():N}{Extension}")) { IsTemporary = true });

    internal static string FileIn(string directory) => Path.Combine(directory, InsideDirectory.LedgerName);

    // A link would have what is written here stand somewhere else.
    private static string Here(string directory)
    {
        string own = FileIn(directory);
        return InsideDirectory.LeadsOut(own, directory) ? throw Errors.LedgerNotWritten(own, new IOException("it is a link that leads out of the folder.")) : own;
    }

    private static TaskLedger Shared(string key, string? directory, Func<LedgerPlace> place)
    {
        lock (Open)
        {
            if (Open.TryGetValue(key, out TaskLedger? open))
                return open.Share(directory);
            LedgerPlace mine = place();
            TaskLedger ledger = Guarded(mine.Directory is null ? key : mine.Own, () => new TaskLedger(mine));
            Open.Add(key, ledger);
            return ledger;
        }
    }

    private static TaskLedger Guarded(string file, Func<TaskLedger> open)
    {
        try
        {
            return open();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Errors.LedgerNotRead(file, e);
        }
    }
}
