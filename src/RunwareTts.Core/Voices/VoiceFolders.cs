namespace RunwareTts.Voices;
public static class VoiceFolders
{
    public static VoiceLibrary Library(string? given, string? batch, Func<string, string?> environment) =>
        new([.. new[] { given, environment("RUNWARE_TTS_VOICES"), batch is null ? null : Path.Combine(batch, "voices") }.OfType<string>()]);
}
