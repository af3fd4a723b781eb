namespace RunwareTts;

/// <summary>A preset voice of CustomVoice.</summary>
public sealed class TtsVoice
{
    /// <summary>The id as it is sent, such as <c>uncle_fu</c>.</summary>
    public required string Name { get; init; }

    public required string Gender { get; init; }

    /// <summary>The language that the voice speaks best; every voice speaks all ten.</summary>
    public required string NativeLanguage { get; init; }

    public string? Dialect { get; init; }

    public required string Description { get; init; }

    public required string Model { get; init; }

    public override string ToString() => Name;
}
