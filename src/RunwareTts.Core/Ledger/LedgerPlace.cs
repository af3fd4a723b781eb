using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using RunwareTts.Files;

namespace RunwareTts.Ledger;

/// <summary>Where a ledger is kept, and with whom it is shared.</summary>
public sealed class LedgerPlace
{
    private const string Extension = ".jsonl";

    // The service has forgotten them long before.
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);
    private static readonly string ProcessName = MakeProcessName();

    private LedgerPlace(string own) => Own = own;

    /// <summary>The ledgers of this process by their own files; lock it.</summary>
    internal static Dictionary<string, TaskLedger> Open { get; } = [];

    /// <summary>The file that events go to; made when there is a first one.</summary>
    internal string Own { get; }

    /// <summary>The files that are read.</summary>
    internal IEnumerable<string> Files { get; private init; } = [];

    internal string? Directory { get; private init; }

    /// <summary>Other processes are kept away.</summary>
    internal bool IsLocked { get; private init; }

    internal bool IsTemporary { get; private init; }

    /// <summary>Its folder is this module's own: nobody else is to look into it.</summary>
    internal bool IsPrivate => Directory is null && !IsTemporary;

    /// <summary>The ledger of a folder. What was sent without one is known too.</summary>
    /// <exception cref="TtsException">LedgerLocked, OutputNotWritten.</exception>
    public static TaskLedger OpenDirectory(string directory)
    {
        string own = Here(directory);
        return Shared(own, () => new LedgerPlace(own) { Directory = directory, Files = [.. RecoveryFiles(), own], IsLocked = true });
    }

    /// <summary>The ledger of a folder that has one.</summary>
    /// <exception cref="TtsException">LedgerLocked, OutputNotWritten.</exception>
    public static TaskLedger? FindDirectory(string directory) => File.Exists(FileIn(directory)) ? OpenDirectory(directory) : null;

    /// <summary>The ledger of a folder to look into, even while another process writes it.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="alone">What was sent without a folder is left out.</param>
    public static TaskLedger ReadDirectory(string directory, bool alone = false)
    {
        string own = Here(directory);
        return Guarded(own, () => new TaskLedger(new LedgerPlace(own) { Directory = directory, Files = [.. alone ? [] : RecoveryFiles(), own] }));
    }

    /// <summary>The ledger of all that has no folder: one file a process in the user's state folder, all read together.</summary>
    public static TaskLedger OpenRecovery()
    {
        string folder = StateFolder();
        string own = Path.Combine(folder, ProcessName);
        return Shared(own, () => new LedgerPlace(own) { Files = [.. RecoveryFiles(folder, tidy: true)] });
    }

    /// <summary>The same to look into.</summary>
    public static TaskLedger ReadRecovery()
    {
        string folder = StateFolder();
        return Guarded(folder, () => new TaskLedger(new LedgerPlace(Path.Combine(folder, ProcessName)) { Files = [.. RecoveryFiles(folder, tidy: false)] }));
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

    internal static string StateFolder()
    {
        string? home = Environment.GetEnvironmentVariable("XDG_STATE_HOME");
        if (string.IsNullOrEmpty(home) || !FullPath.IsFull(home))
        {
            home = RuntimeInformation.IsOSPlatform(OSPlatform.Linux)
                ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state")
                : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        }

        return home.Length > 0 ? Path.Combine(home, "RunwareTts") : throw Errors.LedgerNotWritten("of rows without a folder", new IOException("this account has no home folder."));
    }

    /// <summary>The recovery ledgers of all processes, the latest last.</summary>
    internal static IEnumerable<string> RecoveryFiles(string folder, bool tidy)
    {
        FileInfo[] files = System.IO.Directory.Exists(folder) ? new DirectoryInfo(folder).GetFiles($"*{Extension}") : [];
        DateTime oldest = DateTime.UtcNow - KeptFor;
        foreach (FileInfo file in tidy ? files.Where(f => f.LastWriteTimeUtc < oldest) : [])
            AtomicFile.TryDelete(file);
        return files.Where(f => f.LastWriteTimeUtc >= oldest).OrderBy(f => f.LastWriteTimeUtc).Select(f => f.FullName);
    }

    // They are of use and not needed here.
    private static IEnumerable<string> RecoveryFiles()
    {
        try
        {
            return RecoveryFiles(StateFolder(), tidy: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or TtsException)
        {
            return [];
        }
    }

    private static TaskLedger Shared(string own, Func<LedgerPlace> place)
    {
        lock (Open)
        {
            if (Open.TryGetValue(own, out TaskLedger? open))
                return open.Share();
            TaskLedger ledger = Guarded(own, () => new TaskLedger(place()));
            Open.Add(own, ledger);
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
            throw Errors.LedgerNotWritten(file, e);
        }
    }

    private static string MakeProcessName()
    {
        using Process process = Process.GetCurrentProcess();
        return string.Format(CultureInfo.InvariantCulture, "{0:yyyyMMdd'T'HHmmss'Z'}-{1}-{2}{3}", process.StartTime.ToUniversalTime(), process.Id, Guid.NewGuid().ToString("N").Substring(0, 8), Extension);
    }
}
