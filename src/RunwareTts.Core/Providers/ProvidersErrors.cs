using System.Globalization;

namespace RunwareTts;

internal static partial class Errors
{
    public static TtsException ApiKeyMissing(string? connectedEndpoint, Uri endpoint) =>
        new("ApiKeyMissing", TtsErrorKind.AuthenticationError, connectedEndpoint is null
            ? "There is no Runware API key. Set $env:RUNWARE_API_KEY, or run Connect-TtsService -ApiKey "
                + "(Read-Host -AsSecureString). To work without a key or a network, run Connect-TtsService -Offline, "
                + "which generates speech with draft voices on this machine."
            : $"The key of this session belongs to {connectedEndpoint} and is not sent to {endpoint}. "
                + "Give -ApiKey together with -Endpoint.")
            { EndsPipeline = true };

    public static TtsException BadEndpoint(string value, string why) =>
        new("InvalidRequest.Endpoint", TtsErrorKind.InvalidArgument,
            $"Endpoint '{Presigned.Mask(value)}' {why} It is an absolute https URL such as "
            + "https://api.runware.ai/v1; http is allowed to this machine only, because the key goes there.")
            { EndsPipeline = true };

    public static TtsException NotConnected() =>
        new("ApiKeyMissing", TtsErrorKind.AuthenticationError,
            "The last Connect-TtsService failed, and no other connection is used in its place. Connect again, "
            + "or run Disconnect-TtsService to use the environment's key.")
            { EndsPipeline = true };

    public static TtsException BadKey() =>
        new("InvalidRequest.ApiKey", TtsErrorKind.InvalidArgument,
            "The API key has a blank, a line break or another character that no key has. Copy it again.")
            { EndsPipeline = true };

    public static TtsException Unanswered(Uri endpoint, Exception cause, TimeSpan? patience, bool mayHaveArrived) =>
        new("ServiceUnreachable", TtsErrorKind.ConnectionError,
            $"No answer from {endpoint}: {Why(cause, patience)}", cause)
        {
            IsTransient = true,
            IsUnanswered = true,
            IsInDoubt = mayHaveArrived,
        };

    public static TtsException AnswerLost(Uri endpoint, Exception cause, TimeSpan? patience) =>
        new("ServiceUnreachable", TtsErrorKind.ConnectionError,
            $"The answer of {endpoint} broke off: {Why(cause, patience)}", cause)
        {
            IsTransient = true,
            IsInDoubt = true,
        };

    /// <summary>A proxy refused before anything left, and would refuse any other request too.</summary>
    public static TtsException ProxyRefused(Uri endpoint, int status, Exception cause)
    {
        bool wantsPassword = status == 407;
        string advice = wantsPassword ? Providers.Http.NetworkAdvice.Proxy
            : "It does not let this machine through: ask its administrator, or set NO_PROXY for this host if it can "
                + "be reached directly.";
        string message = string.Format(CultureInfo.InvariantCulture,
            "The proxy on the way to {0} answered HTTP {1}. {2} Nothing was sent.", endpoint, status, advice);
        return new("ServiceUnreachable",
            wantsPassword ? TtsErrorKind.AuthenticationError : TtsErrorKind.ConnectionError, message, cause)
            { EndsPipeline = true };
    }

    public static TtsException DryRunSpoken(Guid task) =>
        new("Runware.dryRunIgnored", TtsErrorKind.InvalidResult,
            "The service was asked for a price only, and generated the audio; you may have been charged. Fetch it with "
            + $"Wait-TtsTask -TaskUUID {task}. No more prices are asked for; leave -Remote out.")
            { EndsPipeline = true, TaskUUID = task };

    /// <summary>The task of the row was not sent, so nothing is in doubt.</summary>
    public static TtsException ClipNotUploaded(TtsException cause) =>
        new(cause.ErrorId, cause.Kind, $"The ReferenceAudio could not be uploaded: {cause.Message}", cause)
        {
            IsTransient = true,
            IsPushback = cause.IsPushback,
            IsUnanswered = cause.IsUnanswered,
            RetryAfter = cause.RetryAfter,
        };

    /// <summary>
    /// The clip is uploaded when its task is sent again: the same one if it was refused, else a new one.
    /// </summary>
    public static TtsException ClipLost(Providers.Runware.RunwareException cause, bool isRefused) =>
        new(cause.ErrorId, TtsErrorKind.InvalidArgument, cause.Message, cause)
        {
            IsTransient = isRefused,
            NeedsNewTask = !isRefused,
            TaskUUID = cause.TaskUUID,
        };

    /// <summary>Neither an upload nor the data itself was accepted.</summary>
    public static TtsException ClipRefused(Providers.Runware.RunwareException cause, TtsException upload) =>
        new(cause.ErrorId, cause.Kind, $"{cause.Message} The clip was sent as data because its upload was refused: "
            + upload.Message, cause) { TaskUUID = cause.TaskUUID };

    public static TtsException ClipChanged(string path) =>
        Invalid("ReferenceAudio", $"{path} has changed since it was checked, and was not sent. Run the row again when "
            + "no other program writes the file.");

    public static TtsException ClipNotReadable(string path, Exception cause) =>
        Invalid("ReferenceAudio", $"{path} cannot be read: {Sentence.End(cause.Message)} Check the path and your "
            + "rights, and that no other program locks the file.");

    private static string Why(Exception cause, TimeSpan? patience) => patience is { } time
        ? string.Format(CultureInfo.InvariantCulture, "no data for {0:0.###} s.", time.TotalSeconds)
        : Sentence.End(Innermost(cause));

    private static string Innermost(Exception cause) =>
        cause.InnerException is { } inner ? Innermost(inner) : cause.Message;
}
