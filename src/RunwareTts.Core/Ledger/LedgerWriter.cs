namespace RunwareTts.Ledger;

/// <summary>
/// Groups events, so that many rows cost one flush: an event that comes while none is written is written at once;
/// all that come meanwhile are written together after it.
/// </summary>
/// <param name="write">Writes these events, in their order. No two calls overlap.</param>
internal sealed class LedgerWriter(Action<IReadOnlyList<LedgerEvent>> write)
{
    private readonly object _lock = new();
    private List<(LedgerEvent Event, TaskCompletionSource<bool> Done)> _waiting = [];
    private bool _isWriting;

    /// <summary>Completes when the event is written, and fails when it cannot be.</summary>
    public Task AppendAsync(LedgerEvent happened)
    {
        TaskCompletionSource<bool> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting.Add((happened, done));
            if (_isWriting)
                return done.Task;
            _isWriting = true;
        }

        WriteWaiting();
        return done.Task;
    }

    /// <summary>Waits for all that was begun.</summary>
    public void Finish(TimeSpan patience)
    {
        lock (_lock)
        {
            while (_isWriting && Monitor.Wait(_lock, patience))
            {
            }
        }
    }

    private void WriteWaiting()
    {
        List<(LedgerEvent Event, TaskCompletionSource<bool> Done)> group;
        lock (_lock)
            (group, _waiting) = (_waiting, []);
        Write(group);
        lock (_lock)
        {
            _isWriting = _waiting.Count > 0;
            if (_isWriting)
                Task.Run(WriteWaiting);
            else
                Monitor.PulseAll(_lock);
        }
    }

    private void Write(List<(LedgerEvent Event, TaskCompletionSource<bool> Done)> group)
    {
        try
        {
            write(group.ConvertAll(g => g.Event));
            group.ForEach(g => g.Done.TrySetResult(true));
        }
        catch (Exception e)
        {
            group.ForEach(g => g.Done.TrySetException(e));
        }
    }
}
