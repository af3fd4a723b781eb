using System.Diagnostics;
using RunwareTts.Requests;

namespace RunwareTts.Batch;

/// <summary>
/// Submits a task until it has arrived, always under the same id, so that one that did arrive and whose answer was
/// lost is never paid for again: the service then says that it has the task.
/// </summary>
internal sealed class Submission(ISpeechProvider provider, BatchOptions options, Action<string> tell)
{
    private const int MostAttempts = 6;
    private const int AttemptsUnanswered = 3;
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    private readonly Random _random = new();
    private volatile bool _answered;

    /// <exception cref="TtsException">What the service says of the request; with the task's id where it may have been taken all the same.</exception>
    public async Task<(TaskAnswer Answer, int Attempts)> SendAsync(Guid task, SpeechRequest request, bool wait, CancellationToken token)
    {
        Stopwatch clock = Stopwatch.StartNew();
        bool inDoubt = false;
        tell($"Task {task} is sent. Should this end before its result is here: Wait-TtsTask -TaskUUID {task}.");
        for (int attempt = 1; ; attempt++)
        {
            TtsException failure;
            try
            {
                TaskAnswer answer = await provider.SubmitAsync(task, request, wait, token).ConfigureAwait(false);
                _answered = true;
                return (answer, attempt);
            }
            catch (TtsException e) when (e.IsTaskConflict && attempt > 1)
            {
                tell($"Task {task} had arrived although its answer was lost; its result is fetched.");
                return (TaskAnswer.Accepted, attempt);
            }
            catch (TtsException e)
            {
                failure = e;
            }

            _answered |= !failure.IsUnanswered;
            inDoubt |= failure.IsInDoubt || failure.IsTaskConflict;
            TimeSpan delay = Delay(attempt, failure.RetryAfter);
            TtsException? last = clock.Elapsed + delay > options.Timeout ? failure : Last(failure, attempt);
            if (last is not null)
                throw inDoubt ? Errors.InDoubt(task, last) : last;

            tell(FormattableString.Invariant($"Task {task}, try {attempt}: {failure.ErrorId}. It is sent again under the same id in {delay.TotalSeconds:0.0} s."));
            await Task.Delay(delay, token).ConfigureAwait(false);
        }
    }

    /// <summary>The error to end with, or null to try again.</summary>
    private TtsException? Last(TtsException failure, int attempt) =>
        !failure.IsTransient ? failure
        : failure.IsUnanswered && !_answered ? attempt >= (failure.IsInDoubt ? MostAttempts : AttemptsUnanswered) ? Errors.Unreachable(attempt, failure) : null
        : failure.Kind == TtsErrorKind.ConnectionError ? null
        : attempt >= MostAttempts ? failure
        : null;

    private TimeSpan Delay(int attempt, TimeSpan? asked)
    {
        if (asked is { } wait)
            return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
        double jitter;
        lock (_random)
            jitter = 0.8 + 0.4 * _random.NextDouble();
        double ticks = options.FirstRetry.Ticks * Math.Pow(2, Math.Min(attempt - 1, 10)) * jitter;
        return TimeSpan.FromTicks((long)Math.Min(ticks, LongestDelay.Ticks));
    }
}
