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

    public async Task<(TaskAnswer Answer, int Attempts)> SendAsync(Guid task, SpeechRequest request, bool wait, CancellationToken token)
    {
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
            catch (TtsException e) when (e.IsTransient)
            {
                failure = e;
                _answered |= !e.IsUnanswered;
            }

            if (failure.IsUnanswered && !_answered && attempt >= AttemptsUnanswered)
                throw Errors.Unreachable(attempt, failure);
            if (!failure.IsUnanswered && attempt >= MostAttempts)
                throw failure;

            TimeSpan delay = Delay(attempt, failure.RetryAfter);
            tell($"Task {task}, try {attempt}: {failure.ErrorId}. It is sent again under the same id in {delay.TotalSeconds:0.0} s.");
            await Task.Delay(delay, token).ConfigureAwait(false);
        }
    }

    private TimeSpan Delay(int attempt, TimeSpan? asked)
    {
        if (asked is { } wait)
            return wait;
        double jitter;
        lock (_random)
            jitter = 0.8 + 0.4 * _random.NextDouble();
        double ticks = options.FirstRetry.Ticks * Math.Pow(2, Math.Min(attempt - 1, 10)) * jitter;
        return TimeSpan.FromTicks((long)Math.Min(ticks, LongestDelay.Ticks));
    }
}
