using RunwareTts.Files;

namespace RunwareTts.Ledger;

/// <summary>Reads a ledger into objects, a task each, in the order in which they were submitted.</summary>
public static class LedgerReader
{
    /// <param name="directory">The folder of a batch; null for all that had none.</param>
    /// <exception cref="TtsException">LedgerNotFound; FileNotReadable.</exception>
    public static IEnumerable<TtsLedgerEntry> Read(string? directory)
    {
        using TaskLedger ledger = Open(directory);
        foreach ((LedgerEvent first, LedgerEvent last) in ledger.Tasks())
            yield return Describe(ledger, first, last);
    }

    /// <summary>Adds all tasks up, by their models.</summary>
    /// <exception cref="TtsException">LedgerNotFound; FileNotReadable.</exception>
    public static IReadOnlyList<TtsLedgerSummary> Summarize(string? directory, CancellationToken token)
    {
        using TaskLedger ledger = Open(directory);
        Dictionary<string, TtsLedgerSummary> models = [];
        foreach ((LedgerEvent first, LedgerEvent last) in ledger.Tasks())
        {
            token.ThrowIfCancellationRequested();
            // The parts of a joined file are tasks; it is none itself.
            if (last.Parts is not null || first.Parts is not null)
                continue;
            TtsLedgerEntry task = Describe(ledger, first, last);
            string key = $"{task.Provider} {task.Model}";
            TtsLedgerSummary sum = models.TryGetValue(key, out TtsLedgerSummary? known) ? known
                : new TtsLedgerSummary { Model = task.Model, Provider = task.Provider };
            models[key] = sum.Add(task, SavedDuration(ledger, task, last));
        }

        return [.. models.Values];
    }

    private static TaskLedger Open(string? directory)
    {
        if (directory is null)
            return LedgerLocation.ReadRecovery();
        return File.Exists(LedgerLocation.FileIn(directory)) ? LedgerLocation.ReadDirectory(directory, alone: true)
            : throw Errors.LedgerNotFound(directory);
    }

    private static TimeSpan SavedDuration(TaskLedger ledger, TtsLedgerEntry task, LedgerEvent last) =>
        last.Results is { Count: > 1 } && Saved(ledger, last) is { } saved
            ? TimeSpan.FromTicks(saved.Sum(file => file?.Audio?.Ticks ?? 0))
            : task.Duration ?? TimeSpan.Zero;

    /// <summary>
    /// What was saved of each result of a task, null for one that was not; null where nothing is known of its files.
    /// </summary>
    private static LedgerEvent?[]? Saved(TaskLedger ledger, LedgerEvent last) =>
        last.Results is not { } results || ledger.Absolute(last.File) is not { } file || last.Index is not { } index
            ? null
            : [.. Enumerable.Range(0, results.Count)
                .Select(n => ledger.FindFile(NumberedNames.Sibling(file, index, n)))
                .Select(saved => saved?.Task == last.Task ? saved : null)];

    private static TtsLedgerEntry Describe(TaskLedger ledger, LedgerEvent first, LedgerEvent last)
    {
        LedgerResult? only = last.Results?.Count == 1 ? last.Results[0] : null;
        string? planned = ledger.Absolute(first.Path);
        // Equal rows have copies of it; its own file comes first.
        LedgerEvent? file = planned is not null && ledger.FindFile(planned) is { } own && own.Task == first.Task ? own
            : last.File is not null ? last : null;
        return new TtsLedgerEntry
        {
            TaskUUID = first.Task,
            Id = first.Id,
            Status = StatusOf(ledger, last),
            Model = first.Model,
            Voice = last.Chosen ?? first.Voice,
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

    // A result that could not be saved at first is saved after the others.
    private static bool AllSaved(TaskLedger ledger, LedgerEvent last) =>
        last.Results is not { Count: > 1 }
        || Saved(ledger, last)?.Select((saved, n) => saved?.Index == n).All(isSaved => isSaved) == true;
}
