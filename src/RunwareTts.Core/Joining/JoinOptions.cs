using RunwareTts.Requests;

namespace RunwareTts.Joining;

/// <param name="OutputPath">The joined file, absolute; its extension decides the format.</param>
public sealed record JoinOptions(string OutputPath)
{
    /// <summary>Seconds of silence between two parts.</summary>
    public double Gap { get; init; }

    /// <summary>The same after a part that ends a paragraph; null for Gap.</summary>
    public double? ParagraphGap { get; init; }

    /// <summary>srt or vtt, in any case, for subtitles next to the file; null for none.</summary>
    public string? Subtitle
    {
        get;
        init => field = value?.ToLowerInvariant();
    }

    internal string? SubtitlePath => Subtitle is { } kind ? Path.ChangeExtension(OutputPath, kind) : null;

    internal bool MayReplaceSubtitle => ForceSubtitle ?? Force;

    public bool Chapters { get; init; }

    public AudioTags? Tags { get; init; }

    /// <summary>kbps if the file is encoded; null for that of its parts.</summary>
    internal int? Bitrate { get; init; }

    /// <summary>Existing subtitles may be overwritten; null for Force.</summary>
    internal bool? ForceSubtitle { get; init; }

    /// <summary>Existing files may be overwritten.</summary>
    public bool Force { get; init; }
}
