namespace RunwareTts.Joining;

/// <summary>A file that is to be joined, and what is known of it.</summary>
/// <param name="Path">The file, absolute.</param>
public sealed record JoinPart(string Path)
{
    /// <summary>What is spoken in it, for a subtitle; null where nobody says.</summary>
    public string? Text { get; init; }

    /// <summary>The chapter that it belongs to; parts of one title after one another are one chapter.</summary>
    public string? Title { get; init; }

    /// <summary>A longer pause is due after it.</summary>
    public bool EndsParagraph { get; init; }

    /// <summary>USD; null where nobody says.</summary>
    public decimal? Cost { get; init; }
}
