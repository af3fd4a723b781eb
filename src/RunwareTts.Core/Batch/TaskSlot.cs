namespace RunwareTts.Batch;

/// <summary>A row's slot of the throttle. It may be released and entered again.</summary>
/// <param name="throttle">The throttle of the batch.</param>
/// <param name="row">The row's number.</param>
internal sealed class TaskSlot(TaskThrottle throttle, int row)
{
    private Task? _coming;

    /// <summary>Requests the slot at once; a second call waits for the same request.</summary>
    public Task EnterAsync(CancellationToken token) => _coming ??= throttle.EnterAsync(row, token);

    /// <summary>Releases the slot as soon as it is granted, if it was requested.</summary>
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
