using RunwareTts.Files;

namespace RunwareTts.Ledger;

/// <summary>Where a ledger is kept, and with whom it is shared.</summary>
public sealed class LedgerLocation
{
    private LedgerLocation(string own) => Own = own;

    /// <summary>The shared ledgers of this process by their keys; lock it.</summary>
    internal static Dictionary<string, TaskLedger> Open { get; } = new(RealPath.Comparer);

    /// <summary>The file that events are written to; made for the first one.</summary>
    internal string Own { get; }

    /// <summary>Names it among the shared ledgers of this process; null for one that is not shared.</summary>
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

    internal static TaskLedger OpenDirectory(string directory, RecoveryFolder? recovery) =>
        Share(new LedgerLocation(OwnFileIn(directory))
        {
            // One folder has one ledger, by whatever path it is reached.
            Key = FileIn(RealPath.OfFolder(directory)),
            Directory = directory,
            Recovery = recovery is null ? null : new RecoveryEvents(recovery, merges: true, isOptional: true),
            IsLocked = true,
        });

    /// <summary>The ledger of a folder that has one.</summary>
    /// <exception cref="TtsException">LedgerLocked, OutputNotWritten, FileNotReadable.</exception>
    public static TaskLedger? FindDirectory(string directory) =>
        File.Exists(FileIn(directory)) ? OpenDirectory(directory) : null;

    /// <summary>
    /// The ledger of a folder to look into, even while another process writes it; alone, without what had no folder.
    /// </summary>
    public static TaskLedger ReadDirectory(string directory, bool alone = false) =>
        Read(new LedgerLocation(OwnFileIn(directory))
        {
            Directory = directory,
            Recovery = alone || RecoveryFolder.TryOfUser() is not { } folder
                ? null : new RecoveryEvents(folder, merges: false, isOptional: true),
        });

    /// <summary>
    /// The ledger of all that has no folder: a file of its own in the user's state folder, where all are read together.
    /// </summary>
    /// <exception cref="TtsException">OutputNotWritten, FileNotReadable.</exception>
    public static TaskLedger OpenRecovery() => OpenRecovery(RecoveryFolder.OfUser());

    internal static TaskLedger OpenRecovery(RecoveryFolder folder) =>
        Share(new LedgerLocation(folder.NewFile())
        {
            Key = folder.Path,
            Recovery = new RecoveryEvents(folder, merges: true),
            IsLocked = true,
        });

    /// <summary>
    /// The same; a temporary one for an account without a state folder, so that what was sent can still be waited for.
    /// </summary>
    public static TaskLedger OpenRecoveryIfAny() =>
        RecoveryFolder.TryOfUser() is { } folder ? OpenRecovery(folder) : OpenTemporary();

    /// <summary>The same to look into.</summary>
    public static TaskLedger ReadRecovery()
    {
        RecoveryFolder folder = RecoveryFolder.OfUser();
        return Read(new LedgerLocation(folder.NewFile()) { Recovery = new RecoveryEvents(folder, merges: false) });
    }

    /// <summary>One that knows nothing of other runs and is forgotten after this one.</summary>
    public static TaskLedger OpenTemporary() =>
        Read(new LedgerLocation(Path.Combine(Path.GetTempPath(), $"runwaretts-{Guid.NewGuid():N}.jsonl"))
        {
            IsTemporary = true,
        });

    internal static string FileIn(string directory) => Path.Combine(directory, InsideDirectory.LedgerName);

    private static string OwnFileIn(string directory)
    {
        string own = FileIn(directory);
        return RealPath.LeadsOut(own, directory)
            ? throw Errors.LedgerNotWritten(own, new IOException("it is a link that leads out of the folder."))
            : own;
    }

    private static TaskLedger Share(LedgerLocation location)
    {
        lock (Open)
        {
            if (Open.TryGetValue(location.Key!, out TaskLedger? open))
                return open.Share(location.Directory);
            TaskLedger ledger = Read(location);
            Open.Add(location.Key!, ledger);
            return ledger;
        }
    }

    private static TaskLedger Read(LedgerLocation location)
    {
        try
        {
            return new TaskLedger(location);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Errors.LedgerNotRead(location.IsPrivate ? Path.GetDirectoryName(location.Own)! : location.Own, e);
        }
    }
}
