using RunwareTts.Requests;

namespace RunwareTts.Joining;

/// <summary>What is to become of the parts.</summary>
/// <param name="OutputPath">The joined file, absolute; its extension says the format.</param>
public sealed record JoinOptions(string OutputPath)
{
    /// <summary>Seconds of silence between two parts.</summary>
    public double Gap { get; init; }

    /// <summary>The same after a part that ends a paragraph; null for the same.</summary>
    public double? ParagraphGap { get; init; }

    /// <summary>srt or vtt, in any case, for subtitles next to the file; null for none.</summary>
    public string? Subtitle
    {
        get;
        init => field = value?.ToLowerInvariant();
    }

    internal string? SubtitlePath => Subtitle is { } kind ? Path.ChangeExtension(OutputPath, kind) : null;

    internal bool MayReplaceSubtitle => ForceSubtitle ?? Force;

    /// <summary>The file gets chapters.</summary>
    public bool Chapters { get; init; }

    public AudioTags? Tags { get; init; }

    /// <summary>kbps of a file that has to be encoded; null for that of its parts.</summary>
    internal int? Bitrate { get; init; }

    /// <summary>Existing subtitles may be overwritten; null for as the file.</summary>
    internal bool? ForceSubtitle { get; init; }

    /// <summary>Existing files may be overwritten.</summary>
    public bool Force { get; init; }
}
