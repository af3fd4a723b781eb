using RunwareTts.Catalog;
using RunwareTts.Files;
using RunwareTts.Ledger;

namespace RunwareTts.Batch;

/// <summary>
/// Gives a row what an equal one was paid for before: the file that is there, a copy of another row's, what its URL
/// still has, or what the service still knows. All of it is free.
/// </summary>
internal sealed class Restorer(ISpeechProvider provider, BatchOptions options, OutputPlanner files, TaskLedger ledger, ResultSaver saver, TaskRecall recall)
{
    /// <param name="row">The row.</param>
    /// <param name="known">The task that has made its results.</param>
    /// <param name="token">Stops it.</param>
    /// <returns>What comes of the row; null when its audio cannot be had any more.</returns>
    /// <exception cref="TtsException">It is there and cannot be brought here.</exception>
    public async Task<IReadOnlyList<BatchEvent>?> TryAsync(PlannedRow row, LedgerEvent known, CancellationToken token)
    {
        TaskNotes notes = new(ledger, known with { Path = row.Target is null ? null : ledger.Relative(row.Target.FullPath) });
        List<BatchEvent> events = [];
        List<int> gone = [];
        TaskAnswer? fresh = null;
        for (int n = 0; n < known.Results!.Count; n++)
        {
            int index = n;
            string? path = row.Target?.PathOf(n);
            SaveOrder order = new(path, row.Request!.OutputFormat, saved => SpeechWriter.Known(row.Request, saved, known.Task, provider, row.Kept))
            {
                SampleRate = row.Request.SampleRate,
                Channels = row.Request.Channels,
                Overwrite = path is not null && (row.IsPart || files.MayReplace(path)),
                Record = saved => notes.SavedAsync(saved, index),
            };
            TtsSpeech? speech = path is null ? null : There(row, path, n) ?? await NearAsync(order, row, known, n, token).ConfigureAwait(false);
            if (speech is null)
            {
                fresh ??= await AskAsync(known, token).ConfigureAwait(false) ?? new TaskAnswer();
                if (fresh.Results.Count <= n)
                {
                    gone.Add(n);
                    continue;
                }

                speech = await saver.SaveAsync(await AsAskedAsync(row, Same(fresh, known.Results[n], n), token).ConfigureAwait(false), order, token).ConfigureAwait(false);
            }

            events.Add(new BatchEvent.Spoken(speech));
        }

        // One of several is not worth paying for all of them once more, and writing over those that are there.
        if (events.Count == 0)
            return null;
        events.AddRange(gone.Select(n => new BatchEvent.Failed(Errors.ResultGone(known.Task, n, known.Results.Count), row.Source)));
        if (known.Results.Count < row.Request!.NumberResults)
            events.Add(new BatchEvent.Failed(Errors.PartlySpoken(known.Task, known.Results.Count, row.Request.NumberResults, known.Error), row.Source));
        return events;
    }

    private TtsSpeech? There(PlannedRow row, string path, int n) =>
        ledger.Saved(path) is { } saved && saved.Hash == row.Identity && saved.Index == n ? SpeechWriter.Unchanged(row.Request!, saved, path, provider, row.Kept) : null;

    private async Task<TtsSpeech?> NearAsync(SaveOrder order, PlannedRow row, LedgerEvent known, int n, CancellationToken token)
    {
        LedgerResult old = known.Results![n];
        SpeechResult result = new(old.Audio, old.Address, null, null);
        string? other = ledger.Absolute(known.Results.Count == 1 ? known.File ?? known.Path : known.Path) is { } path ? (row.Target! with { FullPath = path }).PathOf(n) : null;
        bool isThere = other is not null && ledger.Saved(other) is { } saved && saved.Hash == row.Identity && saved.Index == n;
        return (isThere ? await TrySaveAsync(result, order with { Source = (stream, stop) => CopyAsync(other!, stream, stop) }, token).ConfigureAwait(false) : null)
            ?? (result.Url is not null ? await TrySaveAsync(result, order, token).ConfigureAwait(false) : null);
    }

    private async Task<TtsSpeech?> TrySaveAsync(SpeechResult result, SaveOrder order, CancellationToken token)
    {
        try
        {
            return await saver.SaveAsync(result, order, token).ConfigureAwait(false);
        }
        catch (TtsException e) when (e.ErrorId is "DownloadFailed" or "AudioInvalid")
        {
            return null;
        }
    }

    private async Task<TaskAnswer?> AskAsync(LedgerEvent known, CancellationToken token)
    {
        if (provider.IsFree || known.Endpoint != options.Endpoint)
            return null;
        using CancellationTokenSource time = CancellationTokenSource.CreateLinkedTokenSource(token);
        time.CancelAfter(options.Timeout);
        try
        {
            return await recall.AskAsync(known.Task, time.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            throw Errors.TaskTimeout(known.Task, options.Timeout);
        }
    }

    // The service need not give them in the order in which it gave them first.
    private static SpeechResult Same(TaskAnswer fresh, LedgerResult old, int n) =>
        fresh.Results.FirstOrDefault(r => old.Audio is not null && r.AudioUuid == old.Audio) ?? fresh.Results[n];

    // Without a file the bytes themselves may be what is wanted.
    private async Task<SpeechResult> AsAskedAsync(PlannedRow row, SpeechResult result, CancellationToken token)
    {
        if (row.Target is not null || result.Url is null || row.Request!.OutputType is null || row.Request.OutputType == SpeechCatalog.OutputTypes[0])
            return result;
        using MemoryStream bytes = new();
        await provider.FetchAsync(result, bytes, token).ConfigureAwait(false);
        return result with { Data = bytes.ToArray(), Url = null };
    }

    private static async Task CopyAsync(string from, Stream to, CancellationToken token)
    {
        using FileStream source = new(from, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        await source.CopyToAsync(to, 81920, token).ConfigureAwait(false);
    }
}
