using RunwareTts.Files;

namespace RunwareTts.Playback;

/// <summary>A private folder for temporary files, which is made when it is needed and deleted with all in it.</summary>
internal sealed class ClipFolder : IDisposable
{
    private string? _path;

    public string NewFile(string name)
    {
        _path ??= PrivateFiles.CreateTempDirectory();
        return Path.Combine(_path, name);
    }

    public void Dispose()
    {
        try
        {
            if (Directory.Exists(_path))
                Directory.Delete(_path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Windows keeps a file for a moment after its program was killed; the system empties the folder.
        }
    }
}
