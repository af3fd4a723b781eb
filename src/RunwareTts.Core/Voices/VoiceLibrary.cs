using RunwareTts.Requests;

namespace RunwareTts.Voices;

public sealed class VoiceLibrary(IReadOnlyList<string> folders) : IVoiceLookup
{
    public IEnumerable<string> Names => [];

    public TtsVoice? Find(string name) => folders.Select(f => VoiceFile.PathOf(f, name)).FirstOrDefault(File.Exists) is { } p ? VoiceFile.Read(p) : null;
}
