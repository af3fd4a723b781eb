using System.Globalization;

namespace RunwareTts;

internal static partial class Errors
{
    public static TtsException ApiKeyMissing(string? connectedEndpoint, Uri endpoint) =>
        new("ApiKeyMissing", TtsErrorKind.AuthenticationError, connectedEndpoint is null
            ? "There is no Runware API key. Set $env:RUNWARE_API_KEY, or run Connect-TtsService -ApiKey (Read-Host -AsSecureString); to work with no key and no network, run Connect-TtsService -Offline, which speaks draft voices on this machine."
            : $"The key of this session belongs to {connectedEndpoint} and is not sent to {endpoint}. Give -ApiKey beside -Endpoint.")
        {
            EndsPipeline = true,
        };

    public static TtsException BadEndpoint(string value, string why) =>
        new("InvalidRequest.Endpoint", TtsErrorKind.InvalidArgument, $"Endpoint '{Presigned.Mask(value)}' {why} It is an absolute https URL such as https://api.runware.ai/v1; http is allowed to this machine only, because the key goes there.")
        {
            EndsPipeline = true,
        };

    public static TtsException NotConnected() =>
        new("ApiKeyMissing", TtsErrorKind.AuthenticationError, "The last Connect-TtsService failed, and nothing is spoken in its place. Connect again, or Disconnect-TtsService to use the environment's key.")
        {
            EndsPipeline = true,
        };

    public static TtsException BadKey() =>
        new("InvalidRequest.ApiKey", TtsErrorKind.InvalidArgument, "The API key has a blank, a line break or a character that no key has. Copy it again.") { EndsPipeline = true };

    /// <param name="endpoint">Who was asked.</param>
    /// <param name="cause">What went wrong.</param>
    /// <param name="patience">How long was waited, where that was the end of it; else null.</param>
    /// <param name="mayHaveArrived">The request may have left.</param>
    public static TtsException Unanswered(Uri endpoint, Exception cause, TimeSpan? patience, bool mayHaveArrived) =>
        new("ServiceUnreachable", TtsErrorKind.ConnectionError, $"No answer from {endpoint}: "
            + $"{Why(cause, patience)}", cause)
        {
            IsTransient = true,
            IsUnanswered = true,
            IsInDoubt = mayHaveArrived,
        };

    public static TtsException AnswerLost(Uri endpoint, Exception cause, TimeSpan? patience) =>
        new("ServiceUnreachable", TtsErrorKind.ConnectionError, $"The answer of {endpoint} broke off: "
            + $"{Why(cause, patience)}", cause)
        {
            IsTransient = true,
            IsInDoubt = true,
        };

    /// <summary>A proxy on the way said no before anything left: no other request can do better.</summary>
    public static TtsException ProxyRefused(Uri endpoint, int status, Exception cause) =>
        new("ServiceUnreachable", status == 407 ? TtsErrorKind.AuthenticationError : TtsErrorKind.ConnectionError,
            $"The proxy on the way to {endpoint} answered HTTP {status.ToString(CultureInfo.InvariantCulture)}. "
            + (status == 407 ? Providers.Runware.ErrorClass.ProxyAdvice
                : "It does not let this machine through: ask whoever runs it, or set NO_PROXY for this host if it can "
                + "be reached directly.")
            + " Nothing was sent.", cause)
        {
            EndsPipeline = true,
        };

    public static TtsException DryRunSpoken(Guid task) =>
        new("Runware.dryRunIgnored", TtsErrorKind.InvalidResult, $"The service spoke what was only to be priced, and may have charged it: the audio of task {task} can be fetched with Wait-TtsTask -TaskUUID {task}. Nothing more is asked; leave -Remote out.") { EndsPipeline = true, TaskUUID = task };

    private static string Why(Exception cause, TimeSpan? patience) => patience is { } time
        ? $"no data for {time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture)} s."
        : Sentence.End(Innermost(cause));

    private static string Innermost(Exception cause) => cause.InnerException is { } inner ? Innermost(inner) : cause.Message;
}
