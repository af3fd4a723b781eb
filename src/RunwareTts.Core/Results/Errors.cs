using System.Globalization;
using RunwareTts.Catalog;
using RunwareTts.Requests;

namespace RunwareTts;

/// <summary>The errors of this module by name: id, kind and words stand together, here and nowhere else.</summary>
internal static partial class Errors
{
    public static TtsException InvalidRow(IReadOnlyList<Problem> problems) =>
        new($"InvalidRequest.{problems[0].Parameter}", TtsErrorKind.InvalidArgument, string.Join(" ", problems.Select(p => p.Message)));

    public static TtsException Invalid(string parameter, string message) => InvalidRow([new Problem(parameter, message)]);

    public static TtsException UnknownLanguage(string value) =>
        Invalid("Language", $"Language '{value}' is not one that the models "
            + $"speak.{Words.DidYouMean(NearLanguage(value))} Allowed: "
            + $"{string.Join(", ", SpeechCatalog.Languages.Select(l => l.Name))}, or an ISO code such as en or de-DE. "
            + "Auto lets the service find out; Get-TtsLanguage lists all.");

    public static TtsException UnknownModel(string value) =>
        Invalid("Model", $"Model '{value}' is "
            + $"unknown.{Words.DidYouMean(Nearness.Find(value, SpeechCatalog.Models.Select(m => m.Name)))} Allowed: "
            + $"{string.Join(", ", SpeechCatalog.Models.Select(m => m.Name))}, or a full id such as "
            + $"{SpeechCatalog.CustomVoice.Id}.");

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

    /// <summary>The last failure of a task that was sent before and may have arrived then.</summary>
    public static TtsException InDoubt(Guid task, TtsException last) =>
        new(last.ErrorId, last.Kind, $"{Sentence.End(last.Message)} Task {task} may have been taken "
            + "and paid for all the same: before this row is sent again, look with Wait-TtsTask "
            + $"-TaskUUID {task}.", last)
        {
            EndsPipeline = last.EndsPipeline,
            IsInDoubt = true,
            TaskUUID = task,
        };

    public static TtsException Unreachable(int attempts, TtsException last) =>
        new("ServiceUnreachable", TtsErrorKind.ConnectionError, $"{Sentence.End(last.Message)} Tried {attempts} times; "
            + "nothing was answered. Check the network, the proxy and -Endpoint, then run it again. "
            + "Without a network, Connect-TtsService -Offline generates speech with draft voices.", last)
        {
            EndsPipeline = true,
            IsInDoubt = last.IsInDoubt,
        };

    public static TtsException LedgerLocked(string ledger, Exception? cause) =>
        new("LedgerLocked", TtsErrorKind.ResourceUnavailable, $"{ledger} is in use by another process, and two batches that do not know of each other could pay for the same row twice. Wait until that batch is done or end it, or give another -OutputDirectory. Nothing was sent.", cause) { EndsPipeline = true };

    public static TtsException LedgerOwned(string ledger, string file, string owner) =>
        new("LedgerLocked", TtsErrorKind.ResourceUnavailable, $"{ledger} belongs to {owner}, as {file} "
            + "says, and this file system has no locks that would show whether it still runs. "
            + $"If no batch works on this folder any more, remove {file} and run this again; "
            + "otherwise wait, or give another -OutputDirectory. Nothing was sent.") { EndsPipeline = true };

    public static TtsException LedgerNotRead(string ledger, Exception cause) =>
        new("FileNotReadable", TtsErrorKind.ReadError, $"The ledger {ledger} cannot be read: "
            + $"{Sentence.End(cause.Message)} Without it, what was paid for before is not known, so nothing was sent. "
            + "Check your rights there, and that no other program keeps the file to itself; "
            + "or go without it by -SkipLedger.", cause) { EndsPipeline = true };

    public static TtsException UploadFailed(Uri url, Guid? task, string why, Exception? cause) =>
        new("UploadFailed", TtsErrorKind.ConnectionError, $"The audio of task {task} was generated "
            + $"before, and could not be uploaded to {Presigned.Mask(url.OriginalString)}: "
            + $"{why} You are not charged again: check UploadEndpoint (a presigned URL lives for a "
            + "limited time) and run the row again. -Regenerate has the service generate and upload "
            + "it again, which is charged.", cause) { TaskUUID = task };

    /// <summary>What was paid for at another URL, whose audio has no address.</summary>
    public static TtsException PaidElsewhere(Guid task, string? endpoint, string? here) =>
        new("DownloadFailed", TtsErrorKind.ObjectNotFound, $"Task {task} of an equal row was paid for "
            + $"at {endpoint}, and {here} does not know it. Run the row with that -Endpoint to fetch "
            + "it without charge; -Regenerate generates it here, which is charged.") { TaskUUID = task };

    public static TtsException NoStateFolder() =>
        new("OutputNotWritten", TtsErrorKind.WriteError, "Rows without -OutputDirectory are written "
            + "down in your state folder, and this account has no home folder to keep one in. Nothing was sent. "
            + "Give -OutputDirectory, set XDG_STATE_HOME to an absolute path of a folder that only "
            + "you can write, or go without a ledger by -SkipLedger.") { EndsPipeline = true };

    public static TtsException LedgerNotWritten(string ledger, Exception cause) =>
        new("OutputNotWritten", TtsErrorKind.WriteError, $"The ledger {ledger} cannot be written: "
            + $"{Sentence.End(cause.Message)} Without it a crash could lose what was paid for, so nothing "
            + "more is sent. Make room or give rights there, set XDG_STATE_HOME to a folder that can be written "
            + "(for rows without -OutputDirectory), or go without it by -SkipLedger.", cause) { EndsPipeline = true };

    public static TtsException LedgerNotFound(string directory) =>
        new("LedgerNotFound", TtsErrorKind.ObjectNotFound, $"{directory} has no ledger ({Files.InsideDirectory.LedgerName}): no New-TtsSpeech -OutputDirectory has sent anything from there. Without -Path, Get-TtsLedger tells of rows that had no -OutputDirectory.");

    public static TtsException BudgetReached(decimal most, decimal spent, decimal row, string? source) =>
        new("BudgetReached", TtsErrorKind.LimitsExceeded,
            string.Format(CultureInfo.InvariantCulture, "This row was not sent: "
            + "with about {0:0.0000##} USD for it ({3}), the {1:0.0000##} USD spent and in flight would "
            + "pass -MaxCost {2}. Pipe the rows that are left into the next run, or give a larger -MaxCost.",
            row, spent, most, HowEstimated(source)));

    /// <summary>How an estimate is known.</summary>
    public static string HowEstimated(string? source) => source switch
    {
        "Charged" => "estimated by what the service has charged before",
        null => "a guess: the price of this model is not known",
        _ => "estimated by the list price",
    };

    public static TtsException BadMaxCost(string why) =>
        new("InvalidRequest.MaxCost", TtsErrorKind.InvalidArgument, why) { EndsPipeline = true };

    public static TtsException ResultGone(Guid task, int index, int count) =>
        new("DownloadFailed", TtsErrorKind.ObjectNotFound, $"Result {index + 1} of {count} of task {task} is not here, and neither its URL nor the service has it any more; the others are here. A new task makes all {count} anew and is paid for: run the row with -Regenerate.") { TaskUUID = task };

    public static TtsException PartlySpoken(Guid task, int there, int asked, string? code) =>
        new(code ?? "Runware.taskFailed", TtsErrorKind.InvalidResult, $"Task {task} gave {there} of {asked} results in an earlier run, and they are kept. -Regenerate speaks the whole row anew, and that is paid for.") { TaskUUID = task };

    public static TtsException TaskTimeout(Guid task, TimeSpan timeout) =>
        new("TaskTimeout", TtsErrorKind.OperationTimeout, $"Task {task} was not finished after {timeout.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture)} s. It may still finish and be paid for: fetch it with Wait-TtsTask -TaskUUID {task}.") { TaskUUID = task, IsInDoubt = true };

    public static TtsException SpeechTimeout(TimeSpan timeout) =>
        new("TaskTimeout", TtsErrorKind.OperationTimeout, $"The draft voice was not done after {timeout.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture)} s and was stopped. Give a longer -TimeoutSec or a shorter text.");

    public static TtsException TaskUnknown(Guid task, TimeSpan waited) =>
        new("TaskUnknown", TtsErrorKind.ObjectNotFound, $"The service has known nothing of task {task} for {waited.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture)} s. Check the id, the key's account and the endpoint; old results are kept for a limited time only.") { TaskUUID = task, IsInDoubt = true };

    public static TtsException DownloadFailed(string what, string why, TtsSpeech speech, Exception? cause = null) =>
        new("DownloadFailed", TtsErrorKind.ConnectionError, "The audio of "
            + $"{(speech.TaskUUID is { } task ? $"task {task}" : "this result")} was generated but not saved: "
            + $"{(what.Length == 0 ? "" : what + ": ")}{Sentence.End(why)} You will not be charged again: "
            + $"{Again(speech)}.", cause)
        {
            Speech = speech,
            IsGone = cause is TtsException { IsGone: true },
        };

    public static TtsException AudioInvalid(string path, string why, TtsSpeech speech) =>
        new("AudioInvalid", TtsErrorKind.InvalidResult, $"What came for {path} is not the audio that was asked for. {why} It was not saved. {AsItIs(speech)}")
        {
            Speech = speech,
        };

    public static TtsException WriteFailed(string path, Exception cause, TtsSpeech speech) =>
        new("OutputNotWritten", TtsErrorKind.WriteError, Files.FileFault.IsFull(cause)
            ? $"{path} could not be written: {Sentence.End(cause.Message)} No other file has room there, "
                + "so nothing more is sent. Make room and run the same command again: "
                + "rows that were paid for are fetched, and you will not be charged again."
            : $"{path} could not be written: {Sentence.End(cause.Message)} You will not be charged again: "
                + $"{Again(speech)}, with an -OutputPath that can be written.", cause)
        {
            Speech = speech,
            EndsPipeline = Files.FileFault.IsFull(cause),
        };

    public static TtsException OutputExists(string path) =>
        new("OutputExists", TtsErrorKind.ResourceExists, Directory.Exists(path)
            ? $"{path} is a folder. Give the row another OutputPath or Id."
            : $"{path} exists already, and was left as it is. Use -Force to overwrite it, or another OutputPath.");

    public static TtsException OutputPathTaken(string path) =>
        new("OutputPathTaken", TtsErrorKind.ResourceExists, $"{path} belongs to an earlier row of this pipeline (names that differ only in case count as one). Give each row an OutputPath or Id of its own.");

    /// <summary>A result that is there, and whose file cannot be.</summary>
    public static TtsException NotSaved(TtsException why, TtsSpeech speech) =>
        new(why.ErrorId, why.Kind, $"{Sentence.End(why.Message)} The audio of task {speech.TaskUUID} is there "
            + $"and was not saved: {Again(speech)} to another place.", why)
            { Speech = speech, TaskUUID = speech.TaskUUID };

    public static TtsException FolderNotWritable(string folder, Exception cause) =>
        new("OutputNotWritten", TtsErrorKind.WriteError, $"The folder {folder} cannot be written: "
            + $"{Sentence.End(cause.Message)} Nothing was sent. Give another -OutputDirectory or OutputPath.", cause)
            { EndsPipeline = Files.FileFault.IsFull(cause) };

    public static TtsException OutputOutsideDirectory(string value, string why) =>
        new("OutputOutsideDirectory", TtsErrorKind.PermissionDenied, $"OutputPath '{value}' {why} Beside -OutputDirectory it is a plain relative path inside that folder, such as 'intro/welcome.mp3'.");

    public static TtsException NotSupported(string parameter, string provider, string why, bool endsPipeline = false) =>
        new($"NotSupported.{parameter}", TtsErrorKind.NotImplemented, $"{provider} cannot do {parameter}: {why}") { EndsPipeline = endsPipeline };

    public static TtsException DryRunSpoken(Guid task) =>
        new("Runware.dryRunIgnored", TtsErrorKind.InvalidResult, $"The service spoke what was only to be priced, and may have charged it: the audio of task {task} can be fetched with Wait-TtsTask -TaskUUID {task}. Nothing more is asked; leave -Remote out.") { EndsPipeline = true, TaskUUID = task };

    public static TtsException FileNotReadable(string path, Exception cause) =>
        new("FileNotReadable", TtsErrorKind.ReadError, $"{path} cannot be read: "
            + $"{Sentence.End(cause.Message)} Check your rights, and that no other program keeps it to itself.", cause);

    public static TtsException NoFile(string why) =>
        Invalid("InputObject", $"{why} Give paths, files of Get-ChildItem, or results with a Path; a result that was not saved is saved by Save-TtsSpeech.");

    public static TtsException VoiceNotFound(string name) => NotFound("Voice", name, SpeechCatalog.Voices.Select(v => v.Name));

    public static TtsException ModelNotFound(string name) => NotFound("Model", name, SpeechCatalog.Models.SelectMany(m => new[] { m.Name, m.Id }));

    public static TtsException LanguageNotFound(string name) =>
        NotFound("Language", name, SpeechCatalog.Languages.Select(l => l.Code is null ? l.Name : $"{l.Name} ({l.Code})"));

    public static TtsException FormatNotFound(string name) => NotFound("Format", name, SpeechCatalog.Formats.Select(f => f.Name));

    /// <summary>A format that is there, and has no row of this sample rate or these channels.</summary>
    public static TtsException FormatRowNotFound(FormatEntry format, string? sampleRate) =>
        new("FormatNotFound", TtsErrorKind.ObjectNotFound, format.IsLossy
            ? $"{format.Name} has no SampleRate {sampleRate}. Allowed: {string.Join(", ", FormatRules.Rates(format))}; Get-TtsFormat {format.Name} lists all."
            : $"{format.Name} is lossless and takes neither SampleRate nor Channels. Get-TtsFormat {format.Name} shows its row.");

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

    public static TtsException Unexpected(Exception cause, Guid? task = null) =>
        new("Unexpected", TtsErrorKind.InvalidResult, "This is a fault of RunwareTts, not of the row: "
            + $"{cause.GetType().Name}: {Sentence.End(cause.Message)} Please report it."
            + (task is null ? ""
                : $" Task {task} may have been paid for: fetch it with Wait-TtsTask -TaskUUID {task}."), cause)
            { TaskUUID = task, IsInDoubt = task is not null };

    public static TtsException BadMaxLength(int value, int most) =>
        new("InvalidRequest.MaxLength", TtsErrorKind.InvalidArgument, string.Format(CultureInfo.InvariantCulture, "MaxLength {0} is outside 1 to {1}, which is all that the service takes at once. Leave it out for {1}.", value, most)) { EndsPipeline = true };

    public static TtsException NothingToSplit() =>
        Invalid("Text", "There is no text. Pipe strings or files, or give -Text, -Path or -LiteralPath.");

    public static TtsException PipedBeside(string parameter) =>
        Invalid("InputObject", $"Something was piped beside -{parameter}, and only one of them can be split. Leave one out.");

    public static TtsException TextNotFound(string path) =>
        new("FileNotFound", TtsErrorKind.ObjectNotFound, $"There is no file {path}. Check the path; a text itself is piped or given by -Text.");

    public static TtsException NotATextFile(string path, string why) =>
        Invalid("Path", $"{path} is no text in UTF-8, or in UTF-16 with a byte order mark: {why}. Of another encoding, pipe the text: Get-Content -Raw -Encoding ... | Split-TtsText. A PDF, an e-book or a document of an office program is to be saved as plain text first.");

    public static TtsException LostInFile(string path, TtsTextPart part) =>
        Invalid("Path", $"{path} has lost a character in part {part.Index}: "
            + $"{Requests.CellRules.LostCharacter("Text", part.Text)} A file in UTF-8 lost it when it was saved: "
            + "save it again from its source.");

    public static TtsException FolderIsNoText(string path) =>
        Invalid("Path", $"{path} is a folder. Pipe its files: Get-ChildItem -File | Split-TtsText.");

    public static TtsException NothingToSave(Guid? task) =>
        Invalid("AudioUrl", "The result has neither AudioUrl nor AudioData (bytes do not survive a CSV)"
            + (task is null ? ". Pipe the TtsSpeech itself."
                : ", and there is no key to ask the service for it, or the service has no such result. "
                + $"Fetch it again: Wait-TtsTask -TaskUUID {task} -OutputDirectory ..."));

    public static TtsException UnseenInOutput(string name, string unseen) =>
        Invalid("OutputPath", $"OutputPath '{name}' has a character that is not seen and may hide its real name: "
            + $"{unseen}. Type it again, without it.");

    public static TtsException PartNotJoined(string path, string part, TtsException why) =>
        new("AudioInvalid", TtsErrorKind.InvalidData, $"{path} could not be joined of its parts. "
            + $"{Sentence.End(why.Message)} Delete '{part}' (or the part that it is held against) and run this "
            + "row again: a part whose URL is alive is downloaded again without charge, and the "
            + "others are there.", why);

    public static TtsException OutputIsDevice(string path) =>
        Invalid("OutputPath", $"OutputPath '{path}' names a device and not a file: "
            + "Windows keeps CON, PRN, AUX, NUL, COM1 to COM9 and LPT1 to LPT9 for devices, with any extension. "
            + $"Give another name, such as '_{Path.GetFileName(path)}'.");

    public static TtsException SubtitleWithoutSplit() =>
        Invalid("Subtitle", "-Subtitle is written for what -Split joins. Give -Split too: a short text is then joined of one part. Or pipe the results to Join-TtsSpeech -Subtitle.");

    public static TtsException ChapterWithoutSplit() =>
        Invalid("Chapter", "-Chapter marks the headings of a text that -Split joins. "
            + "Give -Split too, or pipe the results to Join-TtsSpeech -Chapter.");

    public static TtsException UnknownTag(string key, IEnumerable<string> keys) =>
        Invalid("Tag", $"Tag '{key}' is not one that is written. Allowed: {string.Join(", ", keys)}.");

    public static TtsException TagWithoutFile() =>
        Invalid("Tag", "-Tag is written into a file, and nothing is saved here. Give OutputPath or -OutputDirectory, or give -Tag to Save-TtsSpeech later.");

    public static TtsException TagNotWaited(bool isPushed) =>
        Invalid("Tag", $"-Tag is written by who saves the file, and {(isPushed ? "a row with a WebhookUrl" : "-Async")} saves none. Give it to Wait-TtsTask{(isPushed ? ", or to Save-TtsSpeech after Receive-TtsWebhook" : "")}.");

    public static TtsException NoTagTable(string what) =>
        Invalid("Tag", $"Tag holds {what}, and tags are a table: -Tag @{{ title = 'Night' }}. The cell of a CSV cannot hold one: give -Tag on the line, such as -Tag {{ @{{ title = $_.Chapter }} }} to make one of each row, or leave the column out: ... | Select-Object * -ExcludeProperty Tag | ...");

    public static TtsException TagOfSaved(string path) =>
        Invalid("Tag", $"{path} is saved already and stays as it is. Give -Tag to New-TtsSpeech or Wait-TtsTask, which write other tags into a file of theirs for nothing, or give -OutputDirectory to save it once more.");

    private static TtsException NotFound(string what, string name, IEnumerable<string> known) =>
        new($"{what}NotFound", TtsErrorKind.ObjectNotFound, $"There is no {what.ToLowerInvariant()} "
            + $"'{name}'.{Words.DidYouMean(what == "Language" ? NearLanguage(name) : Nearness.Find(name, known))} "
            + $"Known: {string.Join(", ", known)}.");

    private static string? NearLanguage(string name) =>
        Nearness.Find(name, SpeechCatalog.Languages.SelectMany(l => l.OwnNames.Prepend(l.Name))) is { } near
            ? SpeechCatalog.FindLanguage(near)!.Name : null;

    private static string Again(TtsSpeech speech) => speech.TaskUUID is { } task && speech.Provider != "Offline" ? $"run Wait-TtsTask -TaskUUID {task} to fetch it" : "run it again";

    // Its URL may be presigned, and is not written out.
    private static string AsItIs(TtsSpeech speech)
    {
        string asItIs = speech.AudioUrl is not null ? "The service keeps it, and it can be had as it is: Invoke-WebRequest $Error[0].Exception.Speech.AudioUrl -OutFile ..."
            : speech.AudioData is not null ? "Its bytes are in $Error[0].Exception.Speech.AudioData, for [IO.File]::WriteAllBytes to write as they are."
            : $"To look for it again, {Again(speech)}.";
        return speech.Provider == "Offline" ? asItIs
            : $"{asItIs} New-TtsSpeech -Regenerate generates the row again, which is charged.";
    }

    private static string Why(Exception cause, TimeSpan? patience) => patience is { } time
        ? $"no data for {time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture)} s."
        : Sentence.End(Innermost(cause));

    private static string Innermost(Exception cause) => cause.InnerException is { } inner ? Innermost(inner) : cause.Message;
}
