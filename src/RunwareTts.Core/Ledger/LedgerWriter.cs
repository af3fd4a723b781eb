namespace RunwareTts.Ledger;

/// <summary>Puts lines on the disk. All that wait at one time go there together, so that many rows cost one flush.</summary>
/// <param name="write">Writes lines and tells where they begin.</param>
/// <param name="written">Told of each event and its place, once it is on the disk.</param>
internal sealed class LedgerWriter(Func<byte[], long> write, Action<LedgerEvent, long> written)
{
    private readonly object _lock = new();
    private List<(LedgerEvent Event, byte[] Line, TaskCompletionSource<bool> Done)> _waiting = [];
    private Task _writing = Task.CompletedTask;
    private bool _isWriting;

    /// <summary>Is done when the event is on the disk, and fails when it cannot be.</summary>
    public Task AppendAsync(LedgerEvent happened)
    {
        TaskCompletionSource<bool> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting.Add((happened, happened.ToLine(), done));
            if (!_isWriting)
            {
                _isWriting = true;
                _writing = Task.Run(WriteAll);
            }
        }

        return done.Task;
    }

    /// <summary>Waits for what was begun.</summary>
    public void Finish(TimeSpan patience)
    {
        Task writing;
        lock (_lock)
            writing = _writing;
        writing.Wait(patience);
    }

    private void WriteAll()
    {
        while (Next() is { } batch)
        {
            try
            {
                long at = write([.. batch.SelectMany(b => b.Line)]);
                foreach ((LedgerEvent happened, byte[] line, _) in batch)
                {
                    written(happened, at);
                    at += line.Length;
                }

                foreach ((_, _, TaskCompletionSource<bool> done) in batch)
                    done.TrySetResult(true);
            }
            catch (Exception e)
            {
                foreach ((_, _, TaskCompletionSource<bool> done) in batch)
                    done.TrySetException(e);
            }
        }
    }

    private List<(LedgerEvent Event, byte[] Line, TaskCompletionSource<bool> Done)>? Next()
    {
        lock (_lock)
        {
            _isWriting = _waiting.Count > 0;
            if (!_isWriting)
                return null;
            List<(LedgerEvent, byte[], TaskCompletionSource<bool>)> batch = _waiting;
            _waiting = [];
            return batch;
        }
    }
}
