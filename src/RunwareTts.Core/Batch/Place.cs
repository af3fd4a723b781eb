namespace RunwareTts.Batch;

/// <summary>One row's place among the tasks in flight. It may be given back and asked for again.</summary>
/// <param name="places">The places of the batch.</param>
/// <param name="row">The row's number.</param>
internal sealed class Place(Places places, int row)
{
    private Task? _coming;

    /// <summary>Asks for it without waiting, so that rows are served in the order in which they ask.</summary>
    public void Ask(CancellationToken token) => _coming ??= places.TakeAsync(row, token);

    public Task EnterAsync(CancellationToken token)
    {
        Ask(token);
        return _coming!;
    }

    /// <summary>Gives it back, if it was asked for.</summary>
    public void Release()
    {
        Task? coming = _coming;
        _coming = null;
        coming?.ContinueWith(
            _ => places.Release(),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }
}
