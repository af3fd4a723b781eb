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
internal sealed class ResultRecovery(BatchScope batch)
{
    private readonly ISpeechProvider _provider = batch.Provider;
    private readonly TaskLedger _ledger = batch.Ledger;
    private readonly SuspectRules _suspects = new(batch.Provider, batch.Options, batch.Ledger);

    /// <summary>One result as far as it was looked for, and why it could not be had; null for no reason.</summary>
    private sealed record Found(TtsSpeech? Speech, TtsException? Failure = null)
    {
        public static readonly Found Nothing = new(Speech: null);
    }

    /// <param name="row">The row.</param>
    /// <param name="known">The task that has made its results.</param>
    /// <returns>What comes of the row; null when its audio cannot be had any more.</returns>
    /// <exception cref="TtsException">It is there and cannot be brought here.</exception>
    public async Task<RowSpeeches?> TryAsync(PlannedRow row, LedgerEvent known)
    {
        int count = known.Results!.Count;
        Found[] found = new Found[count];
        for (int n = 0; n < count; n++)
            found[n] = row.Target is null ? Found.Nothing
                : await NearbyAsync(row, OwnOf(row, n, known), n).ConfigureAwait(false);
        if (found.Any(f => f.Speech is null))
        {
            TaskAnswer fresh = await AskAsync(known).ConfigureAwait(false) ?? new TaskAnswer();
            for (int n = 0; n < count; n++)
            {
                if (found[n].Speech is null)
                    found[n] = await FromServiceAsync(row, known, fresh, found[n].Failure, n).ConfigureAwait(false);
            }
        }

        // One of several is not worth paying for all of them once more, and writing over those that are there.
        if (found.All(f => f.Speech is null))
            return found.FirstOrDefault(f => f.Failure is not null)?.Failure is { } failure ? throw failure : null;
        List<TtsException> missing = [.. found.Select((f, n) => f.Speech is not null ? null
            : f.Failure ?? Errors.ResultGone(known.Task, n, count)).OfType<TtsException>()];
        if (count < row.Request!.NumberResults)
            missing.Add(Errors.PartlyGenerated(known.Task, count, row.Request.NumberResults, known.Error));
        return new RowSpeeches([.. found.Select(f => f.Speech)], JournalOf(row, known)) { Errors = missing };
    }

    // Of several results each has its own last word, since one of them may have been generated again. Where that is
    // doubtful, a later one of an equal row is better.
    private LedgerEvent OwnOf(PlannedRow row, int n, LedgerEvent known)
    {
        if (row.Target is null || _ledger.FindFile(row.Target.PathOf(n)) is not { IsDone: true } own
            || own.Hash != row.Identity || own.Index != n || own.Results!.Count != known.Results!.Count)
            return known;
        bool isWorse = known.Results.Count == 1 && own.Task != known.Task
            && row.Work == RowWork.GenerateAgain && _suspects.IsSuspect(own, row.Request!);
        return isWorse ? known : own;
    }

    // What needs no question to the service.
    private async Task<Found> NearbyAsync(PlannedRow row, LedgerEvent of, int n)
    {
        string path = row.Target!.PathOf(n);
        if (SavedFor(row, path, n) is { } saved && saved.Task == of.Task)
        {
            if (AudioTags.AreIn(saved.Tags, row.Request!.Tags))
                return new Found(SpeechFactory.OfFile(row, saved, path, _provider));
            if (await TryRetagAsync(row, saved, path).ConfigureAwait(false) is { } retagged)
                return new Found(retagged);
        }

        SaveTarget target = batch.TargetOf(row, n);
        if (await TryCopyAsync(row, of, n, target).ConfigureAwait(false) is { } copy)
            return new Found(copy);
        TtsSpeech speech = SpeechFactory.OfTask(row, of, SpeechFactory.ResultOf(of, n), _provider);
        return speech.AudioUrl is null ? Found.Nothing
            : await TrySaveAsync(row, speech, target, of, n).ConfigureAwait(false);
    }

    // What the service still has. A file without the tags that the row asks for is copied only when nothing else is
    // left.
    private async Task<Found> FromServiceAsync(
        PlannedRow row, LedgerEvent known, TaskAnswer fresh, TtsException? failure, int n)
    {
        LedgerEvent of = OwnOf(row, n, known);
        TtsSpeech? speech;
        if (fresh.Results.Count > n)
        {
            SpeechResult result = await AsAskedAsync(row, Same(fresh, known.Results![n], n)).ConfigureAwait(false);
            speech = await batch.Saver.SaveAsync(SpeechFactory.OfTask(row, of, result, _provider),
                batch.TargetOf(row, n), JournalOf(row, of), n, batch.Stop).ConfigureAwait(false);
        }
        else
        {
            speech = row.Target is null
                ? await AtUrlAsync(row, of, n).ConfigureAwait(false)
                : await TryCopyAsync(row, known, n, batch.TargetOf(row, n) with { Tags = AudioTags.None })
                    .ConfigureAwait(false);
        }

        return speech is null ? new Found(null, WhyNotGone(of, n, failure)) : new Found(speech);
    }

    private async Task<TtsSpeech?> TryRetagAsync(PlannedRow row, LedgerEvent saved, string path)
    {
        try
        {
            return await batch.Saver.RetagAsync(
                SpeechFactory.OfFile(row, saved, path, _provider), saved, row.Request!.Tags!, _ledger, batch.Stop)
                .ConfigureAwait(false);
        }
        catch (TtsException e) when (e.ErrorId == "AudioInvalid")
        {
            // One that was damaged meanwhile is had from elsewhere.
            return null;
        }
    }

    // Of a row's file that has tags, one without is made only when what came is nowhere else any more.
    private async Task<TtsSpeech?> TryCopyAsync(PlannedRow row, LedgerEvent known, int n, SaveTarget target)
    {
        string? planned = _ledger.Absolute(known.Results!.Count == 1 ? known.File ?? known.Path : known.Path);
        if (planned is null)
            return null;
        string other = (row.Target! with { FullPath = planned }).PathOf(n);
        if (SavedFor(row, other, n) is not { } saved || target.Tags is null && saved.Tags is not null)
            return null;
        TtsSpeech speech = SpeechFactory.OfTask(row, known, SpeechFactory.ResultOf(known, n), _provider);
        return (await TrySaveAsync(row, speech, target, known, n, other).ConfigureAwait(false)).Speech;
    }

    private async Task<Found> TrySaveAsync(
        PlannedRow row, TtsSpeech speech, SaveTarget target, LedgerEvent of, int n, string? copyOf = null)
    {
        try
        {
            return new Found(await batch.Saver.SaveAsync(speech, target, JournalOf(row, of), n, batch.Stop, copyOf)
                .ConfigureAwait(false));
        }
        catch (TtsException e) when (e.ErrorId is "DownloadFailed" or "AudioInvalid")
        {
            return new Found(null, e);
        }
    }

    // Without a file its URL is what is given, if the audio is there.
    private async Task<TtsSpeech?> AtUrlAsync(PlannedRow row, LedgerEvent known, int n)
    {
        SpeechResult result = SpeechFactory.ResultOf(known, n);
        if (result.Url is null)
            return null;
        TtsSpeech speech = SpeechFactory.OfTask(row, known, result, _provider);
        try
        {
            // Where a download goes on after a break depends on what has come.
            using MemoryStream audio = new();
            await _provider.FetchAsync(result, audio, batch.Stop).ConfigureAwait(false);
            return speech;
        }
        catch (TtsException e) when (e.IsGone)
        {
            return null;
        }
        catch (TtsException e)
        {
            throw Errors.DownloadFailed(
                Presigned.Mask(result.Url.OriginalString), e.Message, speech, e);
        }
    }

    // What was paid for is gone when its URL says so, or when the service that made it does not know it any more; not
    // when a download fails.
    private TtsException? WhyNotGone(LedgerEvent known, int n, TtsException? failure)
    {
        if (failure is not null)
            return failure.IsGone ? null : failure;
        bool isElsewhere = SpeechFactory.ResultOf(known, n).Url is null && !_provider.ChargesNothing
            && known.Endpoint is not null && known.Endpoint != batch.Options.Endpoint;
        return isElsewhere ? Errors.PaidElsewhere(known.Task, known.Endpoint!, batch.Options.Endpoint) : null;
    }

    private LedgerEvent? SavedFor(PlannedRow row, string path, int n) =>
        _ledger.Saved(path) is { } saved && saved.Hash == row.Identity && saved.Index == n ? saved : null;

    private TaskJournal JournalOf(PlannedRow row, LedgerEvent of) =>
        new(_ledger, of with { Path = row.Target is null ? null : _ledger.Relative(row.Target.FullPath) });

    private async Task<TaskAnswer?> AskAsync(LedgerEvent known)
    {
        // Another URL may be one of the same service; asking is free. A joined file is no task, and has none.
        if (_provider.ChargesNothing || known.Endpoint is null && batch.Options.Endpoint is not null)
            return null;
        using CancellationTokenSource time = CancellationTokenSource.CreateLinkedTokenSource(batch.Stop);
        time.CancelAfter(batch.Options.Timeout);
        try
        {
            return await batch.Recall.AskAsync(known.Task, time.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!batch.Stop.IsCancellationRequested)
        {
            throw Errors.TaskTimeout(known.Task, batch.Options.Timeout);
        }
    }

    // The service need not give them in the order in which it gave them first.
    private static SpeechResult Same(TaskAnswer fresh, LedgerResult old, int n) =>
        fresh.Results.FirstOrDefault(r => old.Audio is not null && r.AudioUuid == old.Audio) ?? fresh.Results[n];

    // Without a file the bytes themselves may be what is wanted.
    private async Task<SpeechResult> AsAskedAsync(PlannedRow row, SpeechResult result)
    {
        string? type = row.Request!.OutputType;
        if (row.Target is not null || result.Url is null || type is null || type == SpeechCatalog.OutputTypes[0])
            return result;
        using MemoryStream bytes = new();
        await _provider.FetchAsync(result, bytes, batch.Stop).ConfigureAwait(false);
        return result with { Data = bytes.ToArray(), Url = null };
    }
}
