using RunwareTts.Providers.Http;

using static RunwareTts.TtsErrorKind;

namespace RunwareTts.Providers.Runware;

/// <summary>
/// What a raw error code means for a caller. The service publishes no catalogue, so whole families are recognized by
/// the words in their names; a code of no family is read by its HTTP status.
/// </summary>
internal sealed record ErrorClass(TtsErrorKind Kind, string Advice)
{
    private const string NotCharged = " You were not charged.";

    // None of these come from the service, and no other row can do better.
    private static readonly ErrorClass Redirect = new(ConnectionError,
        "The key was not sent there." + NotCharged + " Check -Endpoint (or $env:RUNWARE_API_URL): "
        + "a redirect is never followed, because the key is sent to that address only.") { EndsPipeline = true };
    private static readonly ErrorClass Proxy = new(AuthenticationError, NetworkAdvice.Proxy + NotCharged)
        { EndsPipeline = true };
    private static readonly ErrorClass SignIn = new(ConnectionError, NetworkAdvice.SignIn + NotCharged)
        { EndsPipeline = true };
    private static readonly ErrorClass Address = new(ConnectionError,
        "No task API of Runware is at this address, or a proxy or gateway in front of it changes requests: "
        + "check -Endpoint." + NotCharged) { EndsPipeline = true };

    private static readonly ErrorClass TooLarge = new(LimitsExceeded,
        "The request of this row is larger than the endpoint, or a proxy or gateway in front of it, accepts."
        + NotCharged + " Make the row smaller, or have that limit raised.");
    private static readonly ErrorClass Legal = new(PermissionDenied,
        "It is refused for legal reasons, because of this text or your location." + NotCharged);
    private static readonly ErrorClass Misdirected = new(ResourceUnavailable,
        "The connection led to the wrong server: run this row again.") { IsTransient = true };
    private static readonly ErrorClass Authentication = new(AuthenticationError,
        "Check the key: $env:RUNWARE_API_KEY or Connect-TtsService -ApiKey.") { EndsPipeline = true };
    private static readonly ErrorClass Permission = new(PermissionDenied,
        "The key or its account does not have this permission.") { EndsPipeline = true };
    private static readonly ErrorClass Balance = new(LimitsExceeded,
        "Top up the account, then run the rows that are left.") { EndsPipeline = true };
    private static readonly ErrorClass Busy = new(LimitsExceeded,
        "The service is busy: run this row again, with a lower -ThrottleLimit.") { IsTransient = true };
    private static readonly ErrorClass Safety = new(PermissionDenied,
        "The service declined the content; change the text.");
    private static readonly ErrorClass Timeout = new(OperationTimeout, "Run this row again.") { IsTransient = true };
    private static readonly ErrorClass NotFound = new(ObjectNotFound, "Check the id or the model.");
    private static readonly ErrorClass Server = new(ResourceUnavailable,
        "The fault is the service's: run this row again.") { IsTransient = true };
    private static readonly ErrorClass Work = Server with { EndsTask = true };
    private static readonly ErrorClass Transfer = Work with
    {
        IsSpoken = true,
        Advice = "The audio was generated, but could not be delivered: check the UploadEndpoint. If you run the row "
            + "again, you will be charged again.",
    };
    private static readonly ErrorClass Validation = new(InvalidArgument, "Change the row.");

    private static readonly ErrorClass Clip = new(InvalidArgument,
        "The service does not have this ReferenceAudio, or cannot use it: give a file, the URL of a clip, or the UUID "
        + "of media that it still stores.");

    // The first family with a word that the code contains.
    private static readonly (ErrorClass Class, string[] Words)[] Families =
    [
        (Validation, ["conflictTaskUUID", "duplicate"]),
        (Authentication,
        [
            "ApiKey", "unauthorized", "authentication", "authFailed", "credential", "authTimeout", "tokenExpired",
            "tokenInvalid", "tokenMissing", "tokenRevoked",
        ]),
        (Permission,
        [
            "forbidden", "permission", "Suspended", "accountDisabled", "organizationDisabled", "workspaceDisabled",
        ]),
        (Balance, ["Credits", "Quota", "insufficientBalance", "balanceToo", "paymentRequired"]),
        (Busy, ["RateLimit"]),
        (Safety, ["contentPolicy", "ContentDetected", "Blocked", "moderation"]),
        (Timeout, ["timeout"]),
        (NotFound, ["NotFound", "Expired", "taskCancelled", "unknownModel"]),
        (Server,
        [
            "internalServerError", "Unavailable", "standardError", "unknownError", "undefinedError", "defaultError",
            "unrecognizedResponse", "errorRetrieving", "noAvailableServer", "NotReady", "modelDisabled",
            "CouldNotBeMoved",
        ]),
        (Validation, ["invalid", "missing", "unsupported", "unknownParameter", "incompatible", "validation"]),
        (Transfer, ["downloadFailed", "uploadFailed"]),
        (Work, ["provider", "inferenceError", "processingFailed", "taskFailed"]),
    ];

    public bool IsTransient { get; init; }

    public bool EndsPipeline { get; init; }

    /// <summary>It says that the work itself failed: only a new task can do better.</summary>
    public bool EndsTask { get; init; }

    /// <summary>The speech was generated and paid for; so would a new task be, with the same error.</summary>
    public bool IsSpoken { get; init; }

    /// <summary>It may say no more than that asking went wrong.</summary>
    public bool MayPass => IsTransient && !EndsTask;

    /// <summary>The class of an error about a clip. Only what passes is another matter.</summary>
    public static ErrorClass OfClip(ErrorClass found) => found.IsTransient || found.IsSpoken ? found : Clip;

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
