using System.Globalization;
using RunwareTts.Files;

namespace RunwareTts;

internal static partial class Errors
{
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

    /// <summary>A result that is there, and whose file cannot be.</summary>
    public static TtsException NotSaved(TtsException why, TtsSpeech speech) =>
        new(why.ErrorId, why.Kind, $"{Sentence.End(why.Message)} The audio of task {speech.TaskUUID} is there "
            + $"and was not saved: {Again(speech)} to another place.", why)
            { Speech = speech, TaskUUID = speech.TaskUUID };

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

    public static TtsException PartNotJoined(string path, string part, TtsException why) =>
        new("AudioInvalid", TtsErrorKind.InvalidData, $"{path} could not be joined of its parts. "
            + $"{Sentence.End(why.Message)} Delete '{part}' (or the part that it is held against) and run this "
            + "row again: a part whose URL is alive is downloaded again without charge, and the "
            + "others are there.", why);

    public static TtsException SubtitleWithoutSplit() =>
        Invalid("Subtitle", "-Subtitle is written for what -Split joins. Give -Split too: a short text is then joined of one part. Or pipe the results to Join-TtsSpeech -Subtitle.");

    public static TtsException ChapterWithoutSplit() =>
        Invalid("Chapter", "-Chapter marks the headings of a text that -Split joins. "
            + "Give -Split too, or pipe the results to Join-TtsSpeech -Chapter.");

    public static TtsException TagWithoutFile() =>
        Invalid("Tag", "-Tag is written into a file, and nothing is saved here. Give OutputPath or -OutputDirectory, or give -Tag to Save-TtsSpeech later.");

    public static TtsException TagNotWaited(bool isPushed) =>
        Invalid("Tag", $"-Tag is written by who saves the file, and {(isPushed ? "a row with a WebhookUrl" : "-Async")} saves none. Give it to Wait-TtsTask{(isPushed ? ", or to Save-TtsSpeech after Receive-TtsWebhook" : "")}.");

    public static TtsException TagOfSaved(string path) =>
        Invalid("Tag", $"{path} is saved already and stays as it is. Give -Tag to New-TtsSpeech or Wait-TtsTask, which write other tags into a file of theirs for nothing, or give -OutputDirectory to save it once more.");

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
}
