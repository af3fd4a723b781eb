namespace RunwareTts.Joining;

/// <summary>A file to join, and its facts.</summary>
/// <param name="Path">The file, absolute.</param>
public sealed record JoinPart(string Path)
{
    /// <summary>The text that it speaks, for a subtitle; null if unknown.</summary>
    public string? Text { get; init; }

    /// <summary>Its chapter; consecutive parts of one title are one chapter.</summary>
    public string? Title { get; init; }

    /// <summary>It is followed by ParagraphGap.</summary>
    public bool EndsParagraph { get; init; }

    /// <summary>USD; null if unknown.</summary>
    public decimal? Cost { get; init; }
}
