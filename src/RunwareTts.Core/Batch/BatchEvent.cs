namespace RunwareTts.Batch;

/// <summary>What a batch has to say, for the thread that may write to a pipeline.</summary>
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
    /// <param name="Left">Rows that are left, once the last has come.</param>
    /// <param name="Cost">USD paid by this run so far.</param>
    /// <param name="Rate">Rows a second.</param>
    public sealed record Progressed(int Done, int Failed, int? Left, decimal Cost, double Rate) : BatchEvent
    {
        /// <summary>Of the parts of long texts; null where there are none.</summary>
        public PartProgress? Parts { get; init; }

        /// <summary>Parts a second, without those that were there already.</summary>
        public double PartRate { get; init; }

        /// <summary>Of all rows and parts, once they are known.</summary>
        public int? Percent { get; init; }

        /// <summary>At this pace, once all rows are known.</summary>
        public int? SecondsLeft { get; init; }
    }

    /// <summary>For -Verbose.</summary>
    public sealed record Verbose(string Message) : BatchEvent;
}
