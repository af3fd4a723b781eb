namespace RunwareTts;

/// <summary>
/// The exception of this module. Its message says what happened, which value, what is allowed and what to do next.
/// </summary>
public class TtsException : Exception
{
    private string? _row;

    public TtsException(string errorId, TtsErrorKind kind, string message, Exception? innerException = null)
        : base(VisibleText.Of(message), innerException)
    {
        ErrorId = VisibleText.Of(errorId);
        Kind = kind;
    }

    /// <summary>One line, without terminal control characters. In a batch the row comes first.</summary>
    public override string Message => _row is null ? base.Message : $"{_row}: {base.Message}";

    /// <summary>The stable id, such as <c>InvalidRequest.Text</c> or <c>OutputExists</c>.</summary>
    public string ErrorId { get; }

    public TtsErrorKind Kind { get; }

    /// <summary>Every other row would fail too, so the pipeline ends with this one error.</summary>
    public bool EndsPipeline { get; init; }

    /// <summary>The same request may succeed when it is repeated.</summary>
    public bool IsTransient { get; init; }

    /// <summary>The service is busy: fewer tasks should be in flight.</summary>
    public bool IsPushback { get; init; }

    /// <summary>The task failed for good; a new task may succeed.</summary>
    public bool NeedsNewTask { get; init; }

    /// <summary>The speech was generated and charged, but not delivered.</summary>
    public bool IsSpoken { get; init; }

    /// <summary>How long to wait before the next try of a transient error.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>There was no answer at all, as opposed to a refusal or an incomplete answer.</summary>
    public bool IsUnanswered { get; init; }

    /// <summary>The task may have been accepted: it was sent, and no readable answer denies it.</summary>
    public bool IsInDoubt { get; init; }

    /// <summary>The task of the error, where it may have been accepted.</summary>
    public Guid? TaskUUID { get; init; }

    /// <summary>The service has this task already: after a lost answer, the request had arrived.</summary>
    public bool IsTaskConflict { get; init; }

    /// <summary>
    /// What the service allows in place of a voice that it refuses by name, empty if it does not say it; null for any
    /// other error.
    /// </summary>
    internal IReadOnlyList<string>? VoicesAllowed { get; init; }

    /// <summary>The audio is no longer at its URL.</summary>
    internal bool IsGone { get; init; }

    /// <summary>The result that was charged: its TaskUUID, AudioUrl and Cost lead back to the audio.</summary>
    public TtsSpeech? Speech { get; init; }

    /// <summary>A copy with the row in front of the message; several rows may share the error.</summary>
    internal TtsException OfRow(string row)
    {
        TtsException copy = (TtsException)MemberwiseClone();
        copy._row = _row is null ? row : $"{row}: {_row}";
        return copy;
    }
}
