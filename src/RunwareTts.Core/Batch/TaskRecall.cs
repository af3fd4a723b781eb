using RunwareTts.Providers;

namespace RunwareTts.Batch;

/// <summary>
/// Asks the service for a task of an earlier run: first by a poll, then in its archive. Both are free.
/// </summary>
internal sealed class TaskRecall(ISpeechProvider provider, RetryDelay delay)
{
    private const int MaxAttempts = 5;

    /// <summary>What the service knows of a task; null for nothing, as when its request was never sent.</summary>
    /// <exception cref="TtsException">The service could not be asked.</exception>
    public async Task<TaskAnswer?> AskAsync(Guid task, CancellationToken token)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                IReadOnlyDictionary<Guid, TaskAnswer> answers =
                    await provider.PollAsync([task], token).ConfigureAwait(false);
                // A transient error is about this request, even if it names the task.
                if (answers.TryGetValue(task, out TaskAnswer? answer) && answer.Results.Count == 0
                    && answer.Errors.FirstOrDefault(e => e.IsTransient) is { } passing)
                    throw passing;
                return answer is { IsUnknown: false }
                    ? answer
                    : await provider.RecallAsync(task, token).ConfigureAwait(false);
            }
            catch (TtsException e) when (e.IsTransient && attempt < MaxAttempts)
            {
                await Task.Delay(delay.NextBrief(attempt, e.RetryAfter), token).ConfigureAwait(false);
            }
        }
    }
}
