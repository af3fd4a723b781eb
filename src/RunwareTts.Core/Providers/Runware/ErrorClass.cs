namespace RunwareTts.Providers.Runware;

/// <summary>
/// What a raw error code means for a caller. The service publishes no catalogue, so whole families are read by
/// the words in their names; a code of no family is read by its HTTP status.
/// </summary>
internal sealed record ErrorClass(TtsErrorKind Kind, bool IsTransient, bool EndsPipeline, string Advice)
{
    public const string ProxyAdvice = "The proxy on the way wants a name and password: "
        + "set them in $env:HTTPS_PROXY as http://name:password@proxy:port, or in "
        + "[System.Net.Http.HttpClient]::DefaultProxy.Credentials (Windows PowerShell: "
        + "[System.Net.WebRequest]::DefaultWebProxy.Credentials).";
    public const string SignInAdvice = "This network wants a sign-in first: "
        + "open any page in a browser, sign in, and run again.";

    // None of these come from the service, and no other row can do better.
    private static readonly ErrorClass Redirect = new(TtsErrorKind.ConnectionError, false, true, "The key was not "
        + "sent there, and nothing was taken. Check -Endpoint (or $env:RUNWARE_API_URL): "
        + "a redirect is never followed, because the key goes to that address only.");
    private static readonly ErrorClass Proxy = new(TtsErrorKind.AuthenticationError, false, true, ProxyAdvice
        + " Nothing was taken.");
    private static readonly ErrorClass SignIn = new(TtsErrorKind.ConnectionError, false, true, SignInAdvice
        + " Nothing was taken.");
    private static readonly ErrorClass Address = new(TtsErrorKind.ConnectionError, false, true, "No task API of "
        + "Runware is at this address, or a proxy or gateway in front of it does not let requests through as they are: "
        + "check -Endpoint. Nothing was taken.");

    private static readonly ErrorClass TooLarge = new(TtsErrorKind.LimitsExceeded, false, false, "The request of "
        + "this row is larger than the endpoint, or a proxy or gateway in front of it, takes. Nothing was taken. "
        + "Make the row smaller, or have that limit raised.");
    private static readonly ErrorClass Legal = new(TtsErrorKind.PermissionDenied, false, false,
        "It is refused for legal reasons, of this text or of the place that you ask from. Nothing was taken.");
    private static readonly ErrorClass Misdirected = new(TtsErrorKind.ResourceUnavailable, true, false,
        "The connection led to another server than it should: run this row again.");
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
        if (OfStatus(httpStatus) is { } sure)
            return sure;
        foreach ((ErrorClass family, string[] words) in Families)
        {
            if (words.Any(word => code.Contains(word, StringComparison.OrdinalIgnoreCase)))
                return family;
        }

        return httpStatus switch
        {
            // Without a known code it may be a guard before the service that dislikes one text.
            403 => Permission with { EndsPipeline = false },
            404 => NotFound,
            408 or 504 => Timeout,
            413 => TooLarge,
            421 or 425 => Misdirected,
            429 => Busy,
            451 => Legal,
            >= 500 => Server,
            _ => Validation,
        };
    }

    // These say more than any word of a body, which may not even be the service's.
    private static ErrorClass? OfStatus(int httpStatus) => httpStatus switch
    {
        >= 300 and < 400 => Redirect,
        401 => Authentication,
        402 => Balance,
        407 => Proxy,
        511 => SignIn,
        405 or 406 or 411 or 414 or 415 or 417 or 426 or 431 or 501 or 505 => Address,
        _ => null,
    };
}
