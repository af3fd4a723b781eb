namespace RunwareTts;

/// <summary>A preset voice of CustomVoice, or a kept voice, which Base clones from a clip.</summary>
public sealed record TtsVoice : TtsResult
{
    internal const string Preset = "Preset";
    internal const string Kept = "Kept";

    /// <summary>The preset's id as it is sent, such as <c>uncle_fu</c>; or the name of a kept voice.</summary>
    public required string Name { get; init; }

    /// <summary>Preset or Kept.</summary>
    public string Kind
    {
        get;
        // The reader of the catalogue sets what a voice has not, too.
        init => field = value ?? Preset;
    } = Preset;

    /// <summary>Null where it is not known.</summary>
    public string? Gender { get; init; }

    /// <summary>The language that the voice speaks best; every voice speaks all ten.</summary>
    public string? NativeLanguage { get; init; }

    public string? Dialect { get; init; }

    /// <summary>For a kept voice, the description that it was cast from; null for a recording.</summary>
    public string? Description { get; init; }

    public required string Model { get; init; }

    /// <summary>The clip of a kept voice.</summary>
    public string? Path { get; init; }

    /// <summary>What is said in the clip; null where that is not known.</summary>
    public string? Transcript { get; init; }

    /// <summary>USD that casting it has cost; null where it was not cast, or the service did not say.</summary>
    public decimal? Cost { get; init; }

    public override string ToString() => Name;
}
