namespace RunwareTts.Batch;

/// <summary>One row's slot among the tasks in flight. It may be released and entered again.</summary>
/// <param name="throttle">The slots of the batch.</param>
/// <param name="row">The row's number.</param>
internal sealed class TaskSlot(TaskThrottle throttle, int row)
{
    private Task? _coming;

    /// <summary>Asks for it at once, so that rows are served in the order in which they ask.</summary>
    public Task EnterAsync(CancellationToken token) => _coming ??= throttle.EnterAsync(row, token);

    /// <summary>Gives it back, if it was asked for.</summary>
    public void Release()
    {
        Task? coming = _coming;
        _coming = null;
        coming?.ContinueWith(
            _ => throttle.Release(),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }
}
