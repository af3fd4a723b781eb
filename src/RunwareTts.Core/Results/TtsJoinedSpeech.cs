using System.Globalization;

namespace RunwareTts;

/// <summary>A file that Join-TtsSpeech joined from parts.</summary>
public sealed record TtsJoinedSpeech : TtsResult
{
    /// <summary>The file, absolute.</summary>
    public required string Path { get; init; }

    public FileInfo File => new(Path);

    /// <summary>The real format of the complete file.</summary>
    public required TtsAudioInfo Audio { get; init; }

    public string OutputFormat => Audio.Format;

    public TimeSpan Duration => Audio.Duration;

    /// <summary>Bytes.</summary>
    public required long Size { get; init; }

    /// <summary>The number of joined files.</summary>
    public required int Parts { get; init; }

    /// <summary>0 without -Chapter.</summary>
    public required int Chapters { get; init; }

    /// <summary>The subtitle file; null without -Subtitle.</summary>
    public string? SubtitlePath { get; init; }

    /// <summary>USD for all parts together; null where no cost is known.</summary>
    public decimal? Cost { get; init; }

    public override string ToString() => string.Format(
        CultureInfo.InvariantCulture, "{0}, {1} parts, {2:0.###} s", Path, Parts, Duration.TotalSeconds);
}
