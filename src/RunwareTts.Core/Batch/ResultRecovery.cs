using RunwareTts.Catalog;
using RunwareTts.Ledger;
using RunwareTts.Providers;
using RunwareTts.Requests;

namespace RunwareTts.Batch;

/// <summary>
/// Gives a row the results of an equal task that was charged before: from its file, a copy of another row's file, its
/// URL, or the service. All of this is free.
/// </summary>
internal sealed class ResultRecovery(BatchScope batch)
{
    private readonly ISpeechProvider _provider = batch.Provider;
    private readonly TaskLedger _ledger = batch.Ledger;
    private readonly SuspectRules _suspects = new(batch.Provider, batch.Options, batch.Ledger);

    /// <summary>One result, or why it could not be fetched; neither if it was not found.</summary>
    private sealed record Found(TtsSpeech? Speech, TtsException? Failure = null)
    {
        public static readonly Found Nothing = new(Speech: null);
    }

    /// <param name="row">The row.</param>
    /// <param name="known">The task that made its results.</param>
    /// <returns>The results; null if no result exists any more, so that the row must be generated.</returns>
    /// <exception cref="TtsException">The audio exists, and could not be fetched.</exception>
    public async Task<RowSpeeches?> TryAsync(PlannedRow row, LedgerEvent known)
    {
        int count = known.Results!.Count;
        Found[] found = new Found[count];
        for (int n = 0; n < count; n++)
            found[n] = row.Target is null ? Found.Nothing
                : await WithoutServiceAsync(row, EventOf(row, n, known), n).ConfigureAwait(false);
        if (found.Any(f => f.Speech is null))
        {
            TaskAnswer fresh = await AskAsync(known).ConfigureAwait(false) ?? new TaskAnswer();
            for (int n = 0; n < count; n++)
            {
                if (found[n].Speech is null)
                    found[n] = await FromServiceAsync(row, known, fresh, found[n].Failure, n).ConfigureAwait(false);
            }
        }

        // If only some are missing, they are errors: a new task would be charged for all, and replace the others.
        if (found.All(f => f.Speech is null))
            return found.FirstOrDefault(f => f.Failure is not null)?.Failure is { } failure ? throw failure : null;
        List<TtsException> missing = [.. found.Select((f, n) => f.Speech is not null ? null
            : f.Failure ?? Errors.ResultGone(known.Task, n, count)).OfType<TtsException>()];
        if (count < row.Request!.NumberResults)
            missing.Add(Errors.PartlyGenerated(
                known.Task, count, row.Request.NumberResults, known.Error, _provider.ChargesNothing));
        return new RowSpeeches([.. found.Select(f => f.Speech)], JournalOf(row, known)) { Errors = missing };
    }

    // Each of several results may come from another task, since one may have been generated again. A file of doubtful
    // length gives way to the result of a later equal task.
    private LedgerEvent EventOf(PlannedRow row, int n, LedgerEvent known)
    {
        if (row.Target is null || _ledger.FindFile(row.Target.PathOf(n)) is not { IsDone: true } own
            || own.Hash != row.Identity || own.Index != n || own.Results!.Count != known.Results!.Count)
            return known;
        bool isWorse = known.Results.Count == 1 && own.Task != known.Task
            && row.Work == RowWork.GenerateAgain && _suspects.IsSuspect(own, row.Request!);
        return isWorse ? known : own;
    }

    // From files or the URL, without a request to the service's API.
    private async Task<Found> WithoutServiceAsync(PlannedRow row, LedgerEvent of, int n)
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

    // From the service. The last resort is a copy of a file that has tags, without them.
    private async Task<Found> FromServiceAsync(
        PlannedRow row, LedgerEvent known, TaskAnswer fresh, TtsException? failure, int n)
    {
        LedgerEvent of = EventOf(row, n, known);
        TtsSpeech? speech;
        if (fresh.Results.Count > n)
        {
            SpeechResult result = await AsAskedAsync(row, Match(fresh, known.Results![n], n)).ConfigureAwait(false);
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
            // The file was damaged since, so other sources are tried.
            return null;
        }
    }

    // A copy without tags of its own (null, unlike None) has those of its source, so the source must have none.
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

    // A row without a file gets the URL, if the audio can still be downloaded.
    private async Task<TtsSpeech?> AtUrlAsync(PlannedRow row, LedgerEvent known, int n)
    {
        SpeechResult result = SpeechFactory.ResultOf(known, n);
        if (result.Url is null)
            return null;
        TtsSpeech speech = SpeechFactory.OfTask(row, known, result, _provider);
        try
        {
            // The bytes are kept because a download that breaks off is resumed after them.
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

    // A failed download does not prove that the audio is gone: its URL must say so, or the service that made it.
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
        // Another endpoint may belong to the same service, and asking is free. A joined file has no task to ask for.
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

    // The service may return the results in another order than the first time.
    private static SpeechResult Match(TaskAnswer fresh, LedgerResult old, int n) =>
        fresh.Results.FirstOrDefault(r => old.Audio is not null && r.AudioUuid == old.Audio) ?? fresh.Results[n];

    // With OutputType base64Data or dataURI a row without a file gets the bytes.
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
