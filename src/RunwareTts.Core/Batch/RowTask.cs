using System.Diagnostics;
using RunwareTts.Ledger;

namespace RunwareTts.Batch;

/// <summary>What came of a row's task.</summary>
/// <param name="Task">The task; the last one where a first one failed.</param>
/// <param name="Answer">What was seen of it. Results before a failure were paid for too.</param>
/// <param name="Attempts">How often it was sent.</param>
/// <param name="Failure">Why there is not more.</param>
/// <param name="Notes">Where it is written down.</param>
internal sealed record RowOutcome(Guid Task, TaskAnswer Answer, int Attempts, TtsException? Failure, TaskNotes Notes);

/// <summary>Has one row spoken: writes its task down, sends it and waits for it; or goes on with one that an earlier run has sent.</summary>
internal sealed class RowTask(ISpeechProvider provider, BatchOptions options, TaskLedger ledger, Budget budget, Submission submission, TaskPoller poller, TaskRecall recall, RetryDelay delay, Action<BatchEvent> emit)
{
    /// <param name="row">The row.</param>
    /// <param name="known">What the ledger says last of it.</param>
    /// <param name="place">Its place, which it has.</param>
    /// <param name="time">Ends when the row's time is over.</param>
    /// <param name="stop">Ends everything.</param>
    /// <exception cref="TtsException">BudgetReached; or an earlier task could not be asked for.</exception>
    public async Task<RowOutcome> RunAsync(PlannedRow row, LedgerEvent? known, Place place, CancellationToken time, CancellationToken stop)
    {
        Guid? sent = known is { IsOpen: true } && !provider.IsFree && known.Endpoint == options.Endpoint ? known.Task : null;
        TaskAnswer? answer = sent is { } task && row.Wait ? await AskAsync(task, time, stop).ConfigureAwait(false) : null;
        int attempts = 0;
        for (int tries = 1; ; tries++)
        {
            RowOutcome outcome = await OnceAsync(row, sent is null ? null : known, answer, place, time, stop).ConfigureAwait(false);
            attempts += outcome.Attempts;
            if (tries == options.MostTasks || outcome.Answer.Results.Count > 0 || (outcome.Failure ?? outcome.Answer.FirstError) is not { NeedsNewTask: true } failure)
                return outcome with { Attempts = attempts };
            TimeSpan wait = delay.Next(tries, failure.RetryAfter);
            Tell(FormattableString.Invariant($"Task {outcome.Task} failed at the service ({failure.ErrorId}); it is spoken by a new task in {wait.TotalSeconds:0.0} s."));
            place.Release();
            try
            {
                await Task.Delay(wait, time).ConfigureAwait(false);
                await place.EnterAsync(time).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                return outcome with { Attempts = attempts };
            }

            (sent, answer) = (null, null);
        }
    }

    private async Task<TaskAnswer?> AskAsync(Guid task, CancellationToken time, CancellationToken stop)
    {
        Tell($"Task {task} was sent by an earlier run; it is asked for before anything is sent.");
        try
        {
            return await recall.AskAsync(task, time).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw Errors.TaskTimeout(task, options.Timeout);
        }
        catch (TtsException e)
        {
            throw Errors.InDoubt(task, e);
        }
    }

    private async Task<RowOutcome> OnceAsync(PlannedRow row, LedgerEvent? sent, TaskAnswer? answer, Place place, CancellationToken time, CancellationToken stop)
    {
        Guid task = sent?.Task ?? Guid.NewGuid();
        TaskNotes notes = TaskNotes.Of(ledger, row, task, provider.Name, options.Endpoint, sent);
        decimal reserved = answer is null && !provider.IsFree ? budget.Reserve(row.Request!) : 0;
        Stopwatch clock = Stopwatch.StartNew();
        TaskAnswer seen = answer ?? new TaskAnswer();
        int attempts = 0;
        bool isTaken = sent is not null;
        TtsException? failure = null;
        try
        {
            if (answer is null)
            {
                // Nothing leaves that is not written down.
                if (sent is null)
                    await notes.SubmittedAsync().ConfigureAwait(false);
                seen = await submission.SendAsync(task, row, mayBeThere: sent is not null, place, () => attempts++, time).ConfigureAwait(false);
                isTaken = true;
                Tell(FormattableString.Invariant($"Task {task}, {row.Request!.TextLength} characters, {row.Request.ModelName}, answered after {clock.Elapsed.TotalSeconds:0.0} s."));
            }

            bool isFinal = seen.IsFinal(row.Request!.NumberResults);
            if (!row.Wait || !isFinal)
                await notes.AcceptedAsync().ConfigureAwait(false);
            // One that had arrived before may be long done, and known to the archive only.
            TimeSpan? age = answer is null && !ReferenceEquals(seen, TaskAnswer.Arrived) ? clock.Elapsed : null;
            if (row.Wait && !isFinal)
                seen = await poller.WaitAsync(task, row.Request.NumberResults, row.Request.TextLength, age, soFar => seen = soFar, time).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            failure = provider.IsFree ? Errors.SpeechTimeout(options.Timeout) : Errors.TaskTimeout(task, options.Timeout);
        }
        catch (TtsException e)
        {
            failure = isTaken && !(e.IsInDoubt && e.TaskUUID is not null) ? Errors.InDoubt(task, e) : e;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            failure = Errors.Unexpected(e, task);
        }

        Settle(row, seen, failure, reserved);
        // Another may be sent while this one is written down.
        place.Release();
        await EndAsync(notes, seen, failure, attempts, clock.Elapsed).ConfigureAwait(false);
        return new RowOutcome(task, seen, attempts, failure, notes);
    }

    private void Settle(PlannedRow row, TaskAnswer seen, TtsException? failure, decimal reserved)
    {
        if (reserved == 0)
            return;
        if (IsUnpaid(seen, failure))
            budget.GiveBack(reserved);
        else
            budget.Settle(row.Request!, reserved, failure is null && seen.Results.Count > 0 && seen.Results.All(r => r.Cost is not null) ? seen.Results : null);
    }

    private static async Task EndAsync(TaskNotes notes, TaskAnswer seen, TtsException? failure, int attempts, TimeSpan elapsed)
    {
        if (seen.Results.Count > 0 && failure is not { IsInDoubt: true })
            await notes.CompletedAsync(seen, attempts, elapsed).ConfigureAwait(false);
        else if (IsOver(seen, failure))
            await notes.FailedAsync(Error(seen, failure)!).ConfigureAwait(false);
    }

    private static TtsException? Error(TaskAnswer seen, TtsException? failure) => failure ?? seen.FirstError;

    private static bool IsOver(TaskAnswer seen, TtsException? failure) => seen.Results.Count == 0 && Error(seen, failure) is { IsInDoubt: false };

    private static bool IsUnpaid(TaskAnswer seen, TtsException? failure) => IsOver(seen, failure) && !Error(seen, failure)!.IsSpoken;

    private void Tell(string what) => emit(new BatchEvent.Told(what));
}
