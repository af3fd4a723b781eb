using System.Management.Automation;

namespace RunwareTts.Binding;

/// <summary>A piped file or result, live or from a CSV, as a result whose path is absolute.</summary>
internal static class PipedClip
{
    /// <exception cref="TtsException">InvalidRequest with the property's name.</exception>
    public static TtsSpeech Read(PSObject input, Func<string, string> resolve)
    {
        bool isFile = input.BaseObject is FileSystemInfo || PropertyReader.Text(input, "PSPath") is not null;
        if (isFile)
            return new TtsSpeech { Path = resolve(PipedFile.PathOf(input)) };
        TtsSpeech speech = SpeechReader.Read(input);
        return speech.Path is { } path ? speech with { Path = resolve(path) } : speech;
    }
}
