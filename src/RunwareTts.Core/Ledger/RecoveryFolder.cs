using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using RunwareTts.Files;

namespace RunwareTts.Ledger;

/// <summary>
/// The user's state folder, with a file for each ledger that was opened without a folder of its own. The files of
/// processes that have ended are merged. The first line of a merged file names what it replaces, so that from the
/// rename on it alone counts: a kill at any moment neither loses a line nor has one count twice.
/// </summary>
internal sealed class RecoveryFolder(string path)
{
    private const string Extension = ".jsonl";
    private const string MergedPrefix = "merged-";
    private const string Temporary = ".merging";

    // It is quick to read so many, and as quick to write them again.
    private const int MinDead = 16;
    private const int SmallMerged = 1024 * 1024;

    // The service has forgotten them long before.
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);
    private static readonly TimeSpan MergedAgain = TimeSpan.FromDays(1);

    // An earlier version locks no file, and keeps one for as long as its process lives.
    private static readonly Regex Unlocked = new(@"^\d{8}T\d{6}Z-(?<id>\d+)-[0-9a-f]{8}\.jsonl$");

    public string Path => path;

    /// <exception cref="TtsException">OutputNotWritten: there is no home folder to have it in.</exception>
    public static RecoveryFolder OfUser() => TryOfUser() ?? throw Errors.NoStateFolder();

    /// <summary>Null where there is no home folder.</summary>
    public static RecoveryFolder? TryOfUser() =>
        StateFolder.TryFind() is { } folder ? new RecoveryFolder(folder) : null;

    /// <summary>A name that no other ledger has or will have.</summary>
    public string NewFile()
    {
        using Process process = Process.GetCurrentProcess();
        return In($"{Now()}-{process.Id.ToString(CultureInfo.InvariantCulture)}-{Guid.NewGuid():N}{Extension}");
    }

    /// <summary>All that counts, the latest last.</summary>
    public string[] Files() => [.. Current().Select(file => file.FullName)];

    /// <summary>Merges the files of processes that have ended, if there are many and it can be done now.</summary>
    public void Merge()
    {
        try
        {
            if (Current().Length < MinDead)
                return;
            using LedgerLock mine = LedgerLock.Take(In("merge"));
            MergeDead();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or TtsException)
        {
            // Another process merges, or nothing may be written here.
        }
    }

    private string In(string name) => System.IO.Path.Combine(path, name);

    private static string Now() => DateTime.UtcNow.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private FileInfo[] All() => Directory.Exists(path) ? new DirectoryInfo(path).GetFiles($"*{Extension}") : [];

    private FileInfo[] Current()
    {
        FileInfo[] all = All();
        HashSet<string> replaced = ReplacedIn(all);
        // One that has gone since is merged: its reader must find it missing, and look again.
        return [.. all.Where(file => !replaced.Contains(file.Name) && (!file.Exists || !IsTooOld(file)))
            .OrderBy(file => !IsMerged(file)).ThenBy(file => file.LastWriteTimeUtc)
            .ThenBy(file => file.Name, StringComparer.Ordinal)];
    }

    private static bool IsMerged(FileInfo file) => file.Name.StartsWith(MergedPrefix, StringComparison.Ordinal);

    private static bool IsTooOld(FileInfo file) => file.LastWriteTimeUtc < DateTime.UtcNow - KeptFor;

    private static HashSet<string> ReplacedIn(FileInfo[] files) =>
        [.. files.Where(IsMerged).SelectMany(file => ReplacedBy(file.FullName))];

    private static string[] ReplacedBy(string merged)
    {
        try
        {
            using StreamReader reader = new(
                new FileStream(merged, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete),
                Encoding.UTF8);
            using JsonDocument head = JsonDocument.Parse(reader.ReadLine() ?? "");
            return [.. head.RootElement.GetProperty("merged").EnumerateArray().Select(name => name.GetString() ?? "")];
        }
        catch (Exception e) when (
            e is JsonException or InvalidOperationException or KeyNotFoundException or FileNotFoundException)
        {
            return [];
        }
    }

    private void MergeDead()
    {
        foreach (FileInfo left in new DirectoryInfo(path).GetFiles($"*{Temporary}"))
            PendingFile.TryDelete(left);
        HashSet<int> processes = [.. Process.GetProcesses().Select(Id)];
        FileInfo[] dead = [.. Current().Where(file => IsMerged(file) ? IsSmallOrOld(file) : !IsAlive(file, processes))];
        if (dead.Count(file => !IsMerged(file)) >= MinDead)
        {
            string temporary = In($"{Guid.NewGuid():N}{Temporary}");
            Write(temporary, dead);
            string merged = In($"{MergedPrefix}{Now()}-{Guid.NewGuid():N}{Extension}");
            FileRetry.Run(() =>
            {
                File.Move(temporary, merged);
                return merged;
            });
        }

        // Those of this merge, or of one that was killed before it had deleted them; and those too old to count.
        FileInfo[] all = All();
        HashSet<string> replaced = ReplacedIn(all);
        foreach (FileInfo file in all)
        {
            if (replaced.Contains(file.Name) || IsTooOld(file) && (IsMerged(file) || !IsAlive(file, processes)))
                PendingFile.TryDelete(file);
        }
    }

    private static int Id(Process process)
    {
        using (process)
            return process.Id;
    }

    private static bool IsSmallOrOld(FileInfo merged) =>
        merged.Length < SmallMerged || merged.LastWriteTimeUtc < DateTime.UtcNow - MergedAgain;

    private static bool IsAlive(FileInfo file, HashSet<int> processes)
    {
        if (Unlocked.Match(file.Name) is { Success: true } unlocked)
            return int.TryParse(unlocked.Groups["id"].Value, NumberStyles.None, CultureInfo.InvariantCulture,
                out int id) && processes.Contains(id);
        // It is locked before it is made.
        if (!File.Exists(file.FullName + LedgerLock.Suffix))
            return false;
        try
        {
            LedgerLock.Take(file.FullName).Dispose();
            return false;
        }
        catch (Exception e) when (e is TtsException or IOException or UnauthorizedAccessException)
        {
            // Or it cannot be known, and the file stays.
            return true;
        }
    }

    private static void Write(string temporary, FileInfo[] files)
    {
        using FileStream target = new(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        using (Utf8JsonWriter head = new(target))
        {
            head.WriteStartObject();
            head.WriteStartArray("merged");
            foreach (FileInfo file in files)
                head.WriteStringValue(file.Name);
            head.WriteEndArray();
            head.WriteEndObject();
        }

        target.WriteByte((byte)'\n');
        DateTimeOffset oldest = DateTimeOffset.UtcNow - KeptFor;
        foreach (FileInfo file in files)
        {
            using LedgerFile? source = LedgerFile.OpenRead(file.FullName);
            foreach ((_, ReadOnlyMemory<byte> line) in source?.Lines() ?? [])
            {
                if (LedgerEvent.Parse(line.Span) is not { } happened || happened.At < oldest)
                    continue;
                // As it stands: a later version may have written more than this one reads.
                byte[] bytes = line.ToArray();
                target.Write(bytes, 0, bytes.Length);
                target.WriteByte((byte)'\n');
            }
        }

        target.Flush(flushToDisk: true);
    }
}
