namespace RunwareTts.Providers.Runware;

/// <summary>An error as the service gave it, whole: nothing of its words is lost on the way to the user.</summary>
public sealed class RunwareException : TtsException
{
    internal RunwareException(WireError wire, ErrorClass rule)
        : base($"Runware.{wire.SafeCode}", rule.Kind, wire.Describe(rule.Advice))
    {
        Code = wire.Code;
        Parameters = wire.Parameters;
        AllowedValues = wire.AllowedValues;
        Documentation = wire.Documentation;
        TaskUUID = wire.TaskUuid;
        HttpStatus = wire.Context.Status;
        EndsPipeline = rule.EndsPipeline;
        // A task that was taken and failed is over: sent again under its id it would be a conflict.
        bool isOver = (wire.TaskUuid is not null || rule.EndsTask) && (wire.Context.Status < 400 || wire.IsTaskState) && rule.Kind != TtsErrorKind.LimitsExceeded;
        // Under 400 the next answer may be whole; who sends again sends the same task, and pays for it once.
        IsTransient = rule.IsTransient && !isOver || wire is { IsUnreadable: true, Context.Status: 400 or 409 };
        NeedsNewTask = rule is { IsTransient: true, IsSpoken: false } && isOver;
        IsSpoken = rule.IsSpoken && isOver;
        IsTaskState = wire.IsTaskState;
        IsPushback = IsTransient && (rule.Kind == TtsErrorKind.LimitsExceeded || wire.Context.Status is 503 or 504);
        IsInDoubt = IsTransient && wire.Context.Status is not (>= 400 and < 500);
        IsTaskConflict = wire.Code.Equals("conflictTaskUUID", StringComparison.OrdinalIgnoreCase);
        RetryAfter = wire.Context.RetryAfter;
    }

    /// <summary>The raw code, such as <c>invalidApiKey</c>.</summary>
    public string Code { get; }

    /// <summary>The request fields that the error is about, such as <c>speech.text</c>.</summary>
    public IReadOnlyList<string> Parameters { get; }

    public IReadOnlyList<string> AllowedValues { get; }

    public string? Documentation { get; }

    public int HttpStatus { get; }

    /// <summary>It says how the task ended, and not how asking for it went.</summary>
    internal bool IsTaskState { get; }

    internal static RunwareException From(WireError wire) => new(wire, ErrorClass.Of(wire.Code, wire.Context.Status));
}
