namespace RunwareTts.Voices;

/// <summary>A kept voice on disk: NAME.ttsvoice.json, and the clip next to it.</summary>
internal static class VoiceFile
{
    public const string Suffix = ".ttsvoice.json";

    public static string PathOf(string folder, string name) => Path.Combine(folder, name + Suffix);

    /// <exception cref="TtsException">VoiceInvalid.</exception>
    public static TtsVoice Read(string path) => throw new NotImplementedException(path);

    /// <summary>Writes the file of a voice whose clip (Path) stands in the same folder.</summary>
    /// <exception cref="TtsException">VoiceExists, OutputNotWritten.</exception>
    public static Task WriteAsync(string path, TtsVoice voice, bool replace) => throw new NotImplementedException(path);
}
