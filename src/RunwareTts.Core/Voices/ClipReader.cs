using RunwareTts.Requests;

namespace RunwareTts.Voices;

/// <summary>A clip that may be cloned, and what may be wrong with it.</summary>
public sealed record ClipReading(ReferenceClip Clip, IReadOnlyList<string> Warnings);

/// <summary>Checks clips of reference audio before anything is charged; a file is read once.</summary>
/// <param name="resolve">Makes a PowerShell path absolute.</param>
public sealed class ClipReader(Func<string, string> resolve)
{
    /// <param name="given">A path, a URL or the UUID of stored media.</param>
    /// <param name="transcript">What is said in it; null where that is not known.</param>
    /// <param name="language">The language of the transcript; null for Auto.</param>
    /// <exception cref="TtsException">InvalidRequest.ReferenceAudio, FileNotFound.</exception>
    public ClipReading Read(string given, string? transcript, string? language) =>
        throw new NotImplementedException(resolve(given));

    /// <summary>The same for the clip of a kept voice.</summary>
    /// <exception cref="TtsException">VoiceInvalid.</exception>
    public ClipReading Read(TtsVoice kept) => throw new NotImplementedException(kept.Name);
}
