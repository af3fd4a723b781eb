using System.Text.Json.Nodes;
namespace RunwareTts.Voices;

internal static class VoiceFile
{
    public const string Suffix = ".ttsvoice.json";

    public static string PathOf(string folder, string name) => Path.Combine(folder, name + Suffix);

    public static TtsVoice Read(string path)
    {
        JsonObject o = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        return new TtsVoice { Name = Path.GetFileName(path).Replace(Suffix, ""), Kind = "Kept", Model = "Base", Path = Path.Combine(Path.GetDirectoryName(path)!, (string)o["clip"]!), Transcript = (string?)o["transcript"], Description = (string?)o["description"], NativeLanguage = (string?)o["language"] };
    }

    public static Task WriteAsync(string path, TtsVoice voice, bool replace)
    {
        File.WriteAllText(path, new JsonObject { ["clip"] = Path.GetFileName(voice.Path), ["transcript"] = voice.Transcript, ["description"] = voice.Description, ["language"] = voice.NativeLanguage }.ToJsonString());
        return Task.CompletedTask;
    }
}
