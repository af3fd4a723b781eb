using RunwareTts.Requests;

namespace RunwareTts.Batch;

/// <summary>Which existing file a saved file may replace.</summary>
internal enum ReplaceMode
{
    /// <summary>None: an existing file is an error.</summary>
    Never,

    /// <summary>Any file.</summary>
    Any,

    /// <summary>A file with the same audio, which exists.</summary>
    SameAudio,
}

/// <summary>Where a result goes, and what its audio must be.</summary>
/// <param name="Path">The file; null for none.</param>
/// <param name="Format">The format asked for; null for any.</param>
internal sealed record SaveTarget(string? Path, string? Format)
{
    /// <summary>Hz that were asked for; null for any.</summary>
    public int? SampleRate { get; init; }

    /// <summary>1 or 2 that were asked for; null for any.</summary>
    public int? Channels { get; init; }

    public ReplaceMode Replace { get; init; }

    /// <summary>Tags for the file; null keeps it byte for byte as it was downloaded.</summary>
    public AudioTags? Tags { get; init; }

    public static SaveTarget Of(SpeechRequest request, string? path, bool mayReplace) => new(path, request.OutputFormat)
    {
        SampleRate = request.SampleRate,
        Channels = request.Channels,
        Replace = mayReplace ? ReplaceMode.Any : ReplaceMode.Never,
        Tags = request.Tags,
    };
}
