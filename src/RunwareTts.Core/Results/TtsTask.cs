namespace RunwareTts;

/// <summary>
/// A task that the service works on. It survives Export-Csv as far as waiting for it and saving it need.
/// </summary>
public sealed record TtsTask : TtsResult
{
    public required Guid TaskUUID { get; init; }
    public string? Id { get; init; }
    public string? Text { get; init; }
    public string? Model { get; init; }
    public string? Voice { get; init; }
    public string? Language { get; init; }

    /// <summary>
    /// As a row has it, with a decimal point: Export-Csv writes numbers by the culture, and a row reads them by none.
    /// </summary>
    public string? Speed { get; init; }

    public string? OutputFormat { get; init; }

    /// <summary>The file that was planned for it: inside OutputDirectory; null for none.</summary>
    public string? OutputPath { get; init; }

    /// <summary>
    /// The absolute folder that OutputPath is relative to; Wait-TtsTask -OutputDirectory takes its place.
    /// </summary>
    public string? OutputDirectory { get; init; }

    /// <summary>How many results it will have; null where that is not known.</summary>
    public int? NumberResults { get; init; }

    public int? MaxNewTokens { get; init; }
    public DateTimeOffset? Submitted { get; init; }
    public string? Status { get; init; }

    /// <summary>Percent, if the service reports it.</summary>
    public int? Progress { get; init; }

    /// <summary>Where it was submitted. No parameter binds to it, so that no column decides where a key goes.</summary>
    public string? Endpoint { get; init; }

    public override string ToString() => TaskUUID.ToString();
}
