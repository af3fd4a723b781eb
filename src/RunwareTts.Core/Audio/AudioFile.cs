namespace RunwareTts.Audio;

/// <summary>Reads a file for a user: every failure is an error that says what to do.</summary>
internal static class AudioFile
{
    /// <exception cref="TtsException">AudioInvalid, FileNotFound, FileNotReadable.</exception>
    public static TtsAudioInfo Read(string path)
    {
        if (!File.Exists(path)) throw Errors.FileNotFound(path, isFolder: Directory.Exists(path));
        // A named pipe has no length either, and opening it would wait for a writer.
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
