namespace RunwareTts.Providers;

/// <summary>One result: audio by URL or as bytes, and what it cost (USD; null when unknown).</summary>
public sealed record SpeechResult(string? AudioUuid, Uri? Url, byte[]? Data, decimal? Cost)
{
    /// <summary>The model stopped at the token cap; null where nothing says it but the length of the audio.</summary>
    public bool? IsCut { get; init; }
}

/// <summary>The state of a task by one answer.</summary>
public sealed record TaskAnswer
{
    /// <summary>The service had the task before it was sent now, and may have finished it.</summary>
    public static readonly TaskAnswer Arrived = new() { IsRunning = true };

    public IReadOnlyList<SpeechResult> Results { get; init; } = [];

    /// <summary>Errors that name this task.</summary>
    public IReadOnlyList<TtsException> Errors { get; init; } = [];

    /// <summary>The servers that generated them, if the provider has several.</summary>
    public string? GeneratedBy { get; init; }

    /// <summary>What the user should know about how they were generated.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    internal TtsException? FirstError => Errors.Count > 0 ? Errors[0] : null;

    /// <summary>Part of the task is still being worked on.</summary>
    public bool IsRunning { get; init; }

    /// <summary>The answer says only that there is no such task.</summary>
    public bool IsUnknown =>
        Results.Count == 0 && Errors.Count > 0 && Errors.All(e => e.Kind == TtsErrorKind.ObjectNotFound);

    /// <summary>Percent, where the service reports it.</summary>
    public int? Progress { get; init; }

    /// <summary>
    /// Nothing more will come: every result that was asked for is here or has failed, or the service has
    /// stopped working on it. Without a known number the latter alone decides.
    /// </summary>
    public bool IsFinal(int? expected) =>
        Results.Count + Errors.Count >= expected
        || !IsRunning && (Errors.Count > 0 || expected is null && Results.Count > 0);
}
