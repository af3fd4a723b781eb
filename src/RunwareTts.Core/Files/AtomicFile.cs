using System.Text.RegularExpressions;

namespace RunwareTts.Files;

/// <summary>Writes a file so that its name never stands for half of it: into a temporary file beside it, to the disk, then renamed.</summary>
internal static class AtomicFile
{
    private const string Suffix = ".part";
    private static readonly Regex Temporary = new(@"^\.[0-9a-f]{32}\.part$");
    private static readonly TimeSpan LongestWrite = TimeSpan.FromHours(1);

    /// <param name="path">The final name.</param>
    /// <param name="replacing">What becomes of an existing file.</param>
    /// <param name="write">Writes the bytes.</param>
    /// <param name="check">Throws when what was written is not fit to bear the name.</param>
    /// <param name="record">Puts it on record, last of all before it bears its name.</param>
    public static async Task WriteAsync(string path, Replacing replacing, Func<Stream, Task> write, Action<Stream> check, Func<Task>? record = null)
    {
        string folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        string temporary = TemporaryBeside(path);
        string? older = null;
        bool isNamed = false;
        try
        {
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1))
            {
                await write(stream).ConfigureAwait(false);
                stream.Flush(flushToDisk: true);
                stream.Position = 0;
                check(stream);
            }

            // What is on record must never be said of an older file.
            if (replacing == Replacing.Aside && File.Exists(path))
            {
                string aside = TemporaryBeside(path);
                await FileRetry.MoveAsync(path, aside).ConfigureAwait(false);
                older = aside;
            }

            if (record is not null)
                await record().ConfigureAwait(false);
            if (replacing == Replacing.InPlace && File.Exists(path))
                await FileRetry.ReplaceAsync(path, () => Replace(temporary, path)).ConfigureAwait(false);
            else
                await FileRetry.MoveAsync(temporary, path).ConfigureAwait(false);
            isNamed = true;
        }
        catch when (older is not null)
        {
            await FileRetry.MoveAsync(older, path).ConfigureAwait(false);
            throw;
        }
        finally
        {
            if (!isNamed)
                await FileRetry.TidyAsync(temporary).ConfigureAwait(false);
            if (older is not null)
                await FileRetry.TidyAsync(older).ConfigureAwait(false);
        }
    }

    private static void Replace(string temporary, string path)
    {
#if NET
        File.Move(temporary, path, overwrite: true);
#else
        File.Replace(temporary, path, null);
#endif
    }

    /// <summary>A name in the same folder, of those that <see cref="Tidy"/> knows.</summary>
    public static string TemporaryBeside(string path) => Path.Combine(Path.GetDirectoryName(path)!, $".{Guid.NewGuid():N}{Suffix}");

    /// <summary>Clears away what processes that were killed have left in a folder.</summary>
    public static void Tidy(string folder)
    {
        DateTime dead = DateTime.UtcNow - LongestWrite;
        foreach (FileInfo file in new DirectoryInfo(folder).EnumerateFiles($".*{Suffix}").Where(f => Temporary.IsMatch(f.Name) && f.LastWriteTimeUtc < dead))
            TryDelete(file);
    }

    /// <summary>What cannot be deleted now is left for another time.</summary>
    public static void TryDelete(FileInfo file)
    {
        try
        {
            FileRetry.Delete(file.FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // As said.
        }
    }
}
