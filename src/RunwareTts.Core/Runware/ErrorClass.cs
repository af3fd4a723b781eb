namespace RunwareTts.Runware;

/// <summary>
/// What a raw error code means for a caller. The service publishes no catalogue, so whole families are read by
/// the words in their names; a code of no family is read by its HTTP status.
/// </summary>
internal sealed record ErrorClass(TtsErrorKind Kind, bool IsTransient, bool EndsPipeline, string Advice)
{
    private static readonly ErrorClass Authentication = new(TtsErrorKind.AuthenticationError, false, true, "Check the key: $env:RUNWARE_API_KEY or Connect-TtsService -ApiKey.");
    private static readonly ErrorClass Permission = new(TtsErrorKind.PermissionDenied, false, true, "The key or its account may not do this.");
    private static readonly ErrorClass Balance = new(TtsErrorKind.LimitsExceeded, false, true, "Top up the account, then run the rows that are left.");
    private static readonly ErrorClass Busy = new(TtsErrorKind.LimitsExceeded, true, false, "The service is busy: run this row again, with a lower -ThrottleLimit.");
    private static readonly ErrorClass Safety = new(TtsErrorKind.PermissionDenied, false, false, "The service declined the content; change the text.");
    private static readonly ErrorClass Timeout = new(TtsErrorKind.OperationTimeout, true, false, "Run this row again.");
    private static readonly ErrorClass NotFound = new(TtsErrorKind.ObjectNotFound, false, false, "Check the id or the model.");
    private static readonly ErrorClass Server = new(TtsErrorKind.ResourceUnavailable, true, false, "The fault is the service's: run this row again.");
    private static readonly ErrorClass Work = Server with { EndsTask = true };
    private static readonly ErrorClass Transfer = Work with { IsSpoken = true, Advice = "The audio was made and did not get to where it should go: check the UploadEndpoint. Run again, the row is paid for again." };
    private static readonly ErrorClass Validation = new(TtsErrorKind.InvalidArgument, false, false, "Change the row.");

    private static readonly (ErrorClass Class, string[] Words)[] Families =
    [
        (Validation, ["conflictTaskUUID", "duplicate"]),
        (Authentication, ["ApiKey", "unauthorized", "authentication", "authFailed", "credential", "authTimeout", "tokenExpired", "tokenInvalid", "tokenMissing", "tokenRevoked"]),
        (Permission, ["forbidden", "permission", "Suspended", "accountDisabled", "organizationDisabled", "workspaceDisabled"]),
        (Balance, ["Credits", "Quota", "insufficientBalance", "balanceToo", "paymentRequired"]),
        (Busy, ["RateLimit"]),
        (Safety, ["contentPolicy", "ContentDetected", "Blocked", "moderation"]),
        (Timeout, ["timeout"]),
        (NotFound, ["NotFound", "Expired", "taskCancelled", "unknownModel"]),
        (Server, ["internalServerError", "Unavailable", "standardError", "unknownError", "undefinedError", "defaultError", "unrecognizedResponse", "errorRetrieving", "noAvailableServer", "NotReady", "modelDisabled", "CouldNotBeMoved"]),
        (Validation, ["invalid", "missing", "unsupported", "unknownParameter", "incompatible", "validation"]),
        (Transfer, ["downloadFailed", "uploadFailed"]),
        (Work, ["provider", "inferenceError", "processingFailed", "taskFailed"]),
    ];

    /// <summary>It says that the work itself failed: only a new task can do better.</summary>
    public bool EndsTask { get; init; }

    /// <summary>The speech was made and paid for; a new task would be paid for too, and meet the same.</summary>
    public bool IsSpoken { get; init; }

    /// <summary>It may say no more than that asking went wrong.</summary>
    public bool MayPass => IsTransient && !EndsTask;

    public static ErrorClass Of(string code, int httpStatus)
    {
        // These two say more than any word.
        if (httpStatus is 401)
            return Authentication;
        if (httpStatus is 402)
            return Balance;
        foreach ((ErrorClass family, string[] words) in Families)
        {
            if (words.Any(word => code.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0))
                return family;
        }

        return httpStatus switch
        {
            // Without a known code it may be a guard before the service that dislikes one text.
            403 => Permission with { EndsPipeline = false },
            404 => NotFound,
            408 or 504 => Timeout,
            429 => Busy,
            >= 500 => Server,
            _ => Validation,
        };
    }
}
