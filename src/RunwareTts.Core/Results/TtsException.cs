namespace RunwareTts;

/// <summary>The one exception of this module. Its message says what, which value, what is allowed and what to do next.</summary>
public class TtsException : Exception
{
    private string? _row;

    public TtsException(string errorId, TtsErrorKind kind, string message, Exception? innerException = null)
        : base(VisibleText.Of(message), innerException)
    {
        ErrorId = VisibleText.Of(errorId);
        Kind = kind;
    }

    /// <summary>One line, without a character that a terminal would obey. In a batch the row comes first.</summary>
    public override string Message => _row is null ? base.Message : $"{_row}: {base.Message}";

    /// <summary>The stable id, such as <c>InvalidRequest.Text</c> or <c>OutputExists</c>.</summary>
    public string ErrorId { get; }

    public TtsErrorKind Kind { get; }

    /// <summary>No other row can do better, so the pipeline ends with this one error.</summary>
    public bool EndsPipeline { get; init; }

    /// <summary>The same request may succeed a moment later.</summary>
    public bool IsTransient { get; init; }

    /// <summary>The service has too much to do: fewer tasks at once do better.</summary>
    public bool IsPushback { get; init; }

    /// <summary>The work on a task failed, and the task is over; a new one may do better.</summary>
    public bool NeedsNewTask { get; init; }

    /// <summary>The speech was made and paid for, and did not get to where it should go.</summary>
    public bool IsSpoken { get; init; }

    /// <summary>A transient error that says how long to wait before the next try.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Nobody answered at all, as opposed to an answer that says no or breaks off.</summary>
    public bool IsUnanswered { get; init; }

    /// <summary>The task may have been taken all the same: it was sent, and no readable answer says that it was not.</summary>
    public bool IsInDoubt { get; init; }

    /// <summary>The task that this is about, where it may have been taken.</summary>
    public Guid? TaskUUID { get; init; }

    /// <summary>The service has this task already: after a lost answer that means it did arrive.</summary>
    public bool IsTaskConflict { get; init; }

    /// <summary>The audio is not at its URL any more, for good.</summary>
    internal bool IsGone { get; init; }

    /// <summary>What was paid for all the same: its TaskUUID, AudioUrl and Cost lead back to the audio.</summary>
    public TtsSpeech? Speech { get; init; }

    /// <summary>The same error, said of a row. The error itself may be that of other rows too.</summary>
    internal TtsException OfRow(string row)
    {
        TtsException copy = (TtsException)MemberwiseClone();
        copy._row = _row is null ? row : $"{row}: {_row}";
        return copy;
    }
}
