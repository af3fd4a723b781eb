namespace RunwareTts.Providers.Runware;

/// <summary>An error as the service gave it: none of its words is lost on the way to the user.</summary>
public sealed class RunwareException : TtsException
{
    private RunwareException(WireError wire, ErrorClass rule)
        : base($"Runware.{wire.SafeCode}", rule.Kind, wire.Describe(rule.Advice))
    {
        int status = wire.Context.Status;
        Code = wire.Code;
        Parameters = wire.Parameters;
        AllowedValues = wire.AllowedValues;
        Documentation = wire.Documentation;
        TaskUUID = wire.TaskUuid;
        HttpStatus = status;
        EndsPipeline = rule.EndsPipeline;
        // A task that was accepted and failed is over: sent again under its id it would be a conflict.
        bool isOver = (wire.TaskUuid is not null || rule.EndsTask) && (status < 400 || wire.IsTaskState)
            && rule.Kind != TtsErrorKind.LimitsExceeded;
        // The next answer may be whole; who sends again sends the same task, and pays for it once.
        bool mayBeRead = wire.IsUnreadable && status is 400 or 409;
        IsTransient = rule.IsTransient && !isOver || mayBeRead;
        NeedsNewTask = rule is { IsTransient: true, IsSpoken: false } && isOver;
        IsSpoken = rule.IsSpoken && isOver;
        IsTaskState = wire.IsTaskState;
        IsPushback = IsTransient && (rule.Kind == TtsErrorKind.LimitsExceeded || status is 503 or 504);
        IsInDoubt = IsTransient && status is not (>= 400 and < 500);
        IsTaskConflict = wire.Code.Equals("conflictTaskUUID", StringComparison.OrdinalIgnoreCase);
        RetryAfter = wire.Context.RetryAfter;
        IsAboutClip = wire.IsAboutClip;
        VoicesAllowed = rule.Kind == TtsErrorKind.InvalidArgument && !IsTransient && !IsTaskConflict
            && wire.Parameters.Any(IsVoice) ? wire.AllowedValues : null;
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

    /// <summary>It is about the clip that is to be cloned, or about its upload.</summary>
    internal bool IsAboutClip { get; }

    internal static RunwareException From(WireError wire)
    {
        ErrorClass rule = ErrorClass.Of(wire.Code, wire.Context.Status);
        bool isAboutClip = !wire.IsUnreadable && MediaFault.IsIn(wire, rule.Kind);
        return new RunwareException(
            wire with { IsAboutClip = isAboutClip }, isAboutClip ? ErrorClass.OfClip(rule) : rule);
    }

    private static bool IsVoice(string parameter) =>
        parameter.Equals("speech.voice", StringComparison.OrdinalIgnoreCase)
        || parameter.Equals("voice", StringComparison.OrdinalIgnoreCase);
}
