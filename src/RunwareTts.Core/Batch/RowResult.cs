namespace RunwareTts.Batch;

/// <summary>The result of one row, which only the batch turns into events.</summary>
internal sealed record RowResult
{
    public static readonly RowResult Nothing = new();

    public IReadOnlyList<TtsSpeech> Speeches { get; init; } = [];

    public TtsTask? Task { get; init; }

    public TtsValidation? Validation { get; init; }

    /// <summary>The preset voice that was sent in place of auto; else null.</summary>
    public string? Chosen { get; init; }

    public IReadOnlyList<string> Warnings { get; init; } = [];

    public IReadOnlyList<TtsException> Errors { get; init; } = [];

    public bool EndsPipeline => Errors.Any(error => error.EndsPipeline);

    public static RowResult Of(TtsException error) => new() { Errors = [error] };

    /// <summary>Its events in the order for the user; each message begins with the row.</summary>
    /// <param name="row">The row's name.</param>
    /// <param name="source">The row as it was given.</param>
    public IEnumerable<BatchEvent> ToEvents(string row, object? source)
    {
        foreach (string warning in Warnings)
            yield return new BatchEvent.Warned(RowName.Prefix(row, warning));
        foreach (TtsSpeech speech in Speeches)
            yield return new BatchEvent.SpeechMade(speech);
        if (Task is not null)
            yield return new BatchEvent.TaskSubmitted(Task);
        if (Validation is not null)
            yield return new BatchEvent.Validated(Validation);
        foreach (TtsException error in Errors)
            yield return new BatchEvent.RowFailed(OfRow(error, row), source);
    }

    // An error that ends the pipeline is about no row, unless the row's task may have been accepted.
    private static TtsException OfRow(TtsException error, string row) =>
        error.EndsPipeline && !error.IsInDoubt || RowName.BeginsWith(row, error.Message) ? error : error.OfRow(row);
}
