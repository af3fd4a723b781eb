namespace RunwareTts.Voices;

/// <summary>A kept voice by its name, not read yet.</summary>
/// <param name="Name">The voice's name.</param>
/// <param name="File">The absolute path of its NAME.ttsvoice.json.</param>
public sealed record VoiceEntry(string Name, string File)
{
    /// <summary>Where a voice that was read is kept; null for a preset.</summary>
    public static VoiceEntry? Of(TtsVoice voice) =>
        voice is { Kind: TtsVoice.Kept, Path: { } clip }
            ? new VoiceEntry(voice.Name, VoiceFile.PathOf(Path.GetDirectoryName(clip)!, voice.Name)) : null;

    /// <exception cref="TtsException">VoiceInvalid.</exception>
    public TtsVoice Read() => VoiceFile.Read(File);
}
