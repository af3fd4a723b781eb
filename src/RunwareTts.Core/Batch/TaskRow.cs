using System.Globalization;
using RunwareTts.Catalog;
using RunwareTts.Requests;

namespace RunwareTts.Batch;

/// <summary>
/// A task to wait for, as it was given: a TtsTask, or its row of a CSV. Every cell is a string; null or blank means not
/// given.
/// </summary>
public sealed record TaskRow
{
    public string? TaskUUID { get; init; }
    public string? Id { get; init; }
    public string? Text { get; init; }
    public string? Model { get; init; }
    public string? Voice { get; init; }
    public string? Language { get; init; }
    public string? Speed { get; init; }
    public string? OutputFormat { get; init; }
    public string? OutputPath { get; init; }
    public string? NumberResults { get; init; }
    public string? MaxNewTokens { get; init; }

    /// <summary>It was given on the command line, not piped.</summary>
    public bool IsAlone { get; init; }

    /// <summary>When it was submitted, as ISO 8601; blank or anything else where that is not known.</summary>
    public string? Submitted { get; init; }

    // No other format is read: in the culture of an Export-Csv, day and month may be in any order.
    internal DateTimeOffset? SubmittedAt =>
        DateTimeOffset.TryParseExact(
            Submitted?.Trim(), "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal, out DateTimeOffset then) && then < DateTimeOffset.UtcNow ? then : null;

    internal TimeSpan? Age => DateTimeOffset.UtcNow - SubmittedAt;

    /// <summary>
    /// Reads the cells that waiting and saving need. Other cells are never refused, because the task was sent already.
    /// </summary>
    /// <exception cref="TtsException">InvalidRequest.…</exception>
    internal (Guid Id, int? Expected, SpeechRequest Request) Read()
    {
        Findings findings = new();
        if (!Guid.TryParse(TaskUUID, out Guid id))
            findings.Refuse("TaskUUID", string.IsNullOrWhiteSpace(TaskUUID)
                ? "The row has no TaskUUID." : $"TaskUUID '{TaskUUID}' is not a UUID.");
        int? expected = CellParser.ReadInteger("NumberResults", NumberResults, "", findings);
        if (expected < SpeechCatalog.Limits.MinResults)
            findings.Refuse("NumberResults", $"NumberResults {expected} is below {SpeechCatalog.Limits.MinResults}.");

        SpeechRequest request = new()
        {
            Text = Text ?? "",
            Model = CellParser.Clean(Model) ?? "",
            Voice = CellParser.Clean(Voice) ?? "",
            Id = CellParser.Clean(Id),
            Language = CellParser.Clean(Language),
            OutputFormat = FormatRules.Read(
                new SpeechRow { OutputFormat = OutputFormat, OutputPath = OutputPath }, findings).Name,
            OutputPath = CellParser.Clean(OutputPath),
            NumberResults = expected ?? 1,
            MaxNewTokens = int.TryParse(
                MaxNewTokens, NumberStyles.Integer, CultureInfo.InvariantCulture, out int tokens) ? tokens : null,
            Speed = decimal.TryParse(
                Speed?.Replace(',', '.'), NumberStyles.Number, CultureInfo.InvariantCulture, out decimal speed)
                ? speed : null,
        };
        return findings.Problems.Count == 0 ? (id, expected, request) : throw Errors.InvalidRow(findings.Problems);
    }

    /// <summary>The row gives a format, by OutputFormat or by an extension.</summary>
    internal bool HasFormat => CellParser.Clean(OutputFormat) is not null
        || OutputPath is { } path && SpeechCatalog.FindFormatByExtension(Path.GetExtension(path)) is not null;
}
