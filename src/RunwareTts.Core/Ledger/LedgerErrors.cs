namespace RunwareTts;

internal static partial class Errors
{
    public static TtsException LedgerLocked(string ledger, Exception? cause) =>
        new("LedgerLocked", TtsErrorKind.ResourceUnavailable,
            $"{ledger} is in use by another process. Nothing was sent: two batches that do not know of each other "
            + "could pay for the same row twice. Wait until that batch is done or end it, "
            + "or give another -OutputDirectory.", cause)
            { EndsPipeline = true };

    public static TtsException LedgerOwned(string ledger, string file, string owner) =>
        new("LedgerLocked", TtsErrorKind.ResourceUnavailable,
            $"{ledger} belongs to {owner}, according to {file}. This file system has no locks, which would show "
            + "whether that process still runs. Nothing was sent. "
            + $"If no batch works on this folder any more, remove {file} and run this again; "
            + "otherwise wait, or give another -OutputDirectory.")
            { EndsPipeline = true };

    public static TtsException LedgerNotRead(string ledger, Exception cause) =>
        new("FileNotReadable", TtsErrorKind.ReadError,
            $"The ledger {ledger} cannot be read: {Sentence.End(cause.Message)} Without it, it is not known what was "
            + "paid for before, so nothing was sent. Check your rights there and that no other program locks the file, "
            + "or use -SkipLedger.", cause)
            { EndsPipeline = true };

    public static TtsException NoStateFolder() =>
        new("OutputNotWritten", TtsErrorKind.WriteError,
            "Rows without -OutputDirectory are recorded in your state folder, and this account has no home folder "
            + "to keep one in. Nothing was sent. Give -OutputDirectory, set XDG_STATE_HOME to the absolute path of "
            + "a folder that only you can write, or use -SkipLedger.")
            { EndsPipeline = true };

    public static TtsException LedgerNotWritten(string ledger, Exception cause) =>
        new("OutputNotWritten", TtsErrorKind.WriteError,
            $"The ledger {ledger} cannot be written: {Sentence.End(cause.Message)} Without it a crash could lose what "
            + "was paid for, so nothing more is sent. Free some space or give write access there, set XDG_STATE_HOME "
            + "to a folder that can be written (for rows without -OutputDirectory), or use -SkipLedger.", cause)
            { EndsPipeline = true };

    public static TtsException LedgerNotFound(string directory) =>
        new("LedgerNotFound", TtsErrorKind.ObjectNotFound,
            $"{directory} has no ledger ({Files.InsideDirectory.LedgerName}): no New-TtsSpeech -OutputDirectory has "
            + "sent anything from there. Without -Path, Get-TtsLedger lists rows that had no -OutputDirectory.");
}
