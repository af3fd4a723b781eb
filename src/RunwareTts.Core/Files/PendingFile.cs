using System.Text.RegularExpressions;
#if !NET
using System.ComponentModel;
using System.Runtime.InteropServices;
#endif

namespace RunwareTts.Files;

/// <summary>
/// A file that gets its final name only when it is complete: it is written into a temporary file in the same folder,
/// flushed to the disk, inspected, and renamed over the old file in one step. So whenever the process ends, the name
/// has the old file or the new one. Without <see cref="CommitAsync"/>, Dispose deletes it.
/// </summary>
internal sealed class PendingFile : IDisposable
{
    /// <summary>The length of a temporary file's name.</summary>
    public const int TemporaryLength = 38;

    private const string Suffix = ".part";

    private static readonly Regex Temporary = new(@"^\.[0-9a-f]{32}\.part$");
    private static readonly TimeSpan MaxWrite = TimeSpan.FromHours(1);

    private readonly string _temporary;
    private bool _isCommitted;

    /// <param name="path">The final name; a missing folder is created.</param>
    public PendingFile(string path)
    {
        Path = path;
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        _temporary = TemporaryFor(path);
        Stream = new FileStream(_temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1);
    }

    public string Path { get; }

    /// <summary>The content.</summary>
    public FileStream Stream { get; }

    /// <summary>Flushes the content to the disk, and returns to its beginning to be read.</summary>
    public FileStream Rewind()
    {
        Stream.Flush(flushToDisk: true);
        Stream.Position = 0;
        return Stream;
    }

    /// <summary>Closes the file, so that its last write time is final.</summary>
    public FileMark Close()
    {
        Stream.Position = 0;
        FileMark mark = FileMark.Of(Stream);
        Stream.Dispose();
        return mark with { Written = File.GetLastWriteTimeUtc(_temporary) };
    }

    /// <summary>Gives it its final name, as the last step.</summary>
    /// <param name="replace">Replaces an existing file; otherwise that is an IOException.</param>
    public async Task CommitAsync(bool replace)
    {
        Stream.Dispose();
        if (replace)
            await ReplaceAsync(_temporary, Path).ConfigureAwait(false);
        else
            await FileRetry.MoveAsync(_temporary, Path).ConfigureAwait(false);
        _isCommitted = true;
    }

    public void Dispose()
    {
        Stream.Dispose();
        if (!_isCommitted)
            FileRetry.Tidy(_temporary);
    }

    /// <summary>A temporary name in the same folder, which <see cref="Tidy"/> recognizes.</summary>
    public static string TemporaryFor(string path) =>
        System.IO.Path.Combine(System.IO.Path.GetDirectoryName(path)!, $".{Guid.NewGuid():N}{Suffix}");

    /// <summary>Deletes temporary files that killed processes left in a folder.</summary>
    public static void Tidy(string folder)
    {
        DateTime dead = DateTime.UtcNow - MaxWrite;
        foreach (FileInfo file in new DirectoryInfo(folder).EnumerateFiles($".*{Suffix}")
            .Where(f => Temporary.IsMatch(f.Name) && f.LastWriteTimeUtc < dead))
            TryDelete(file);
    }

    /// <summary>Deletes a file, or leaves it for the next run.</summary>
    public static void TryDelete(FileInfo file)
    {
        try
        {
            FileRetry.Delete(file.FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next run tries again.
        }
    }

    /// <summary>Gives a file its final name, in one step even where another file has it.</summary>
    internal static Task ReplaceAsync(string temporary, string path) =>
        FileRetry.ReplaceAsync(path, () => Replace(temporary, path));

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
