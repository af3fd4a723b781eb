namespace RunwareTts;

/// <summary>
/// One generated result. Its request has the names of New-TtsSpeech's parameters, so that it can be piped back as a
/// row.
/// </summary>
public sealed record TtsSpeech : TtsResult
{
    internal const string Offline = "Offline";
    internal const string SelfHosted = "SelfHosted";

    public string? Id { get; init; }
    public string? Text { get; init; }
    public string? Model { get; init; }
    public string? Voice { get; init; }
    public string? Style { get; init; }
    public string? VoiceDescription { get; init; }

    /// <summary>
    /// The clip that was cloned: a file, a URL without its query, or a UUID; null for a kept voice, which Voice names.
    /// </summary>
    public string? ReferenceAudio { get; init; }

    /// <summary>What is said in ReferenceAudio, where that was given.</summary>
    public string? Transcript { get; init; }

    public string? Language { get; init; }

    /// <summary>
    /// As a row has it, with a decimal point: Export-Csv writes numbers by the culture, and a row reads them by none.
    /// </summary>
    public string? Speed { get; init; }

    public string? OutputFormat { get; init; }
    public int? Bitrate { get; init; }
    public int? SampleRate { get; init; }
    public int? Channels { get; init; }
    public int? MaxNewTokens { get; init; }

    /// <summary>The table of further fields that were sent; null for none.</summary>
    public object? Option { get; init; }

    /// <summary>The saved file; null when nothing was saved.</summary>
    public string? Path { get; init; }

    public FileInfo? File => Path is null ? null : new FileInfo(Path);

    public string? AudioUrl { get; init; }

    /// <summary>The bytes of a result that came as data and was not saved.</summary>
    public byte[]? AudioData { get; init; }

    /// <summary>What the audio really is; null where only its URL is known.</summary>
    public TtsAudioInfo? Audio { get; init; }

    public TimeSpan? Duration => Audio?.Duration;

    /// <summary>The number of parts that -Split joined; null for one task.</summary>
    public int? Parts { get; init; }

    /// <summary>The model had to stop at MaxNewTokens: the end is missing, or it babbled on.</summary>
    public bool Truncated => Suspect == nameof(Truncated);

    /// <summary>
    /// Truncated, TooLong or TooShort for a length that the text can hardly have; SilentTail for speech that is
    /// complete and followed by near-silence; null for a plausible length. A joined file is as doubtful as its worst
    /// part.
    /// </summary>
    public string? Suspect { get; init; }

    /// <summary>The model stopped at MaxNewTokens; null where only the length can show it.</summary>
    internal bool? IsCut { get; init; }

    /// <summary>Where near-silence begins that lasts to the end; null for none.</summary>
    internal TimeSpan? SilentFrom { get; init; }

    /// <summary>The service keeps its task, so that it can be fetched again.</summary>
    internal bool HasTask => TaskUUID is not null && !IsFree(Provider);

    /// <summary>A provider that charges nothing.</summary>
    internal static bool IsFree(string? provider) => provider is Offline or SelfHosted;

    /// <summary>Bytes.</summary>
    public long? Size { get; init; }

    /// <summary>USD, as the service says; null when it does not.</summary>
    public decimal? Cost { get; init; }

    public Guid? TaskUUID { get; init; }
    public string? AudioUUID { get; init; }

    /// <summary>From the first submission to the saved file.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Submissions; each of its tasks may have taken several, and is charged once.</summary>
    public int Attempts { get; init; }

    /// <summary>Runware, SelfHosted or Offline.</summary>
    public string? Provider { get; init; }

    /// <summary>Completed, or Unchanged for the result of an earlier run.</summary>
    public string? Status { get; init; }

    /// <summary>The row as it was given, with a presigned UploadEndpoint masked.</summary>
    public object? InputObject { get; init; }

    public override string ToString() => Path ?? AudioUrl ?? TaskUUID?.ToString() ?? Id ?? "";
}
