using System.Text.RegularExpressions;
#if !NET
using System.ComponentModel;
using System.Runtime.InteropServices;
#endif

namespace RunwareTts.Files;

/// <summary>
/// Writes a file so that its name never stands for half of it, and never for nothing: into a temporary file in the same
/// folder, to the disk, then renamed in one step over what was there. Whenever the process ends, the name has the old
/// file or the new one.
/// </summary>
internal static class AtomicFile
{
    private const string Suffix = ".part";

    /// <summary>How long the name of a temporary file is.</summary>
    public const int TemporaryLength = 38;

    private static readonly Regex Temporary = new(@"^\.[0-9a-f]{32}\.part$");
    private static readonly TimeSpan LongestWrite = TimeSpan.FromHours(1);

    /// <param name="path">The final name.</param>
    /// <param name="overwrite">
    /// A file that is there is replaced; otherwise it stays, and the new one is an IOException.
    /// </param>
    /// <param name="write">Writes the bytes.</param>
    /// <param name="check">Throws when what was written is not fit to bear the name.</param>
    /// <param name="record">Puts it on record, as the last step before it gets its final name.</param>
    public static async Task WriteAsync(string path, bool overwrite, Func<Stream, Task> write, Action<Stream> check,
        Func<FileMark, Task>? record = null)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string temporary = TemporaryBeside(path);
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

            // Closed, it has its last write time, which goes with it to its name.
            if (record is not null)
                await record(FileMark.Of(temporary)).ConfigureAwait(false);
            if (overwrite)
                await FileRetry.ReplaceAsync(path, () => Replace(temporary, path)).ConfigureAwait(false);
            else
                await FileRetry.MoveAsync(temporary, path).ConfigureAwait(false);
            isNamed = true;
        }
        finally
        {
            if (!isNamed)
                await FileRetry.TidyAsync(temporary).ConfigureAwait(false);
        }
    }

    // File.Replace of .NET Framework takes several steps, and the name may have no file between two of them.
    private static void Replace(string temporary, string path)
    {
#if NET
        File.Move(temporary, path, overwrite: true);
#else
        if (!RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            if (File.Exists(path))
                File.Replace(temporary, path, null);
            else
                File.Move(temporary, path);
        }
        else if (!MoveFileEx(temporary, path, ReplaceExisting))
        {
            int code = Marshal.GetLastWin32Error();
            throw new IOException(new Win32Exception(code).Message, unchecked((int)0x80070000) | code);
        }
#endif
    }

#if !NET
    private const int ReplaceExisting = 1;

    [DllImport("kernel32", EntryPoint = "MoveFileExW", CharSet = CharSet.Unicode, SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool MoveFileEx(string from, string to, int flags);
#endif

    /// <summary>A name in the same folder, of those that <see cref="Tidy"/> knows.</summary>
    public static string TemporaryBeside(string path) => Path.Combine(Path.GetDirectoryName(path)!, $".{Guid.NewGuid():N}{Suffix}");

    /// <summary>
    /// Clears away what processes that were killed have left in a folder: files that never had a name.
    /// </summary>
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
