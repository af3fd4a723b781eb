using System.Diagnostics;
using RunwareTts.Providers;

namespace RunwareTts.Batch;

/// <summary>The outcome of sending a task.</summary>
/// <param name="Attempts">How often it was sent.</param>
/// <param name="Answer">The answer of the service; null if it did not accept the task.</param>
/// <param name="Failure">The last error; with the task's id, if the service may have it all the same.</param>
internal sealed record Submission(int Attempts, TaskAnswer? Answer, TtsException? Failure = null)
{
    /// <summary>The preset voice that was sent in place of auto; else null.</summary>
    public string? Chosen { get; init; }
}

/// <summary>
/// Sends a task until the service has it, always under the same id. If an answer is lost, the next attempt gets a
/// conflict, which means that the task had arrived, so it is never charged twice.
/// </summary>
internal sealed class TaskSubmitter(BatchScope batch)
{
    private const int MaxAttempts = 6;
    private const int MaxUnanswered = 3;

    private volatile bool _answered;

    /// <param name="task">The id.</param>
    /// <param name="row">The row.</param>
    /// <param name="mayBeThere">An earlier run may have sent it.</param>
    /// <param name="slot">The row's slot, which it holds. It is released while the row waits to try again.</param>
    /// <param name="time">Ends the attempts.</param>
    public async Task<Submission> SendAsync(
        Guid task, PlannedRow row, bool mayBeThere, TaskSlot slot, CancellationToken time)
    {
        Submission sent = await TrySendAsync(task, row, mayBeThere, slot, time).ConfigureAwait(false);
        if (sent.Failure is not { } refused || batch.Voices.Replace(row, refused) is not { } chosen)
            return sent with { Chosen = row.Chosen };
        batch.Log.Write(row, $"The service refuses the voice auto; sending task {task} with {chosen.Chosen}.");
        // Before it was refused, it may have arrived all the same: in an earlier run, or with an answer that was lost.
        bool mayBeSpoken = mayBeThere || refused.IsInDoubt;
        Submission again = await TrySendAsync(task, chosen, mayBeSpoken, slot, time).ConfigureAwait(false);
        return again with
        {
            Attempts = sent.Attempts + again.Attempts,
            Chosen = mayBeSpoken && ReferenceEquals(again.Answer, TaskAnswer.Arrived) ? null : chosen.Chosen,
            // A service that remembers the ids of what it refused gets a new one.
            Failure = again.Failure is { IsTaskConflict: true } conflict && !mayBeSpoken ? Errors.AsNew(conflict)
                : again.Failure,
        };
    }

    private async Task<Submission> TrySendAsync(
        Guid task, PlannedRow row, bool mayBeThere, TaskSlot slot, CancellationToken time)
    {
        Stopwatch clock = Stopwatch.StartNew();
        bool isInDoubt = mayBeThere;
        if (batch.Log.IsRead)
            batch.Log.Write(row, $"Task {task} is sent."
                + (batch.Provider.ChargesNothing ? ""
                    : $" If this run ends before its result is here: Wait-TtsTask -TaskUUID {task}."));
        for (int attempt = 1; ; attempt++)
        {
            TtsException failure;
            TimeSpan sent = batch.Throttle.Now;
            try
            {
                TaskAnswer answer = await batch.Provider.SubmitAsync(task, row.Request!, row.Waits, time)
                    .ConfigureAwait(false);
                _answered = true;
                batch.Throttle.Raise();
                return new Submission(attempt, answer);
            }
            catch (OperationCanceledException) when (time.IsCancellationRequested)
            {
                return new Submission(attempt, null);
            }
            catch (TtsException e) when (e.IsTaskConflict && (attempt > 1 || mayBeThere))
            {
                batch.Log.Write(row, $"Task {task} had arrived although its answer was lost; fetching its result.");
                return new Submission(attempt, TaskAnswer.Arrived);
            }
            catch (TtsException e)
            {
                failure = e;
            }

            _answered |= !failure.IsUnanswered;
            isInDoubt |= failure.IsInDoubt || failure.IsTaskConflict;
            if (failure.IsPushback)
                batch.Throttle.Lower(sent, Min(failure.RetryAfter, batch.Options.Timeout));
            TimeSpan wait = batch.Delay.Next(attempt, failure.RetryAfter);
            TtsException? last = clock.Elapsed + wait > batch.Options.Timeout ? failure : Last(failure, attempt);
            if (last is not null)
                return new Submission(attempt, null, isInDoubt ? Errors.InDoubt(task, last) : last);

            batch.Log.Write(row, FormattableString.Invariant($"Task {task}, try {attempt}: {failure.ErrorId}. ")
                + FormattableString.Invariant($"Sending it again under the same id in {wait.TotalSeconds:0.0} s."));
            slot.Release();
            try
            {
                await Task.Delay(wait, time).ConfigureAwait(false);
                await slot.EnterAsync(time).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (time.IsCancellationRequested)
            {
                return new Submission(attempt, null);
            }
        }
    }

    private static TimeSpan? Min(TimeSpan? asked, TimeSpan max) => asked > max ? max : asked;

    /// <summary>The error to end with, or null to try again.</summary>
    private TtsException? Last(TtsException failure, int attempt)
    {
        if (!failure.IsTransient)
            return failure;
        if (failure.IsUnanswered && !_answered)
            return attempt >= (failure.IsInDoubt ? MaxAttempts : MaxUnanswered)
                ? Errors.Unreachable(attempt, failure) : null;
        return failure.Kind == TtsErrorKind.ConnectionError || attempt < MaxAttempts ? null : failure;
    }
}
