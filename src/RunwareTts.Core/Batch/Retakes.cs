using RunwareTts.Ledger;
using RunwareTts.Providers;

namespace RunwareTts.Batch;

/// <summary>Has a row spoken again whose audio has a length that its text can hardly have, and keeps what is plausible.</summary>
/// <param name="options">How often.</param>
/// <param name="saver">Saves what is better.</param>
/// <param name="place">The row's place, which it has given back.</param>
/// <param name="speak">Speaks the row by a new task.</param>
/// <param name="order">Where the n-th result of a task goes.</param>
/// <param name="emit">Takes what happened.</param>
internal sealed class Retakes(BatchOptions options, ResultSaver saver, Place place, Func<Task<RowOutcome>> speak, Func<RowOutcome, int, SaveOrder> order, Action<BatchEvent> emit)
{
    /// <param name="row">The row.</param>
    /// <param name="takes">Its results, which are replaced by better ones.</param>
    /// <param name="notes">Where the task is written down that has made them.</param>
    /// <param name="ledger">Where its tasks are counted.</param>
    /// <param name="isHalted">Nothing more is to be sent.</param>
    /// <param name="stop">Stops it.</param>
    public async Task ImproveAsync(PlannedRow row, TtsSpeech?[] takes, TaskNotes notes, TaskLedger ledger, Func<bool> isHalted, CancellationToken stop)
    {
        bool isAgain = false;
        int done = 0;
        Guid? first = takes.FirstOrDefault(t => t is not null)?.TaskUUID;
        // A try of an earlier run, which nobody has seen the end of.
        bool isOpen = ledger.FindOpen(row.Identity) is { } open && open.Task != first;
        // Spoken anew on purpose, what was spoken before does not count.
        while (takes.Any(t => t?.Suspect is not null) && done < options.RetrySuspect && (isOpen || RetakeRules.IsLeft(options.Regenerate ? done + 1 : ledger.TakesOf(row.Identity), row.Request!, options)))
        {
            await place.EnterAsync(stop).ConfigureAwait(false);
            stop.ThrowIfCancellationRequested();
            if (isHalted() || await SpeakAsync(++done).ConfigureAwait(false) is not { } outcome)
                break;
            place.Release();
            isOpen = false;
            isAgain = true;
            for (int n = 0; n < takes.Length && n < outcome.Answer.Results.Count; n++)
                takes[n] = takes[n] is { } take ? await BetterAsync(take, outcome, n, stop).ConfigureAwait(false) : null;
        }

        if (!isAgain)
            return;
        if (takes.Any(t => t?.TaskUUID == first))
            await notes.KeptAsync().ConfigureAwait(false);
        foreach (TtsSpeech take in takes.OfType<TtsSpeech>().Where(t => t.Path is not null))
            await notes.KeptAsync(take.Path!).ConfigureAwait(false);
    }

    // Null when there is nothing new: the budget is reached, the service says no.
    private async Task<RowOutcome?> SpeakAsync(int again)
    {
        emit(new BatchEvent.Told(
            $"The audio has a doubtful length; it is generated again ({again} of {options.RetrySuspect})."));
        TtsException? why;
        try
        {
            RowOutcome outcome = await speak().ConfigureAwait(false);
            why = outcome.Failure ?? outcome.Answer.FirstError;
            if (outcome.Answer.Results.Count > 0)
                return outcome;
        }
        catch (TtsException e)
        {
            why = e;
        }

        emit(new BatchEvent.Warned("The audio has a doubtful length and could not be generated again "
            + $"({why?.ErrorId}): {why?.Message} The first audio is kept."));
        return null;
    }

    // Whatever is kept, all of it was paid for.
    private async Task<TtsSpeech> BetterAsync(TtsSpeech take, RowOutcome outcome, int n, CancellationToken stop)
    {
        SpeechResult result = outcome.Answer.Results[n];
        decimal? cost = take.Cost + result.Cost;
        int attempts = take.Attempts + outcome.Attempts;
        if (take.Suspect is null)
            return take with { Cost = cost, Attempts = attempts };
        try
        {
            SaveOrder mine = order(outcome, n);
            TtsSpeech better = await saver.SaveAsync(result, mine with { Accept = saved => mine.Describe(saved).Suspect is null }, stop).ConfigureAwait(false);
            return better with { Cost = cost, Attempts = attempts };
        }
        catch (NotWantedException)
        {
            return take with { Cost = cost, Attempts = attempts };
        }
        catch (TtsException e)
        {
            emit(new BatchEvent.Warned($"Task {outcome.Task} was generated again for the doubtful length "
                + $"of {take.Path ?? take.Id}, and could not be saved ({e.ErrorId}): {e.Message} The "
                + $"first audio is kept; Wait-TtsTask -TaskUUID {outcome.Task} fetches the other without charge."));
            return take with { Cost = cost, Attempts = attempts };
        }
    }
}
