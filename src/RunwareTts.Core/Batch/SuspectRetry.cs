using System.Diagnostics;
using RunwareTts.Ledger;

namespace RunwareTts.Batch;

/// <summary>
/// Generates a row again whose audio has a length that its text can hardly have, and keeps what is plausible.
/// </summary>
internal sealed class SuspectRetry(BatchScope batch, TaskRunner tasks)
{
    private readonly SuspectRules _suspects = new(batch.Provider, batch.Options, batch.Ledger);

    /// <param name="row">The row.</param>
    /// <param name="takes">Its results.</param>
    /// <param name="slot">The row's slot, which it has released.</param>
    /// <param name="clock">Since the row began.</param>
    /// <returns>The same, with better ones where there are any.</returns>
    public async Task<Takes> ImproveAsync(PlannedRow row, Takes takes, TaskSlot slot, Stopwatch clock)
    {
        if (batch.Options.RetrySuspect == 0 || takes.Speeches.All(t => t?.Suspect is null))
            return takes;
        TtsSpeech?[] speeches = [.. takes.Speeches];
        List<string> warnings = [.. takes.Warnings];
        Guid? first = speeches.FirstOrDefault(t => t is not null)?.TaskUUID;
        // A try of an earlier run, whose end was never seen.
        LedgerEvent? open = batch.Ledger.FindOpen(row.Identity) is { } last && last.Task != first ? last : null;
        bool isAgain = false;
        for (int done = 0; IsTryLeft(row, speeches, done, open is not null); open = null)
        {
            await slot.EnterAsync(batch.Stop).ConfigureAwait(false);
            batch.Stop.ThrowIfCancellationRequested();
            if (batch.IsHaltedFor(row))
                break;
            batch.Log.Write(row, FormattableString.Invariant(
                $"The audio has a doubtful length; generating it again ({++done} of {batch.Options.RetrySuspect})."));
            (TaskOutcome? outcome, TtsException? why) = await GenerateAsync(row, slot).ConfigureAwait(false);
            if (outcome is null)
            {
                warnings.Add("The audio has a doubtful length and could not be generated again "
                    + $"({why?.ErrorId}): {why?.Message} The first audio is kept.");
                break;
            }

            isAgain = true;
            for (int n = 0; n < speeches.Length && n < outcome.Answer.Results.Count; n++)
            {
                if (speeches[n] is not { } speech)
                    continue;
                (speeches[n], string? warning) = await BetterAsync(row, speech, outcome, n, clock)
                    .ConfigureAwait(false);
                if (warning is not null)
                    warnings.Add(warning);
            }
        }

        if (isAgain)
            await NoteKeptAsync(speeches, first, takes.Journal).ConfigureAwait(false);
        return takes with { Speeches = speeches, Warnings = warnings };
    }

    // With -Regenerate, what was generated before does not count.
    private bool IsTryLeft(PlannedRow row, TtsSpeech?[] speeches, int done, bool isOpen) =>
        speeches.Any(t => t?.Suspect is not null)
        && done < batch.Options.RetrySuspect
        && (isOpen || _suspects.IsLeft(
            batch.Options.Regenerate ? done + 1 : batch.Ledger.TakesOf(row.Identity), row.Request!));

    // No outcome when there is nothing new: the budget is reached, or the service says no.
    private async Task<(TaskOutcome? Outcome, TtsException? Why)> GenerateAsync(PlannedRow row, TaskSlot slot)
    {
        LedgerEvent? sent = batch.Ledger.FindOpen(row.Identity) is { } open && !batch.Provider.ChargesNothing
            && open.Endpoint == batch.Options.Endpoint ? open : null;
        try
        {
            TaskOutcome outcome = await tasks.RunAsync(row, sent, slot).ConfigureAwait(false);
            return outcome.Answer.Results.Count > 0 ? (outcome, null) : (null, outcome.Error);
        }
        catch (TtsException e)
        {
            return (null, e);
        }
    }

    // Whichever is kept, all of them were paid for.
    private async Task<(TtsSpeech Speech, string? Warning)> BetterAsync(
        PlannedRow row, TtsSpeech speech, TaskOutcome outcome, int n, Stopwatch clock)
    {
        TtsSpeech kept = speech with
        {
            Cost = speech.Cost + outcome.Answer.Results[n].Cost,
            Attempts = speech.Attempts + outcome.Attempts,
        };
        if (speech.Suspect is null)
            return (kept, null);
        try
        {
            TtsSpeech again = batch.Describe(row, outcome, n) with { Elapsed = clock.Elapsed };
            using PendingSpeech pending = await batch.Saver.BringAsync(again, batch.TargetOf(row, n), batch.Stop)
                .ConfigureAwait(false);
            if (pending.Speech.Suspect is not null)
                return (kept, null);
            TtsSpeech better = await pending.CommitAsync(outcome.Journal, n).ConfigureAwait(false);
            return (better with { Cost = kept.Cost, Attempts = kept.Attempts, Elapsed = clock.Elapsed }, null);
        }
        catch (TtsException e)
        {
            return (kept, $"Task {outcome.Task} was generated again for the doubtful length "
                + $"of {speech.Path ?? speech.Id}, and could not be saved ({e.ErrorId}): {e.Message} The "
                + $"first audio is kept; Wait-TtsTask -TaskUUID {outcome.Task} fetches the other without charge.");
        }
    }

    // What is kept is the last word about the row again.
    private async Task NoteKeptAsync(TtsSpeech?[] speeches, Guid? first, TaskJournal journal)
    {
        if (speeches.Any(t => t?.TaskUUID == first))
            await journal.KeptAsync().ConfigureAwait(false);
        foreach (TtsSpeech speech in speeches.OfType<TtsSpeech>().Where(t => t.Path is not null))
            await journal.KeptAsync(speech.Path!).ConfigureAwait(false);
    }
}
