namespace RunwareTts.Batch;

/// <summary>Something that a batch reports to the pipeline thread, which alone may write it.</summary>
public abstract record BatchEvent
{
    private BatchEvent()
    {
    }

    public sealed record SpeechMade(TtsSpeech Speech) : BatchEvent;

    public sealed record TaskSubmitted(TtsTask Task) : BatchEvent;

    public sealed record Validated(TtsValidation Validation) : BatchEvent;

    /// <param name="Error">The error.</param>
    /// <param name="Source">The row as it was given.</param>
    public sealed record RowFailed(TtsException Error, object? Source) : BatchEvent;

    public sealed record Warned(string Message) : BatchEvent;

    /// <param name="Done">Rows with a result.</param>
    /// <param name="Failed">Rows with an error.</param>
    /// <param name="Left">Rows that are left; null until the last row was piped.</param>
    /// <param name="Cost">USD paid by this run so far.</param>
    /// <param name="Rate">Rows a second.</param>
    public sealed record Progressed(int Done, int Failed, int? Left, decimal Cost, double Rate) : BatchEvent
    {
        /// <summary>The parts of long texts; null where there are none.</summary>
        public PartProgress? Parts { get; init; }

        /// <summary>Generated parts a second.</summary>
        public double PartRate { get; init; }

        /// <summary>Percent of all rows and parts; null until the last row was piped.</summary>
        public int? Percent { get; init; }

        /// <summary>At this pace; null until the last row was piped.</summary>
        public int? SecondsLeft { get; init; }
    }

    /// <summary>For -Verbose.</summary>
    public sealed record Verbose(string Message) : BatchEvent;
}
