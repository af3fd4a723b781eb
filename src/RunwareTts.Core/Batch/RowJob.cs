using System.Diagnostics;
using RunwareTts.Files;
using RunwareTts.Ledger;

namespace RunwareTts.Batch;

/// <summary>Takes one planned row all the way: what is there already, else what is spoken, to its files.</summary>
internal sealed class RowJob(ISpeechProvider provider, BatchOptions options, OutputPlanner files, TaskLedger ledger, Restorer restorer, RowTask speaker, ResultSaver saver, Action<BatchEvent> emit)
{
    /// <param name="row">The row.</param>
    /// <param name="place">Gives it a place among the tasks in flight.</param>
    /// <param name="isHalted">Nothing more is to be sent.</param>
    /// <param name="stop">Stops everything.</param>
    /// <exception cref="TtsException">The row's error.</exception>
    public async Task RunAsync(PlannedRow row, Place place, Func<bool> isHalted, CancellationToken stop)
    {
        // Asked for once more: an equal row may have ended since this one was planned.
        LedgerEvent? known = options.Regenerate ? null : ledger.FindRequest(row.Identity);
        if (known is { IsDone: true } && row.Wait)
        {
            if (await restorer.TryAsync(row, known, stop).ConfigureAwait(false) is { } events)
            {
                foreach (BatchEvent happened in events)
                    emit(happened);
                return;
            }

            emit(new BatchEvent.Told($"{SpeechWriter.NameOf(row)}: task {known.Task} was paid for before, and its audio cannot be had any more; it is spoken anew."));
        }

        if (!row.Wait && known is { Event: not (LedgerEventKind.Submitted or LedgerEventKind.Failed) } && !provider.IsFree && known.Endpoint == options.Endpoint)
        {
            emit(new BatchEvent.Submitted(SpeechWriter.Task(row, known.Task, options.Endpoint, known.IsDone)));
            return;
        }

        await place.EnterAsync(stop).ConfigureAwait(false);
        // Its place may be that of a row which has just been stopped.
        stop.ThrowIfCancellationRequested();
        if (isHalted())
            return;
        Stopwatch clock = Stopwatch.StartNew();
        RowOutcome outcome = await SpeakAsync(row, known, place, stop).ConfigureAwait(false);
        place.Release();
        if (!row.Wait && outcome is { Failure: null, Answer.Errors.Count: 0 })
            emit(new BatchEvent.Submitted(SpeechWriter.Task(row, outcome.Task, options.Endpoint, isDone: false)));
        else
            await SaveAsync(row, outcome, clock, stop).ConfigureAwait(false);
        foreach (TtsException error in outcome.Failure is null ? outcome.Answer.Errors : [outcome.Failure])
            emit(new BatchEvent.Failed(error, row.Source));
    }

    private async Task<RowOutcome> SpeakAsync(PlannedRow row, LedgerEvent? known, Place place, CancellationToken stop)
    {
        using CancellationTokenSource time = CancellationTokenSource.CreateLinkedTokenSource(stop);
        time.CancelAfter(options.Timeout);
        return await speaker.RunAsync(row, known, place, time.Token, stop).ConfigureAwait(false);
    }

    private async Task SaveAsync(PlannedRow row, RowOutcome outcome, Stopwatch clock, CancellationToken stop)
    {
        for (int n = 0; n < outcome.Answer.Results.Count; n++)
        {
            int index = n;
            string? path = row.Target?.PathOf(n);
            SaveOrder order = new(
                path,
                row.Request!.OutputFormat,
                saved => SpeechWriter.Speech(row.Request, saved, provider.Name, outcome.Task, outcome.Attempts, clock.Elapsed, "Completed", row.Kept))
            {
                SampleRate = row.Request.SampleRate,
                Channels = row.Request.Channels,
                Overwrite = path is not null && files.MayReplace(path),
                Record = saved => outcome.Notes.SavedAsync(saved, index),
            };
            await saver.TellAsync(outcome.Answer.Results[n], order, emit, row.Source, stop).ConfigureAwait(false);
        }
    }
}
