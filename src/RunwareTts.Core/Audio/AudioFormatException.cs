namespace RunwareTts.Audio;

/// <summary>The bytes are no audio that this module knows, or are too damaged to describe.</summary>
public sealed class AudioFormatException : Exception
{
    public AudioFormatException() : this("The file is not a readable WAV, FLAC, OGG or MP3 file.")
    {
    }

    public AudioFormatException(string message) : base(message)
    {
    }

    public AudioFormatException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
