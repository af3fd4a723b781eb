namespace RunwareTts.Review;

/// <param name="OutputPath">The page, absolute.</param>
public sealed record ReviewOptions(string OutputPath)
{
    /// <summary>The page's heading; null for the name of the batch folder.</summary>
    public string? Title { get; init; }

    /// <summary>The clips are part of the page, which can then be moved or mailed alone.</summary>
    public bool EmbedAudio { get; init; }

    /// <summary>An existing page may be overwritten.</summary>
    public bool Force { get; init; }
}
