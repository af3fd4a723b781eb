using System.Diagnostics;
using RunwareTts.Providers;

namespace RunwareTts.Batch;

/// <summary>
/// Submits a task until it has arrived, always under the same id, so that one that did arrive and whose answer was
/// lost is never paid for again: the service then says that it has the task.
/// </summary>
internal sealed class Submission(ISpeechProvider provider, BatchOptions options, Places places, RetryDelay delay, Action<string> tell)
{
    private const int MostAttempts = 6;
    private const int AttemptsUnanswered = 3;

    private volatile bool _answered;

    /// <param name="task">The id.</param>
    /// <param name="row">The row.</param>
    /// <param name="mayBeThere">It may have been sent before, by an earlier run.</param>
    /// <param name="place">The row's place, which it has; it is given back while it waits to try again.</param>
    /// <param name="leaving">Told of each try.</param>
    /// <param name="token">Stops it.</param>
    /// <exception cref="TtsException">What the service says of the request; with the task's id where it may have been taken all the same.</exception>
    public async Task<TaskAnswer> SendAsync(Guid task, PlannedRow row, bool mayBeThere, Place place, Action leaving, CancellationToken token)
    {
        Stopwatch clock = Stopwatch.StartNew();
        bool inDoubt = mayBeThere;
        void Tell(string what) => tell(RowName.Say(row.Name, what));
        Tell($"Task {task} is sent. Should this end before its result is here: Wait-TtsTask -TaskUUID {task}.");
        for (int attempt = 1; ; attempt++)
        {
            TtsException failure;
            TimeSpan sent = places.Now;
            leaving();
            try
            {
                TaskAnswer answer = await provider.SubmitAsync(task, row.Request!, row.Wait, token).ConfigureAwait(false);
                _answered = true;
                places.Went();
                return answer;
            }
            catch (TtsException e) when (e.IsTaskConflict && (attempt > 1 || mayBeThere))
            {
                Tell($"Task {task} had arrived although its answer was lost; its result is fetched.");
                return TaskAnswer.Arrived;
            }
            catch (TtsException e)
            {
                failure = e;
            }

            _answered |= !failure.IsUnanswered;
            inDoubt |= failure.IsInDoubt || failure.IsTaskConflict;
            if (failure.IsPushback)
                places.PushedBack(sent, failure.RetryAfter is { } asked && asked > options.Timeout ? options.Timeout : failure.RetryAfter);
            TimeSpan wait = delay.Next(attempt, failure.RetryAfter);
            TtsException? last = clock.Elapsed + wait > options.Timeout ? failure : Last(failure, attempt);
            if (last is not null)
                throw inDoubt ? Errors.InDoubt(task, last) : last;

            Tell(FormattableString.Invariant($"Task {task}, try {attempt}: {failure.ErrorId}. ")
                + FormattableString.Invariant($"It is sent again under the same id in {wait.TotalSeconds:0.0} s."));
            place.Release();
            await Task.Delay(wait, token).ConfigureAwait(false);
            await place.EnterAsync(token).ConfigureAwait(false);
        }
    }

    /// <summary>The error to end with, or null to try again.</summary>
    private TtsException? Last(TtsException failure, int attempt) =>
        !failure.IsTransient ? failure
        : failure.IsUnanswered && !_answered ? attempt >= (failure.IsInDoubt ? MostAttempts : AttemptsUnanswered) ? Errors.Unreachable(attempt, failure) : null
        : failure.Kind == TtsErrorKind.ConnectionError ? null
        : attempt >= MostAttempts ? failure
        : null;
}
