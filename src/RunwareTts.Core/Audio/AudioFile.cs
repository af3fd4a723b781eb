namespace RunwareTts.Audio;

/// <summary>Reads a file for a user, whom every failure tells what to do.</summary>
internal static class AudioFile
{
    /// <exception cref="TtsException">AudioInvalid, FileNotFound, FileNotReadable.</exception>
    public static TtsAudioInfo Read(string path)
    {
        if (!File.Exists(path)) throw Errors.FileNotFound(path, isFolder: Directory.Exists(path));
        // A named pipe has no length either, and to open it would wait for somebody to write into it.
        if (new FileInfo(path).Length == 0) throw Errors.NoAudio(path, new AudioFormatException("The file is empty."));
        try
        {
            return AudioInfoReader.ReadFile(path);
        }
        catch (AudioFormatException e)
        {
            throw Errors.NoAudio(path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Errors.FileNotReadable(path, e);
        }
    }
}
