using System.Diagnostics;
using RunwareTts.Ledger;
using RunwareTts.Providers;

namespace RunwareTts.Batch;

/// <summary>The outcome of a row's task.</summary>
/// <param name="Task">The task; of several, the last one.</param>
/// <param name="Answer">The last answer about it. It may have results even after a failure.</param>
/// <param name="Attempts">How often it was sent.</param>
/// <param name="Failure">Why it did not finish; null if it did.</param>
/// <param name="Journal">Records its events.</param>
internal sealed record TaskOutcome(
    Guid Task, TaskAnswer Answer, int Attempts, TtsException? Failure, TaskJournal Journal)
{
    /// <summary>Until when it was seen unfinished; null if nothing shows when it ended.</summary>
    public TimeSpan? Open { get; init; }

    /// <summary>The first error.</summary>
    public TtsException? Error => Failure ?? Answer.FirstError;

    public IReadOnlyList<TtsException> Errors => Failure is null ? Answer.Errors : [Failure];

    public bool EndsPipeline => Errors.Any(error => error.EndsPipeline);

    /// <summary>The task has ended without results.</summary>
    public bool IsFailed => Answer.Results.Count == 0 && Error is { IsInDoubt: false };

    public bool ChargesNothing => IsFailed && !Error!.IsSpoken;
}

/// <summary>
/// Runs the task of a row: records it, sends it and waits for it; or continues one that an earlier run sent.
/// </summary>
internal sealed class TaskRunner(BatchScope batch, Budget budget)
{
    private readonly ISpeechProvider _provider = batch.Provider;
    private readonly BatchOptions _options = batch.Options;
    private readonly TaskSubmitter _submitter = new(batch);
    private readonly TaskPoller _poller = new(batch.Provider, batch.Options, answered: true);

    /// <param name="row">The row.</param>
    /// <param name="sent">A task that an earlier run sent for it, and which may still run; null for none.</param>
    /// <param name="slot">Its slot, which it holds. Released, unless the outcome ends the pipeline.</param>
    /// <exception cref="TtsException">BudgetReached; or the earlier task could not be asked for.</exception>
    public async Task<TaskOutcome> RunAsync(PlannedRow row, LedgerEvent? sent, TaskSlot slot)
    {
        using CancellationTokenSource time = CancellationTokenSource.CreateLinkedTokenSource(batch.Stop);
        time.CancelAfter(_options.Timeout);
        TaskAnswer? answer = sent is not null && row.Waits
            ? await AskAsync(row, sent.Task, time.Token).ConfigureAwait(false) : null;
        int attempts = 0;
        for (int tries = 1; ; tries++)
        {
            TaskOutcome outcome = await RunTaskAsync(row, sent, answer, slot, time.Token).ConfigureAwait(false);
            attempts += outcome.Attempts;
            if (tries == _options.MaxTasks || outcome.Answer.Results.Count > 0
                || outcome.Error is not { NeedsNewTask: true } failure
                || !await WaitToRetryAsync(row, outcome.Task, failure, tries, slot, time.Token).ConfigureAwait(false))
                return outcome with { Attempts = attempts };
            (sent, answer) = (null, null);
        }
    }

    // Waits before a failed task is replaced by a new one. False when the row's time is over.
    private async Task<bool> WaitToRetryAsync(
        PlannedRow row, Guid task, TtsException failure, int tries, TaskSlot slot, CancellationToken time)
    {
        TimeSpan wait = batch.Delay.Next(tries, failure.RetryAfter);
        batch.Log.Write(row, $"Task {task} failed at the service ({failure.ErrorId}); "
            + FormattableString.Invariant($"sending a new task in {wait.TotalSeconds:0.0} s."));
        slot.Release();
        try
        {
            await Task.Delay(wait, time).ConfigureAwait(false);
            await slot.EnterAsync(time).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (!batch.Stop.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task<TaskAnswer?> AskAsync(PlannedRow row, Guid task, CancellationToken time)
    {
        batch.Log.Write(row, $"Task {task} was sent by an earlier run; asking for it before anything is sent.");
        try
        {
            return await batch.Recall.AskAsync(task, time).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!batch.Stop.IsCancellationRequested)
        {
            throw Errors.TaskTimeout(task, _options.Timeout);
        }
        catch (TtsException e)
        {
            throw Errors.InDoubt(task, e);
        }
    }

    private async Task<TaskOutcome> RunTaskAsync(
        PlannedRow row, LedgerEvent? sent, TaskAnswer? answer, TaskSlot slot, CancellationToken time)
    {
        row = batch.Voices.Apply(row, sent);
        Guid task = sent?.Task ?? Guid.NewGuid();
        TaskJournal journal = TaskJournal.Of(batch.Ledger, row, task, _provider, _options.Endpoint, sent);
        decimal reserved = answer is null && !_provider.ChargesNothing ? budget.Reserve(row.Request!) : 0;
        Stopwatch clock = Stopwatch.StartNew();
        TaskOutcome outcome = new(task, answer ?? new TaskAnswer(), 0, null, journal);
        bool isAnswered = answer is not null;
        try
        {
            if (answer is null)
            {
                // A task is in the ledger before it is sent, so that a crash cannot lose it.
                if (sent is null)
                    await journal.SubmittedAsync().ConfigureAwait(false);
                Submission submission = await _submitter.SendAsync(task, row, sent is not null, slot, time)
                    .ConfigureAwait(false);
                isAnswered = submission.Answer is not null;
                journal.Chosen = submission.Chosen;
                outcome = outcome with
                {
                    Answer = submission.Answer ?? outcome.Answer,
                    Attempts = submission.Attempts,
                    Failure = submission.Failure,
                    // The answer to a task that was waited for comes at its end.
                    Open = submission is { Attempts: 1, Answer.Results.Count: > 0 } ? clock.Elapsed : null,
                };
            }

            if (isAnswered)
                outcome = await WaitAsync(row, outcome, answer is null, clock, time).ConfigureAwait(false);
            bool isOver = isAnswered && (!row.Waits || outcome.Answer.IsFinal(row.Request!.NumberResults));
            // A final answer is recorded even if the batch was stopped meanwhile.
            if (!isOver && outcome.Failure is null)
                batch.Stop.ThrowIfCancellationRequested();
            outcome = outcome.Failure is { } failure
                ? outcome with { Failure = AsDoubt(task, failure, sent is not null || isAnswered) }
                : isOver ? outcome
                : outcome with { Failure = Timeout(task) };
        }
        catch (TtsException e)
        {
            outcome = outcome with { Failure = AsDoubt(task, e, sent is not null || isAnswered) };
        }
        catch (OperationCanceledException) when (!batch.Stop.IsCancellationRequested)
        {
            outcome = outcome with { Failure = Timeout(task) };
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            outcome = outcome with { Failure = Errors.Unexpected(e, task) };
        }

        Settle(row, outcome, reserved);
        // Another task may be sent while this one is recorded. If this one ends the pipeline or fails its text, the
        // slot is kept until the batch or the text is halted.
        if (!outcome.EndsPipeline && (row.Part is null || outcome.Error is null))
            slot.Release();
        await RecordAsync(outcome, clock.Elapsed).ConfigureAwait(false);
        return outcome;
    }

    private async Task<TaskOutcome> WaitAsync(
        PlannedRow row, TaskOutcome outcome, bool isSent, Stopwatch clock, CancellationToken time)
    {
        if (isSent && batch.Log.IsRead)
            batch.Log.Write(row,
                FormattableString.Invariant($"Task {outcome.Task}, {row.Request!.TextLength} characters, ")
                + FormattableString.Invariant(
                    $"{row.Request.ModelName}, answered after {clock.Elapsed.TotalSeconds:0.0} s")
                + (outcome.Answer.GeneratedBy is { } server ? $" by {server}." : "."));
        bool isFinal = outcome.Answer.IsFinal(row.Request!.NumberResults);
        if (!row.Waits || !isFinal)
            await outcome.Journal.AcceptedAsync().ConfigureAwait(false);
        if (!row.Waits || isFinal)
            return outcome;
        // A task that had arrived before may have finished long ago, and be in the archive only.
        TimeSpan? age = isSent && !ReferenceEquals(outcome.Answer, TaskAnswer.Arrived) ? clock.Elapsed : null;
        PolledTask task = new(outcome.Task, new TaskKind(row.Request.Model, row.Request.TextLength))
        {
            Expected = row.Request.NumberResults,
            Age = age,
        };
        PollResult polled = await _poller.WaitAsync(task, batch.Ledger, time).ConfigureAwait(false);
        return outcome with
        {
            Answer = polled.Seen.Results.Count > 0 || polled.Seen.Errors.Count > 0 ? polled.Seen : outcome.Answer,
            Failure = polled.Failure,
            Open = polled.Span?.Open,
        };
    }

    // A task that the service may have is reported as in doubt, never as failed.
    private static TtsException AsDoubt(Guid task, TtsException failure, bool mayBeTaken) =>
        mayBeTaken && !(failure.IsInDoubt && failure.TaskUUID is not null) ? Errors.InDoubt(task, failure) : failure;

    private TtsException Timeout(Guid task) =>
        _provider.ChargesNothing ? Errors.SpeechTimeout(_options.Timeout) : Errors.TaskTimeout(task, _options.Timeout);

    private void Settle(PlannedRow row, TaskOutcome outcome, decimal reserved)
    {
        if (reserved == 0)
            return;
        IReadOnlyList<SpeechResult> results = outcome.Answer.Results;
        bool isPriced = outcome.Failure is null && results.Count > 0 && results.All(r => r.Cost is not null);
        if (outcome.ChargesNothing)
            budget.GiveBack(reserved);
        else
            budget.Settle(row.Request!, reserved, isPriced ? results : null);
    }

    private static async Task RecordAsync(TaskOutcome outcome, TimeSpan elapsed)
    {
        if (outcome.Answer.Results.Count > 0 && outcome.Failure is not { IsInDoubt: true })
            await outcome.Journal.CompletedAsync(outcome.Answer, outcome.Attempts, elapsed, outcome.Open)
                .ConfigureAwait(false);
        else if (outcome.IsFailed)
            await outcome.Journal.FailedAsync(outcome.Error!).ConfigureAwait(false);
    }
}
