namespace RunwareTts.Batch;

/// <summary>What a batch has to say, for the thread that may write to a pipeline.</summary>
public abstract record BatchEvent
{
    private BatchEvent()
    {
    }

    public sealed record Spoken(TtsSpeech Speech) : BatchEvent;

    public sealed record Submitted(TtsTask Task) : BatchEvent;

    public sealed record Validated(TtsValidation Validation) : BatchEvent;

    /// <param name="Error">The error.</param>
    /// <param name="Source">The row as it was given.</param>
    public sealed record Failed(TtsException Error, object? Source) : BatchEvent;

    public sealed record Warned(string Message) : BatchEvent;

    public sealed record Told(string Message) : BatchEvent;
}
