using RunwareTts.Providers;

namespace RunwareTts.Batch;

/// <summary>
/// Asks for a task of an earlier run: first where results wait to be fetched, then in the service's archive. Both are
/// free.
/// </summary>
internal sealed class TaskRecall(ISpeechProvider provider, RetryDelay delay)
{
    private const int MaxAttempts = 5;

    // However long the service asks to wait: the rows after this one wait too.
    private static readonly TimeSpan MaxRest = TimeSpan.FromSeconds(10);

    /// <summary>What the service knows of it; null for nothing, as of a request that never left.</summary>
    /// <exception cref="TtsException">It could not be asked.</exception>
    public async Task<TaskAnswer?> AskAsync(Guid task, CancellationToken token)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                IReadOnlyDictionary<Guid, TaskAnswer> answers =
                    await provider.PollAsync([task], token).ConfigureAwait(false);
                // An error that may pass is about the asking, even where it names the task.
                if (answers.TryGetValue(task, out TaskAnswer? answer) && answer.Results.Count == 0
                    && answer.Errors.FirstOrDefault(e => e.IsTransient) is { } passing)
                    throw passing;
                return answer is { IsUnknown: false }
                    ? answer
                    : await provider.RecallAsync(task, token).ConfigureAwait(false);
            }
            catch (TtsException e) when (e.IsTransient && attempt < MaxAttempts)
            {
                TimeSpan rest = delay.Next(attempt, e.RetryAfter);
                await Task.Delay(rest > MaxRest ? MaxRest : rest, token).ConfigureAwait(false);
            }
        }
    }
}
