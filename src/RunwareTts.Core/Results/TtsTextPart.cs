namespace RunwareTts;

/// <summary>A part of a longer text: a row for New-TtsSpeech, which reads its Id, Text and Language.</summary>
public sealed record TtsTextPart : TtsResult
{
    /// <summary>
    /// The name of its text and its number in it, with four digits up to 9999: Join-TtsSpeech -Path orders files by it.
    /// </summary>
    public string? Id { get; init; }

    /// <summary>One line, without blanks at its ends.</summary>
    public required string Text { get; init; }

    /// <summary>Its number in its text, from 1.</summary>
    public required int Index { get; init; }

    /// <summary>Code points, as the service counts them.</summary>
    public required int Characters { get; init; }

    /// <summary>A paragraph ends here, which deserves a longer pause.</summary>
    public required bool EndsParagraph { get; init; }

    /// <summary>The language that was given; null for none.</summary>
    public string? Language { get; init; }

    /// <summary>The file that it comes from, absolute; null for a string.</summary>
    public string? Source { get; init; }

    public override string ToString() => Text;
}
