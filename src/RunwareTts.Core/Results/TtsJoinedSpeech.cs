using System.Globalization;

namespace RunwareTts;

/// <summary>A file that was joined of parts, as Join-TtsSpeech gives it.</summary>
public sealed record TtsJoinedSpeech : TtsResult
{
    /// <summary>The file, absolute.</summary>
    public required string Path { get; init; }

    public FileInfo File => new(Path);

    /// <summary>What the file really is, read from it when it was whole.</summary>
    public required TtsAudioInfo Audio { get; init; }

    public string OutputFormat => Audio.Format;

    public TimeSpan Duration => Audio.Duration;

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>How many files it was joined of.</summary>
    public required int Parts { get; init; }

    /// <summary>0 without -Chapter.</summary>
    public required int Chapters { get; init; }

    /// <summary>The subtitles beside it; null without -Subtitle.</summary>
    public string? SubtitlePath { get; init; }

    /// <summary>USD, what the parts cost together; null when none of them says.</summary>
    public decimal? Cost { get; init; }

    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "{0}, {1} parts, {2:0.###} s", Path, Parts, Duration.TotalSeconds);
}
