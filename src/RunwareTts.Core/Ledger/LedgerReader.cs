using RunwareTts.Files;

namespace RunwareTts.Ledger;

/// <summary>Reads a ledger into objects, a task each, in the order in which they were submitted.</summary>
public static class LedgerReader
{
    /// <param name="directory">The folder of a batch; null for all that had none.</param>
    /// <exception cref="TtsException">LedgerNotFound; OutputNotWritten for one that cannot be read.</exception>
    public static IEnumerable<TtsLedgerEntry> Read(string? directory)
    {
        if (directory is not null && !File.Exists(LedgerPlace.FileIn(directory)))
            throw Errors.LedgerNotFound(directory);
        using TaskLedger ledger = directory is null ? LedgerPlace.ReadRecovery() : LedgerPlace.ReadDirectory(directory);
        foreach ((LedgerEvent first, LedgerEvent last) in ledger.Tasks())
            yield return Describe(ledger, first, last);
    }

    private static TtsLedgerEntry Describe(TaskLedger ledger, LedgerEvent first, LedgerEvent last)
    {
        LedgerResult? only = last.Results?.Count == 1 ? last.Results[0] : null;
        string? planned = ledger.Absolute(first.Path);
        // Equal rows have copies of it; its own file comes first.
        LedgerEvent? file = planned is not null && ledger.FindFile(planned) is { } own && own.Task == first.Task ? own : last.File is null ? null : last;
        return new TtsLedgerEntry
        {
            TaskUUID = first.Task,
            Id = first.Id,
            Status = StatusOf(ledger, last),
            Model = first.Model,
            Voice = first.Voice,
            Language = first.Language,
            OutputFormat = first.Format,
            Characters = first.Characters,
            NumberResults = first.NumberResults,
            Cost = last.Results?.Any(r => r.Cost is not null) == true ? last.Results.Sum(r => r.Cost ?? 0) : null,
            Submitted = first.At,
            Elapsed = last.Seconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Attempts = last.Attempts,
            OutputPath = ledger.Directory is null ? Path.GetFileName(planned) : first.Path,
            OutputDirectory = ledger.Directory ?? Path.GetDirectoryName(planned),
            Path = ledger.Absolute(file?.File),
            Size = file?.Bytes,
            Duration = file?.Audio?.ToInfo().Duration,
            AudioUrl = only?.Url,
            AudioUUID = only?.Audio,
            ErrorId = last.Error,
            Provider = first.Provider,
            Endpoint = first.Endpoint,
            Hash = first.Hash,
        };
    }

    private static string StatusOf(TaskLedger ledger, LedgerEvent last) => last.Event switch
    {
        LedgerEventKind.Submitted => "Submitted",
        LedgerEventKind.Failed => "Failed",
        _ when !last.IsDone => "Processing",
        LedgerEventKind.Saved when AllSaved(ledger, last) => "Saved",
        _ => "Completed",
    };

    // One that could not be saved at first comes after the others.
    private static bool AllSaved(TaskLedger ledger, LedgerEvent last)
    {
        if (last.Results is not { Count: > 1 } results)
            return true;
        return ledger.Absolute(last.File) is { } file && last.Index is { } index
            && Enumerable.Range(0, results.Count).All(n => ledger.FindFile(OutputTarget.Sibling(file, index, n)) is { } saved && saved.Task == last.Task && saved.Index == n);
    }
}
