using System.Diagnostics;
using RunwareTts.Audio;
using RunwareTts.Ledger;

namespace RunwareTts.Batch;

/// <summary>
/// Generates a row again if the length of its audio is implausible for its text, and keeps the plausible audio.
/// </summary>
internal sealed class SuspectRetry(BatchScope batch, TaskRunner tasks)
{
    private readonly SuspectRules _suspects = new(batch.Provider, batch.Options, batch.Ledger);

    /// <param name="row">The row.</param>
    /// <param name="results">Its results.</param>
    /// <param name="slot">The row's slot, which it has released.</param>
    /// <param name="clock">The time since the row started.</param>
    /// <returns>The results, with better ones in place of doubtful ones.</returns>
    public async Task<RowSpeeches> ImproveAsync(PlannedRow row, RowSpeeches results, TaskSlot slot, Stopwatch clock)
    {
        if (batch.Options.RetrySuspect == 0 || !results.Speeches.Any(t => SpeechLength.IsRetried(t?.Suspect)))
            return results;
        TtsSpeech?[] speeches = [.. results.Speeches];
        List<string> warnings = [.. results.Warnings];
        Guid? first = speeches.FirstOrDefault(t => t is not null)?.TaskUUID;
        // An earlier run sent a further task and did not see its end.
        LedgerEvent? open = batch.Ledger.FindOpen(row.Identity) is { } last && last.Task != first ? last : null;
        bool isAgain = false;
        for (int done = 0; IsTryLeft(row, speeches, done, open is not null); open = null)
        {
            await slot.EnterAsync(batch.Stop).ConfigureAwait(false);
            batch.Stop.ThrowIfCancellationRequested();
            if (batch.IsHaltedFor(row))
                break;
            done++;
            batch.Log.Write(row, FormattableString.Invariant(
                $"The audio has a doubtful length; generating it again ({done} of {batch.Options.RetrySuspect})."));
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
            await RecordKeptAsync(speeches, first, results.Journal).ConfigureAwait(false);
        return results with { Speeches = speeches, Warnings = warnings };
    }

    // With -Regenerate, only the tasks of this run count.
    private bool IsTryLeft(PlannedRow row, TtsSpeech?[] speeches, int done, bool isOpen) =>
        speeches.Any(t => SpeechLength.IsRetried(t?.Suspect))
        && done < batch.Options.RetrySuspect
        && (isOpen || _suspects.IsLeft(
            batch.Options.Regenerate ? done + 1 : batch.Ledger.CountGenerations(row.Identity), row.Request!));

    // No outcome if there is no new audio: the budget is reached, or the service refused.
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

    // Cost and Attempts include all tasks, whichever result is kept.
    private async Task<(TtsSpeech Speech, string? Warning)> BetterAsync(
        PlannedRow row, TtsSpeech speech, TaskOutcome outcome, int n, Stopwatch clock)
    {
        TtsSpeech kept = speech with
        {
            Cost = speech.Cost + outcome.Answer.Results[n].Cost,
            Attempts = speech.Attempts + outcome.Attempts,
        };
        if (!SpeechLength.IsRetried(speech.Suspect))
            return (kept, null);
        try
        {
            TtsSpeech again = batch.Describe(row, outcome, n) with { Elapsed = clock.Elapsed };
            using PendingSpeech pending = await batch.Saver.PrepareAsync(again, batch.TargetOf(row, n), batch.Stop)
                .ConfigureAwait(false);
            if (SpeechLength.IsRetried(pending.Speech.Suspect))
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

    // The ledger's last event of the row must be that of the results that were kept.
    private static async Task RecordKeptAsync(TtsSpeech?[] speeches, Guid? first, TaskJournal journal)
    {
        if (speeches.Any(t => t?.TaskUUID == first))
            await journal.KeptAsync().ConfigureAwait(false);
        foreach (TtsSpeech speech in speeches.OfType<TtsSpeech>().Where(t => t.Path is not null))
            await journal.KeptAsync(speech.Path!).ConfigureAwait(false);
    }
}
