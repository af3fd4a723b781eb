using System.Text.RegularExpressions;
#if !NET
using System.ComponentModel;
using System.Runtime.InteropServices;
#endif

namespace RunwareTts.Files;

/// <summary>
/// A file that gets its final name only when it is complete: it is written into a temporary file in the same folder,
/// flushed to the disk, inspected, and renamed in one step over what was there. Disposed without
/// <see cref="CommitAsync"/>, it is gone, and what was there stays. Whenever the process ends, the name has the old file
/// or the new one.
/// </summary>
internal sealed class PendingFile : IDisposable
{
    /// <summary>How long the name of a temporary file is.</summary>
    public const int TemporaryLength = 38;

    private const string Suffix = ".part";

    private static readonly Regex Temporary = new(@"^\.[0-9a-f]{32}\.part$");
    private static readonly TimeSpan MaxWrite = TimeSpan.FromHours(1);

    private readonly string _temporary;
    private bool _isCommitted;

    /// <param name="path">The final name; its folder is made where it is missing.</param>
    public PendingFile(string path)
    {
        Path = path;
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        _temporary = TemporaryFor(path);
        Stream = new FileStream(_temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1);
    }

    public string Path { get; }

    /// <summary>Takes the bytes.</summary>
    public FileStream Stream { get; }

    /// <summary>Flushes what was written to the disk, and goes back to the beginning to be read.</summary>
    public FileStream Rewind()
    {
        Stream.Flush(flushToDisk: true);
        Stream.Position = 0;
        return Stream;
    }

    /// <summary>Closes it. From now on it has the last write time that it keeps.</summary>
    public FileMark Close()
    {
        Stream.Position = 0;
        FileMark mark = FileMark.Of(Stream);
        Stream.Dispose();
        return mark with { Written = File.GetLastWriteTimeUtc(_temporary) };
    }

    /// <summary>Gives it its final name, as the last step.</summary>
    /// <param name="replace">A file that is there is replaced; otherwise it stays, which is an IOException.</param>
    public async Task CommitAsync(bool replace)
    {
        Stream.Dispose();
        if (replace)
            await FileRetry.ReplaceAsync(Path, () => Replace(_temporary, Path)).ConfigureAwait(false);
        else
            await FileRetry.MoveAsync(_temporary, Path).ConfigureAwait(false);
        _isCommitted = true;
    }

    public void Dispose()
    {
        Stream.Dispose();
        // It blocks only where another program looks at the file, as a virus scanner does.
        if (!_isCommitted)
            FileRetry.TidyAsync(_temporary).GetAwaiter().GetResult();
    }

    /// <summary>A name in the same folder, of those that <see cref="Tidy"/> knows.</summary>
    public static string TemporaryFor(string path) =>
        System.IO.Path.Combine(System.IO.Path.GetDirectoryName(path)!, $".{Guid.NewGuid():N}{Suffix}");

    /// <summary>Deletes what killed processes have left in a folder: files that never got their final name.</summary>
    public static void Tidy(string folder)
    {
        DateTime dead = DateTime.UtcNow - MaxWrite;
        foreach (FileInfo file in new DirectoryInfo(folder).EnumerateFiles($".*{Suffix}")
            .Where(f => Temporary.IsMatch(f.Name) && f.LastWriteTimeUtc < dead))
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
}
