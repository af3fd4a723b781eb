using RunwareTts.Catalog;
using RunwareTts.Tests.Audio;
using RunwareTts.Voices;

namespace RunwareTts.Tests.Voices;

/// <summary>Clips and voices in a folder.</summary>
internal static class Clips
{
    private const int Rate = 8000;

    public static byte[] Loud(double seconds) => TestSignal.MakeWav(Rate, 1, (int)(seconds * Rate));

    public static string Write(this TempFolder folder, string name, byte[] bytes)
    {
        string path = Path.Combine(folder.Path, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public static string Write(this TempFolder folder, string name, string text) => folder.Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>A voice that can be read, with a clip of no real audio.</summary>
    public static string WriteVoice(this TempFolder folder, string name, string fields = "")
    {
        folder.Write($"{name}.wav", [1]);
        return folder.Write($"{name}{VoiceFile.Suffix}", $$"""{ "version": 1, "clip": "{{name}}.wav"{{fields}} }""");
    }

    public static TtsVoice Voice(string name, string clip) => new() { Name = name, Kind = TtsVoice.Kept, Model = SpeechCatalog.Base.Name, Path = clip, Transcript = "hello" };
}
