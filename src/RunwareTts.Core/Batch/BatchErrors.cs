using System.Globalization;
using RunwareTts.Files;
using RunwareTts.Ledger;

namespace RunwareTts;

internal static partial class Errors
{
    public static TtsException KeepVoiceWithoutFolder() =>
        Invalid("KeepVoice", "-KeepVoice keeps the voice in the folder of the batch, and this row has none. Give "
            + "-OutputDirectory, or keep the voice for good with New-TtsVoice and name it with -Voice.");

    public static TtsException CastClipUnusable(string name, string clip, string fault) =>
        new("VoiceInvalid", TtsErrorKind.InvalidData, $"The voice '{name}' was cast and charged, but its clip {clip} "
            + $"{fault} Listen to it. To cast the voice again, which is charged, remove that file and run this again, "
            + "or change the description.");

    public static TtsException VoiceNotCast(string name, TtsException cause) =>
        cause.EndsPipeline || cause.ErrorId == "BudgetReached" ? cause : cause.OfRow($"its voice '{name}'");

    /// <summary>The last failure of a task that was sent before and may have arrived then.</summary>
    public static TtsException InDoubt(Guid task, TtsException last) =>
        new(last.ErrorId, last.Kind, $"{Sentence.End(last.Message)} Task {task} may have been accepted "
            + "and charged: before you send this row again, look for its result with Wait-TtsTask "
            + $"-TaskUUID {task}.", last)
        {
            EndsPipeline = last.EndsPipeline,
            IsInDoubt = true,
            TaskUUID = task,
        };

    /// <summary>The same error for a task that is over: a new one may succeed.</summary>
    public static TtsException AsNew(TtsException failure) =>
        new(failure.ErrorId, failure.Kind, failure.Message, failure) { NeedsNewTask = true };

    public static TtsException Unreachable(int attempts, TtsException last) =>
        new("ServiceUnreachable", TtsErrorKind.ConnectionError, $"{Sentence.End(last.Message)} Tried {attempts} times "
            + "without an answer. Check the network, the proxy and -Endpoint, then run it again. "
            + "Without a network, Connect-TtsService -Offline generates speech with draft voices.", last)
        {
            EndsPipeline = true,
            IsInDoubt = last.IsInDoubt,
        };

    public static TtsException UploadFailed(Uri url, Guid? task, string why, Exception? cause) =>
        new("UploadFailed", TtsErrorKind.ConnectionError, $"The audio of task {task} was generated "
            + $"before, and could not be uploaded to {Presigned.Mask(url.OriginalString)}: "
            + $"{why} You are not charged again: check UploadEndpoint (a presigned URL lives for a "
            + "limited time) and run the row again. -Regenerate has the service generate and upload "
            + "it again, which is charged.", cause) { TaskUUID = task };

    /// <summary>A task that was charged at another endpoint, and whose audio has no URL.</summary>
    public static TtsException PaidElsewhere(Guid task, string? endpoint, string? here) =>
        new("DownloadFailed", TtsErrorKind.ObjectNotFound, $"Task {task} of an equal row was paid for "
            + $"at {endpoint}, and {here} does not know it. Run the row with that -Endpoint to fetch "
            + "it without charge; -Regenerate generates it here, which is charged.") { TaskUUID = task };

    public static TtsException BudgetReached(decimal max, decimal spent, decimal row, string? source) =>
        new("BudgetReached", TtsErrorKind.LimitsExceeded,
            string.Format(CultureInfo.InvariantCulture, "This row was not sent: "
            + "with about {0:0.0000##} USD for it ({3}), the {1:0.0000##} USD spent and in flight would "
            + "pass -MaxCost {2}. Pipe the rows that are left into the next run, or give a larger -MaxCost.",
            row, spent, max, HowEstimated(source)));

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
        new("DownloadFailed", TtsErrorKind.ObjectNotFound, $"Result {index + 1} of {count} of task {task} has no file "
            + "here, and neither its URL nor the service has it any more; the others are here. -Regenerate generates "
            + $"all {count} again, which is charged.") { TaskUUID = task };

    public static TtsException PartlyGenerated(
        Guid task, int there, int asked, string? code, bool isFree) =>
        new(code ?? "Runware.taskFailed", TtsErrorKind.InvalidResult, $"Task {task} gave {there} of {asked} results in "
            + "an earlier run, and they are kept. -Regenerate generates the whole row again"
            + (isFree ? "." : ", which is charged."))
            { TaskUUID = task };

    public static TtsException TaskTimeout(Guid task, TimeSpan timeout) =>
        new("TaskTimeout", TtsErrorKind.OperationTimeout, $"Task {task} was not finished after {Seconds(timeout)}. It "
            + $"may still finish and be charged: fetch it with Wait-TtsTask -TaskUUID {task}.")
            { TaskUUID = task, IsInDoubt = true };

    /// <summary>Of a provider that charges nothing.</summary>
    public static TtsException SpeechTimeout(TimeSpan timeout) =>
        new("TaskTimeout", TtsErrorKind.OperationTimeout, $"The speech was not finished after {Seconds(timeout)} "
            + "and was stopped. Give a longer -TimeoutSec or a shorter text.");

    public static TtsException TaskUnknown(Guid task, TimeSpan waited) =>
        new("TaskUnknown", TtsErrorKind.ObjectNotFound, $"The service has not known task {task} for {Seconds(waited)}. "
            + "Check the id, the account of the key and the endpoint; the service keeps results for a limited time "
            + "only.")
            { TaskUUID = task, IsInDoubt = true };

    /// <summary>The ledger's event is not one of a task at the service.</summary>
    public static TtsException NoTask(LedgerEvent known) => known.Parts is null
        ? NotSupported("TaskUUID", known.Provider ?? "The provider",
            "it keeps no tasks to wait for. Generate the row again; it is free.")
        : NotSupported("TaskUUID", "-Split", "a joined file is no task, its parts are. Run its row again: you will not "
            + "be charged again for parts that are there.");

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
        new("AudioInvalid", TtsErrorKind.InvalidResult, $"The download for {path} is not the audio that was asked for. "
            + $"{why} It was not saved. {AsItIs(speech)}") { Speech = speech };

    public static TtsException NoClipToKeep() =>
        Invalid("InputObject", "The object has neither a file nor a URL nor bytes, so there is no clip to keep. Pipe a "
            + "result of New-TtsSpeech or a file, or give -Path; Save-TtsSpeech fetches a result again.");

    public static TtsException WriteFailed(string path, Exception cause, TtsSpeech speech) =>
        new("OutputNotWritten", TtsErrorKind.WriteError, FileFault.IsFull(cause)
            ? $"{path} could not be written: {Sentence.End(cause.Message)} No other file has room there, "
                + "so nothing more is sent. Make room and run the same command again: "
                + "rows that were paid for are fetched, and you will not be charged again."
            : $"{path} could not be written: {Sentence.End(cause.Message)} You will not be charged again: "
                + $"{Again(speech)}, with an -OutputPath that can be written.", cause)
        {
            Speech = speech,
            EndsPipeline = FileFault.IsFull(cause),
        };

    /// <summary>The service has the result, but its file cannot be named.</summary>
    public static TtsException NotSaved(TtsException why, TtsSpeech speech) =>
        new(why.ErrorId, why.Kind, $"{Sentence.End(why.Message)} The audio of task {speech.TaskUUID} is there "
            + $"and was not saved: {Again(speech)} to another place.", why)
            { Speech = speech, TaskUUID = speech.TaskUUID };

    /// <summary>The error of a row for any exception; only a TtsException is expected.</summary>
    public static TtsException From(Exception e, Guid? task = null) => e as TtsException ?? Unexpected(e, task);

    public static TtsException Unexpected(Exception cause, Guid? task = null) =>
        new("Unexpected", TtsErrorKind.InvalidResult, "This is a fault of RunwareTts, not of the row: "
            + $"{cause.GetType().Name}: {Sentence.End(cause.Message)} Please report it."
            + (task is null ? ""
                : $" Task {task} may have been paid for: fetch it with Wait-TtsTask -TaskUUID {task}."), cause)
            { TaskUUID = task, IsInDoubt = task is not null };

    public static TtsException NothingToSave(Guid? task) =>
        Invalid("AudioUrl", "The result has neither AudioUrl nor AudioData (bytes do not survive a CSV)"
            + (task is null ? ". Pipe the TtsSpeech itself."
                : ", and there is no key to ask the service for it, or the service has no such result. "
                + $"Fetch it again: Wait-TtsTask -TaskUUID {task} -OutputDirectory ..."));

    /// <summary>The result of a provider that keeps none.</summary>
    public static TtsException ResultNotKept(string provider) =>
        Invalid("AudioUrl", $"The result has no AudioData (bytes do not survive a CSV), and {provider} keeps no "
            + "results. Pipe the TtsSpeech itself, or run its row again, which charges nothing.");

    public static TtsException PartNotJoined(string path, string part, TtsException why) =>
        new("AudioInvalid", TtsErrorKind.InvalidData, $"The parts of {path} could not be joined. "
            + $"{Sentence.End(why.Message)} Delete '{part}' (or the part that differs from it) and run this row again: "
            + "a part whose URL is still valid is downloaded again without charge, and the others are there.", why);

    public static TtsException SubtitleWithoutSplit() =>
        Invalid("Subtitle", "-Subtitle needs -Split, which joins the parts of a text. Give -Split too (a short text "
            + "has one part), or pipe the results to Join-TtsSpeech -Subtitle.");

    public static TtsException ChapterWithoutSplit() =>
        Invalid("Chapter", "-Chapter marks the headings of a text that -Split joins. "
            + "Give -Split too, or pipe the results to Join-TtsSpeech -Chapter.");

    public static TtsException TagWithoutFile() =>
        Invalid("Tag", "-Tag is written into a file, and no file is saved here. Give OutputPath or -OutputDirectory, "
            + "or give -Tag to Save-TtsSpeech later.");

    public static TtsException TagNotWaited(bool isPushed) =>
        Invalid("Tag", isPushed
            ? "A row with a WebhookUrl saves no file. Give -Tag to Wait-TtsTask, or to Save-TtsSpeech after "
                + "Receive-TtsWebhook."
            : "-Async saves no file. Give -Tag to Wait-TtsTask.");

    public static TtsException TagOfSaved(string path) =>
        Invalid("Tag", $"{path} is already saved and does not change. Give -Tag to New-TtsSpeech or Wait-TtsTask, "
            + "which write other tags into their files without charge, or give -OutputDirectory to save it once more.");

    private static string Seconds(TimeSpan time) =>
        FormattableString.Invariant($"{time.TotalSeconds:0.###} s");

    private static string Again(TtsSpeech speech) =>
        speech.HasTask ? $"run Wait-TtsTask -TaskUUID {speech.TaskUUID} to fetch it" : "run it again";

    // The URL may be presigned, so it is not in the message.
    private static string AsItIs(TtsSpeech speech)
    {
        const string it = "$Error[0].Exception.Speech";
        string asItIs = speech switch
        {
            { AudioUrl: not null } => $"To download it as it is: Invoke-WebRequest {it}.AudioUrl -OutFile ...",
            { AudioData: not null } => $"Its bytes are in {it}.AudioData; [IO.File]::WriteAllBytes writes them as "
                + "they are.",
            _ => $"To look for it again, {Again(speech)}.",
        };
        return !speech.HasTask ? asItIs
            : $"{asItIs} New-TtsSpeech -Regenerate generates the row again, which is charged.";
    }
}
