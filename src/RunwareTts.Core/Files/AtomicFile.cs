namespace RunwareTts.Files;

/// <summary>Writes a file so that its name never stands for half of it: into a temporary file beside it, to the disk, then renamed.</summary>
internal static class AtomicFile
{
    /// <param name="path">The final name.</param>
    /// <param name="overwrite">An existing file is replaced; otherwise it is an IOException.</param>
    /// <param name="write">Writes the bytes.</param>
    /// <param name="check">Throws when what was written is not fit to bear the name.</param>
    public static async Task WriteAsync(string path, bool overwrite, Func<Stream, Task> write, Action<Stream> check)
    {
        string folder = Path.GetDirectoryName(path)!;
        Directory.CreateDirectory(folder);
        string temporary = Path.Combine(folder, $".{Guid.NewGuid():N}.part");
        try
        {
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 81920, useAsync: true))
            {
                await write(stream).ConfigureAwait(false);
                stream.Flush(flushToDisk: true);
                stream.Position = 0;
                check(stream);
            }

            Rename(temporary, path, overwrite);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static void Rename(string temporary, string path, bool overwrite)
    {
#if NET
        File.Move(temporary, path, overwrite);
#else
        if (overwrite && File.Exists(path))
            File.Replace(temporary, path, null);
        else
            File.Move(temporary, path);
#endif
    }
}
