namespace RunwareTts;

/// <summary>
/// One task of a ledger: its request without the text, its result and its cost. TaskUUID, Id, OutputFormat, OutputPath
/// and OutputDirectory are all that Wait-TtsTask and Save-TtsSpeech need.
/// </summary>
public sealed record TtsLedgerEntry : TtsResult
{
    public required Guid TaskUUID { get; init; }
    public string? Id { get; init; }

    /// <summary>
    /// Submitted: recorded, and perhaps never sent. Processing: the service has it. Completed: generated, and not all
    /// results are saved. Saved: all results were saved. Failed: no result.
    /// </summary>
    public required string Status { get; init; }

    public string? Model { get; init; }
    public string? Voice { get; init; }
    public string? Language { get; init; }
    public string? OutputFormat { get; init; }

    /// <summary>The length of the text, in code points.</summary>
    public int? Characters { get; init; }

    public int? NumberResults { get; init; }

    /// <summary>USD for all its results, as charged by the service; null where it is not known.</summary>
    public decimal? Cost { get; init; }

    public DateTimeOffset? Submitted { get; init; }

    /// <summary>From the submission to the answer with its results.</summary>
    public TimeSpan? Elapsed { get; init; }

    public int? Attempts { get; init; }

    /// <summary>The file that was planned for it: inside OutputDirectory.</summary>
    public string? OutputPath { get; init; }

    /// <summary>The absolute folder that OutputPath is relative to.</summary>
    public string? OutputDirectory { get; init; }

    /// <summary>The saved file, absolute; of several results the last.</summary>
    public string? Path { get; init; }

    public FileInfo? File => Path is null ? null : new FileInfo(Path);

    /// <summary>Bytes of the saved file.</summary>
    public long? Size { get; init; }

    public TimeSpan? Duration { get; init; }

    /// <summary>Where the audio is, without a query; null for several results.</summary>
    public string? AudioUrl { get; init; }

    public string? AudioUUID { get; init; }

    /// <summary>Why it failed, or why there are fewer results than asked for.</summary>
    public string? ErrorId { get; init; }

    public string? Provider { get; init; }
    public string? Endpoint { get; init; }

    /// <summary>SHA-256 of all that changes the audio; equal rows have equal hashes.</summary>
    public string? Hash { get; init; }

    public override string ToString() => TaskUUID.ToString();
}
