namespace RunwareTts.Providers.Runware;

/// <summary>A clip as a task has it.</summary>
/// <param name="Wire">A URL, an id of stored media, or base64.</param>
internal sealed record SentClip(string Wire)
{
    /// <summary>The SHA-256 of a file of this machine; null for a URL or an id that the row has given.</summary>
    public string? Sha256 { get; init; }

    /// <summary>It was uploaded, and Wire is its id.</summary>
    public bool IsStored { get; init; }

    /// <summary>It was uploaded in an earlier run, and the service may have deleted it since.</summary>
    public bool IsRecalled { get; init; }

    /// <summary>Why it is sent as data; null for any other clip.</summary>
    public TtsException? UploadRefusal { get; init; }
}
