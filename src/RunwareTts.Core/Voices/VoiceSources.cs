using RunwareTts.Requests;

namespace RunwareTts.Voices;

/// <summary>Where rows find kept voices and clips.</summary>
/// <param name="Library">The kept voices.</param>
/// <param name="Clips">Checks clips.</param>
public sealed record VoiceSources(IVoiceLookup Library, ClipReader Clips)
{
    /// <summary>No kept voices; clips are files by paths of the operating system, URLs and media.</summary>
    public static VoiceSources None => new(NoKeptVoices.Instance, new ClipReader(Path.GetFullPath));
}
