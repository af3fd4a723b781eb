namespace RunwareTts.Requests;

/// <summary>Finds kept voices by their names, in any case.</summary>
public interface IVoiceLookup
{
    /// <summary>The names of all kept voices, to suggest one.</summary>
    IEnumerable<string> Names { get; }

    /// <summary>The kept voice of this name; null for none.</summary>
    /// <exception cref="TtsException">VoiceInvalid.</exception>
    TtsVoice? Find(string name);
}

/// <summary>There are no kept voices.</summary>
public sealed class NoKeptVoices : IVoiceLookup
{
    public static readonly NoKeptVoices Instance = new();

    public IEnumerable<string> Names => [];

    public TtsVoice? Find(string name) => null;
}
