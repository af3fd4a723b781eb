using System.Text.Json.Serialization;

namespace RunwareTts.Emulator;

/// <summary>One accepted audio task.</summary>
public sealed record ChargedTask(
    [property: JsonPropertyName("taskUUID")] string TaskUuid,
    string Model,
    string Text,
    string Voice,
    decimal Cost)
{
    /// <summary>SHA-256 of the reference clip's bytes, or of its URL's text; null without a clip.</summary>
    public string? Clip { get; init; }
}
