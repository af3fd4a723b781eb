namespace RunwareTts.Voices;

/// <summary>A kept voice by its name, not read yet.</summary>
/// <param name="Name">The voice's name.</param>
/// <param name="File">The absolute path of its NAME.ttsvoice.json.</param>
public sealed record VoiceEntry(string Name, string File)
{
    /// <exception cref="TtsException">VoiceInvalid.</exception>
    public TtsVoice Read() => VoiceFile.Read(File);
}
