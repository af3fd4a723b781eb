using System.Diagnostics;
using RunwareTts.Ledger;
using RunwareTts.Output;
using RunwareTts.Providers;
using RunwareTts.Requests;

namespace RunwareTts.Batch;

/// <summary>Takes one planned row all the way: what is there already, else what is spoken, to its files.</summary>
internal sealed class RowJob(ISpeechProvider provider, BatchOptions options, OutputPlanner files, TaskLedger ledger,
    Restorer restorer, RowTask speaker, ResultSaver saver, ResultUpload upload, Action<BatchEvent> emit)
{
    /// <param name="row">The row.</param>
    /// <param name="place">Gives it a place among the tasks in flight.</param>
    /// <param name="isHalted">Nothing more is to be sent.</param>
    /// <param name="stop">Stops everything.</param>
    /// <exception cref="TtsException">The row's error.</exception>
    public async Task RunAsync(PlannedRow row, Place place, Func<bool> isHalted, CancellationToken stop)
    {
        // Asked for once more: an equal row may have ended since this one was planned.
        LedgerEvent? known = options.Regenerate ? null : row.IsSuspect ? ledger.FindRequest(row.Identity) : row.Redo ?? ledger.FindRequest(row.Identity);
        if (known is { IsDone: true } && row.Wait)
        {
            if (await restorer.TryAsync(row, known, stop).ConfigureAwait(false) is { } restored)
            {
                await ImproveAsync(row, restored.There, restored.Notes, Stopwatch.StartNew(), place, isHalted, stop).ConfigureAwait(false);
                End(row, restored.Missing);
                await UploadAsync(row, restored.There, stop).ConfigureAwait(false);
                return;
            }

            emit(new BatchEvent.Told($"Task {known.Task} was paid for before, and its audio cannot be had any more; "
                + "it is generated again."));
        }

        if (!row.Wait && known is { Event: not (LedgerEventKind.Submitted or LedgerEventKind.Failed) } && !provider.IsFree && known.Endpoint == options.Endpoint)
        {
            emit(new BatchEvent.Submitted(
                SpeechWriter.Task(row, known.Task, options.Endpoint, known.IsDone, known.SubmittedAt)));
            if (known.IsDone && upload.IsDue(row))
                await upload.SendAsync(row, known, stop).ConfigureAwait(false);
            else if (upload.IsDue(row) && known.Upload != RequestHash.UploadPlace(row.Request!))
                emit(new BatchEvent.Warned($"Task {known.Task} of an equal row is under way and does "
                    + "not upload to this UploadEndpoint. Run the row again when it is done: "
                    + "its audio is then uploaded from here, without charge."));
            return;
        }

        await place.EnterAsync(stop).ConfigureAwait(false);
        // Its place may be that of a row which has just been stopped.
        stop.ThrowIfCancellationRequested();
        if (isHalted())
            return;
        // Since it was planned, an earlier row may have found that nothing can be saved there.
        if (row.Target is not null)
            files.Prepare(row.Target);
        Stopwatch clock = Stopwatch.StartNew();
        RowOutcome outcome = await SpeakAsync(row, known, place, stop).ConfigureAwait(false);
        // A row whose error ends the pipeline keeps its place until all others are halted.
        if (outcome is not { Failure.EndsPipeline: true } && !outcome.Answer.Errors.Any(e => e.EndsPipeline))
            place.Release();
        if (!row.Wait && outcome is { Failure: null, Answer.Errors.Count: 0 })
        {
            emit(new BatchEvent.Submitted(
                SpeechWriter.Task(row, outcome.Task, options.Endpoint, isDone: false, outcome.Notes.Submitted)));
        }
        else
        {
            TtsSpeech?[] takes = await SaveAsync(row, outcome, clock, stop).ConfigureAwait(false);
            await ImproveAsync(row, takes, outcome.Notes, clock, place, isHalted, stop).ConfigureAwait(false);
            await UploadAsync(row, takes, stop).ConfigureAwait(false);
        }

        End(row, outcome.Failure is null ? outcome.Answer.Errors : [outcome.Failure]);
    }

    /// <summary>Gives the row the file that is there, with the tags that it asks for; false when it has gone meanwhile.</summary>
    public async Task<bool> TryRestoreAsync(PlannedRow row, LedgerEvent saved, CancellationToken token)
    {
        if (await restorer.TryAsync(row, saved with { Results = saved.Results ?? [new LedgerResult(null, null, null)] }, token).ConfigureAwait(false) is not { } restored)
            return false;
        foreach (TtsSpeech speech in restored.There.OfType<TtsSpeech>())
            emit(new BatchEvent.Spoken(speech));
        return true;
    }

    private async Task ImproveAsync(PlannedRow row, TtsSpeech?[] takes, TaskNotes notes, Stopwatch clock, Place place, Func<bool> isHalted, CancellationToken stop)
    {
        Retakes retakes = new(options, saver, place, () => SpeakAsync(row, ledger.FindOpen(row.Identity), place, stop), (again, n) => Order(row, again, n, clock), emit);
        await retakes.ImproveAsync(row, takes, notes, ledger, isHalted, stop).ConfigureAwait(false);
        foreach (TtsSpeech take in takes.OfType<TtsSpeech>())
        {
            // What was not spoken now was told of when it was.
            if (take.Attempts == 0)
                emit(new BatchEvent.Spoken(take));
            else
                ResultSaver.Tell(take, emit);
        }
    }

    // Of what the service generates for this row it has done so itself.
    private async Task UploadAsync(PlannedRow row, TtsSpeech?[] takes, CancellationToken stop)
    {
        if (takes.Any(take => take is not null) && upload.IsDue(row))
            await upload.SendAsync(row, takes.OfType<TtsSpeech>(), stop).ConfigureAwait(false);
    }

    private void End(PlannedRow row, IEnumerable<TtsException> errors)
    {
        foreach (TtsException error in errors)
            emit(new BatchEvent.Failed(error, row.Source));
    }

    private async Task<RowOutcome> SpeakAsync(PlannedRow row, LedgerEvent? known, Place place, CancellationToken stop)
    {
        using CancellationTokenSource time = CancellationTokenSource.CreateLinkedTokenSource(stop);
        time.CancelAfter(options.Timeout);
        return await speaker.RunAsync(row, known, place, time.Token, stop).ConfigureAwait(false);
    }

    private async Task<TtsSpeech?[]> SaveAsync(PlannedRow row, RowOutcome outcome, Stopwatch clock, CancellationToken stop)
    {
        TtsSpeech?[] takes = new TtsSpeech?[outcome.Answer.Results.Count];
        for (int n = 0; n < takes.Length; n++)
            takes[n] = await saver.TrySaveAsync(outcome.Answer.Results[n], Order(row, outcome, n, clock), emit, row.Source, stop).ConfigureAwait(false);
        if (row.Target is not null && takes.Contains(null))
            files.Doubt(row.Target);
        return takes;
    }

    private SaveOrder Order(PlannedRow row, RowOutcome outcome, int n, Stopwatch clock)
    {
        string? path = row.Target?.PathOf(n);
        return new SaveOrder(
            path,
            row.Request!.OutputFormat,
            saved => SpeechWriter.Speech(row.Request, saved, provider.Name, outcome.Task, outcome.Attempts, clock.Elapsed, "Completed", row.Kept))
        {
            SampleRate = row.Request.SampleRate,
            Channels = row.Request.Channels,
            Overwrite = path is not null && (row.IsPart || files.MayReplace(path)),
            Tags = row.Request.Tags,
            Record = saved => outcome.Notes.SavedAsync(saved, n),
        };
    }
}
