using System.Globalization;
using RunwareTts.Catalog;
using RunwareTts.Requests;

namespace RunwareTts;

/// <summary>The errors of this module by name: id, kind and words stand together, here and nowhere else.</summary>
internal static class Errors
{
    public static TtsException InvalidRow(IReadOnlyList<Problem> problems) =>
        new($"InvalidRequest.{problems[0].Parameter}", TtsErrorKind.InvalidArgument, string.Join(" ", problems.Select(p => p.Message)));

    public static TtsException Invalid(string parameter, string message) => InvalidRow([new Problem(parameter, message)]);

    public static TtsException UnknownLanguage(string value) =>
        Invalid("Language", $"Language '{value}' is not one that the models speak. Allowed: {string.Join(", ", SpeechCatalog.Languages.Select(l => l.Name))}, or an ISO code such as en or de-DE.");

    public static TtsException ApiKeyMissing(string? connectedEndpoint, Uri endpoint) =>
        new("ApiKeyMissing", TtsErrorKind.AuthenticationError, connectedEndpoint is null
            ? "There is no Runware API key. Set $env:RUNWARE_API_KEY, or run Connect-TtsService -ApiKey (Read-Host -AsSecureString); to work with no key and no network, run Connect-TtsService -Offline, which speaks draft voices on this machine."
            : $"The key of this session belongs to {connectedEndpoint} and is not sent to {endpoint}. Give -ApiKey beside -Endpoint.")
        {
            EndsPipeline = true,
        };

    public static TtsException BadEndpoint(string value, string why) =>
        new("InvalidRequest.Endpoint", TtsErrorKind.InvalidArgument, $"Endpoint '{value}' {why} It is an absolute https URL such as https://api.runware.ai/v1; http is allowed to this machine only, because the key goes there.")
        {
            EndsPipeline = true,
        };

    public static TtsException Unanswered(Uri endpoint, Exception cause) =>
        new("ServiceUnreachable", TtsErrorKind.ConnectionError, $"No answer from {endpoint}: {Innermost(cause)}", cause)
        {
            IsTransient = true,
            IsUnanswered = true,
        };

    public static TtsException Unreachable(int attempts, TtsException last) =>
        new("ServiceUnreachable", TtsErrorKind.ConnectionError, $"{last.Message} Tried {attempts} times; nothing was answered. Check the network, the proxy and -Endpoint, then run it again. Without a network, Connect-TtsService -Offline speaks draft voices.", last)
        {
            EndsPipeline = true,
        };

    public static TtsException TaskTimeout(Guid task, TimeSpan timeout) =>
        new("TaskTimeout", TtsErrorKind.OperationTimeout, $"Task {task} was not finished after {timeout.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture)} s. It may still finish and be paid for: fetch it with Wait-TtsTask -TaskUUID {task}.");

    public static TtsException TaskUnknown(Guid task, TimeSpan waited) =>
        new("TaskUnknown", TtsErrorKind.ObjectNotFound, $"The service has known nothing of task {task} for {waited.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture)} s. Check the id, the key's account and the endpoint; old results are kept for a limited time only.");

    public static TtsException DownloadFailed(string what, string why, TtsSpeech speech, Exception? cause = null) =>
        new("DownloadFailed", TtsErrorKind.ConnectionError, $"The audio of task {speech.TaskUUID} was spoken but not saved: {what} {why} Nothing has to be paid again: run Wait-TtsTask -TaskUUID {speech.TaskUUID} to fetch it.", cause)
        {
            Speech = speech,
        };

    public static TtsException AudioInvalid(string path, string why, TtsSpeech speech) =>
        new("AudioInvalid", TtsErrorKind.InvalidResult, $"What came for {path} is not the audio that was asked for: {why} It was not saved; fetch it again with Wait-TtsTask -TaskUUID {speech.TaskUUID}.")
        {
            Speech = speech,
        };

    public static TtsException WriteFailed(string path, Exception cause, TtsSpeech speech) =>
        new("OutputNotWritten", TtsErrorKind.WriteError, $"{path} could not be written: {cause.Message} Nothing has to be paid again: run Wait-TtsTask -TaskUUID {speech.TaskUUID} -OutputPath with a place that can be written.", cause)
        {
            Speech = speech,
        };

    public static TtsException OutputExists(string path) =>
        new("OutputExists", TtsErrorKind.ResourceExists, $"{path} exists already. Nothing was spoken or paid for. Use -Force to overwrite it, or another OutputPath.");

    public static TtsException OutputPathTaken(string path) =>
        new("OutputPathTaken", TtsErrorKind.ResourceExists, $"{path} belongs to an earlier row of this pipeline (names that differ only in case count as one). Nothing was spoken or paid for. Give each row an OutputPath or Id of its own.");

    public static TtsException OutputOutsideDirectory(string value, string why) =>
        new("OutputOutsideDirectory", TtsErrorKind.PermissionDenied, $"OutputPath '{value}' {why} Beside -OutputDirectory it is a plain relative path inside that folder, such as 'intro/welcome.mp3'.");

    public static TtsException NotSupported(string parameter, string provider, string why) =>
        new($"NotSupported.{parameter}", TtsErrorKind.NotImplemented, $"{provider} cannot do {parameter}: {why}");

    public static TtsException ToolMissing(string program, string why, string install) =>
        new("OfflineToolMissing", TtsErrorKind.NotInstalled, $"{why} It needs the program {program}, which was not found on PATH. Install it with: {install}");

    public static TtsException ToolFailed(string program, string why) =>
        new("OfflineToolFailed", TtsErrorKind.InvalidResult, $"{program} failed: {why}");

    public static TtsException VoiceNotFound(string name) =>
        new("VoiceNotFound", TtsErrorKind.ObjectNotFound, $"There is no voice '{name}'. Known: {string.Join(", ", SpeechCatalog.Voices.Select(v => v.Name))}.");

    public static TtsException BadPrefix(string why, string right) =>
        Invalid("Prefix", $"{why} It is http://host:port/ (https under Windows) with a slash at its end: write {right}");

    public static TtsException BadToken(int length, int least) =>
        Invalid("Token", $"Token {(length == 0 ? "is blank" : $"has only {length.ToString(CultureInfo.InvariantCulture)} characters")}; it is all that keeps strangers from sending results here, so it has at least {least.ToString(CultureInfo.InvariantCulture)}. Make one by $token = [guid]::NewGuid().ToString('N'), and end the -WebhookUrl of the requests with ?token=$token.");

    public static TtsException PrefixInUse(string prefix, Exception cause) =>
        new("PrefixInUse", TtsErrorKind.ResourceUnavailable, $"Something listens on {prefix} already. End it (perhaps another Receive-TtsWebhook in a job), or choose another port and use it in the WebhookUrl too.", cause);

    public static TtsException PrefixDenied(string prefix, Exception cause) =>
        new("PrefixDenied", TtsErrorKind.PermissionDenied, $"This account may not listen on {prefix} Under Windows, run once as administrator: netsh http add urlacl url={prefix} user=\"$env:USERDOMAIN\\$env:USERNAME\". Elsewhere ports below 1024 belong to root: choose one such as 8090.", cause);

    public static TtsException PrefixUnavailable(string prefix, Exception cause) =>
        new("PrefixUnavailable", TtsErrorKind.ResourceUnavailable, $"{prefix} cannot be listened on: {cause.Message.TrimEnd('.')}. Its host is a name or an IPv4 address of this machine, or + for all of them.", cause);

    public static TtsException Unexpected(Exception cause) =>
        new("Unexpected", TtsErrorKind.InvalidResult, $"This is a fault of RunwareTts, not of the row: {cause.GetType().Name}: {cause.Message} Please report it.", cause);

    private static string Innermost(Exception cause) => cause.InnerException is { } inner ? Innermost(inner) : cause.Message;
}
