using System.Management.Automation;
using RunwareTts.Playback;

namespace RunwareTts.Binding;

/// <summary>The clip of a piped object: a file, or a result, of now or from a CSV.</summary>
internal static class PipedClip
{
    /// <exception cref="TtsException">InvalidRequest with the property's name.</exception>
    public static SoundClip Read(PSObject input, Func<string, string> resolve)
    {
        bool isFile = input.BaseObject is FileSystemInfo || PropertyReader.Text(input, "PSPath") is not null;
        if (isFile)
            return SoundClip.OfFile(resolve(PipedFile.PathOf(input)));
        TtsSpeech speech = SpeechReader.Read(input);
        return SoundClip.Of(speech.Path is { } path ? speech with { Path = resolve(path) } : speech);
    }
}
