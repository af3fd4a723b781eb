using RunwareTts.Files;

namespace RunwareTts.Voices;

/// <summary>A file as it is now: while this is the same, it need not be read again.</summary>
/// <param name="Path">The file.</param>
/// <param name="Length">Its bytes; 0 also of a pipe or a device, whose reading may never end.</param>
/// <param name="Written">When it was written last.</param>
internal readonly record struct FileStamp(string Path, long Length, DateTime Written)
{
    public static FileStamp Of(string path)
    {
        // The length of a link is that of its own path.
        FileInfo file = new(RealPath.OfFolder(path));
        return file.Exists ? new FileStamp(path, file.Length, file.LastWriteTimeUtc) : new FileStamp(path, 0, default);
    }
}
