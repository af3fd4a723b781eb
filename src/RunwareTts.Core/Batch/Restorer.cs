using RunwareTts.Catalog;
using RunwareTts.Ledger;
using RunwareTts.Output;
using RunwareTts.Providers;
using RunwareTts.Requests;

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
    public async Task<Restored?> TryAsync(PlannedRow row, LedgerEvent known, CancellationToken token)
    {
        TtsSpeech?[] there = new TtsSpeech?[known.Results!.Count];
        TtsException?[] failures = new TtsException?[there.Length];
        TaskAnswer? fresh = null;
        for (int n = 0; n < there.Length; n++)
        {
            int index = n;
            string? path = row.Target?.PathOf(n);
            LedgerEvent of = OwnOf(row, path, n, known);
            SaveOrder order = new(path, row.Request!.OutputFormat, saved => SpeechWriter.Known(row.Request, saved, of, provider, row.Kept))
            {
                SampleRate = row.Request.SampleRate,
                Channels = row.Request.Channels,
                Overwrite = path is not null && (row.IsPart || files.MayReplace(path)),
                Tags = row.Request.Tags,
                Record = saved => NotesOf(row, of).SavedAsync(saved, index),
            };
            TtsSpeech? speech = path is null ? null
                : await ThereAsync(row, path, n, of, token).ConfigureAwait(false)
                ?? await CopyAsync(order, row, of, n, token).ConfigureAwait(false);
            TtsException? failure = null;
            if (speech is null && path is not null)
                (speech, failure) = await DownloadAsync(order, of, n, token).ConfigureAwait(false);
            if (speech is null)
            {
                fresh ??= await AskAsync(known, token).ConfigureAwait(false) ?? new TaskAnswer();
                speech = fresh.Results.Count > n ? await saver.SaveAsync(await AsAskedAsync(row, Same(fresh, known.Results[n], n), token).ConfigureAwait(false), order, token).ConfigureAwait(false)
                    : path is null ? await AtUrlAsync(order, of, n, token).ConfigureAwait(false)
                    : await CopyAsync(order with { Tags = AudioTags.None }, row, known, n, token).ConfigureAwait(false);
                failures[n] = speech is null ? WhyNotGone(of, n, failure) : null;
            }

            there[n] = speech;
        }

        // One of several is not worth paying for all of them once more, and writing over those that are there.
        if (there.All(s => s is null))
            return failures.FirstOrDefault(f => f is not null) is { } failure ? throw failure : null;
        List<TtsException> missing = [.. Enumerable.Range(0, there.Length).Where(n => there[n] is null)
            .Select(n => failures[n] ?? Errors.ResultGone(known.Task, n, there.Length))];
        if (there.Length < row.Request!.NumberResults)
            missing.Add(Errors.PartlySpoken(known.Task, there.Length, row.Request.NumberResults, known.Error));
        return new Restored(there, missing, NotesOf(row, known));
    }

    private TaskNotes NotesOf(PlannedRow row, LedgerEvent of) => new(ledger, of with { Path = row.Target is null ? null : ledger.Relative(row.Target.FullPath) });

    // Of several results each has its own last word, since one of them may have been spoken again. Where that is doubtful, a later one of an equal row is better.
    private LedgerEvent OwnOf(PlannedRow row, string? path, int n, LedgerEvent known) =>
        path is not null && ledger.FindFile(path) is { IsDone: true } own && own.Hash == row.Identity && own.Index == n && own.Results!.Count == known.Results!.Count
            && !(known.Results.Count == 1 && own.Task != known.Task && row.IsSuspect && RetakeRules.IsSuspect(own, row.Request!, provider))
            ? own : known;

    private async Task<TtsSpeech?> ThereAsync(PlannedRow row, string path, int n, LedgerEvent of, CancellationToken token) =>
        SavedFor(row, path, n) is not { } saved || saved.Task != of.Task ? null
        : AudioTags.AreIn(saved.Tags, row.Request!.Tags) ? SpeechWriter.Unchanged(row.Request, saved, path, provider, row.Kept)
        : await TryRetagAsync(row, saved, path, token).ConfigureAwait(false);

    // One that was damaged meanwhile is had from elsewhere.
    private async Task<TtsSpeech?> TryRetagAsync(PlannedRow row, LedgerEvent saved, string path, CancellationToken token)
    {
        try
        {
            return await saver.RetagAsync(saved, path, row.Request!.Tags!, ledger, again => SpeechWriter.Known(row.Request, again, saved, provider, row.Kept), token).ConfigureAwait(false);
        }
        catch (TtsException e) when (e.ErrorId == "AudioInvalid")
        {
            return null;
        }
    }

    // Of a row's file that has tags, one without is made only when what came is nowhere else any more.
    private async Task<TtsSpeech?> CopyAsync(SaveOrder order, PlannedRow row, LedgerEvent known, int n, CancellationToken token)
    {
        string? other = ledger.Absolute(known.Results!.Count == 1 ? known.File ?? known.Path : known.Path) is { } path ? (row.Target! with { FullPath = path }).PathOf(n) : null;
        return other is not null && SavedFor(row, other, n) is { } saved && (order.Tags is not null || saved.Tags is null)
            ? (await TrySaveAsync(ResultOf(known, n), order.From(other), token).ConfigureAwait(false)).Speech
            : null;
    }

    private async Task<(TtsSpeech? Speech, TtsException? Failure)> DownloadAsync(
        SaveOrder order, LedgerEvent known, int n, CancellationToken token) =>
        ResultOf(known, n) is { Url: not null } result
            ? await TrySaveAsync(result, order, token).ConfigureAwait(false) : (null, null);

    // Without a file its URL is what is given, if the audio is there.
    private async Task<TtsSpeech?> AtUrlAsync(SaveOrder order, LedgerEvent known, int n, CancellationToken token)
    {
        if (ResultOf(known, n) is not { Url: { } url } result)
            return null;
        try
        {
            // Where a download goes on after a break depends on what has come.
            using MemoryStream audio = new();
            await provider.FetchAsync(result, audio, token).ConfigureAwait(false);
            return order.Describe(new Saved(null, null, null, result));
        }
        catch (TtsException e) when (e.IsGone)
        {
            return null;
        }
        catch (TtsException e)
        {
            throw Errors.DownloadFailed(Presigned.Mask(url.OriginalString), e.Message,
                order.Describe(new Saved(null, null, null, result)), e);
        }
    }

    // What was paid for is gone when its URL says so, or when who has made it does not know it any more; not when a
    // download fails.
    private TtsException? WhyNotGone(LedgerEvent known, int n, TtsException? failure) =>
        failure is not null ? failure.IsGone ? null : failure
        : ResultOf(known, n).Url is null && !provider.IsFree && known.Endpoint is not null
            && known.Endpoint != options.Endpoint
            ? Errors.PaidElsewhere(known.Task, known.Endpoint, options.Endpoint)
        : null;

    private LedgerEvent? SavedFor(PlannedRow row, string path, int n) =>
        ledger.Saved(path) is { } saved && saved.Hash == row.Identity && saved.Index == n ? saved : null;

    private static SpeechResult ResultOf(LedgerEvent known, int n) => SpeechWriter.ResultOf(known with { Index = n });

    private async Task<(TtsSpeech? Speech, TtsException? Failure)> TrySaveAsync(
        SpeechResult result, SaveOrder order, CancellationToken token)
    {
        try
        {
            return (await saver.SaveAsync(result, order, token).ConfigureAwait(false), null);
        }
        catch (TtsException e) when (e.ErrorId is "DownloadFailed" or "AudioInvalid")
        {
            return (null, e);
        }
    }

    private async Task<TaskAnswer?> AskAsync(LedgerEvent known, CancellationToken token)
    {
        // Another URL may be one of the same service; asking is free. A joined file is no task, and has none.
        if (provider.IsFree || known.Endpoint is null && options.Endpoint is not null)
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
}

/// <summary>What a row had already.</summary>
/// <param name="There">Its results; null where one is nowhere any more.</param>
/// <param name="Missing">What is said of those.</param>
/// <param name="Notes">Where the task is written down that has made them.</param>
internal sealed record Restored(TtsSpeech?[] There, IReadOnlyList<TtsException> Missing, TaskNotes Notes);
