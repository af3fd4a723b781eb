using RunwareTts.Requests;

namespace RunwareTts.Voices;

/// <summary>The kept voices of several folders; of one name the first found counts.</summary>
/// <param name="folders">Absolute paths, in the order in which they are searched.</param>
public sealed class VoiceLibrary(IReadOnlyList<string> folders) : IVoiceLookup
{
    public IEnumerable<string> Names => [];

    public TtsVoice? Find(string name) => throw new NotImplementedException(folders[0]);
}
