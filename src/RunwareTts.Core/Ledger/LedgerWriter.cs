namespace RunwareTts.Ledger;

/// <summary>
/// Puts lines on the disk. Who comes while nobody writes does so at once and by itself; all that come meanwhile go
/// together after it, so that many rows cost one flush.
/// </summary>
/// <param name="write">Writes lines, to the disk itself where one of them must be there, and tells where they begin.</param>
/// <param name="written">Told of each event and its place, once it is written.</param>
internal sealed class LedgerWriter(Func<byte[], bool, long> write, Action<LedgerEvent, long> written)
{
    private readonly object _lock = new();
    private List<(LedgerEvent Event, byte[] Line, TaskCompletionSource<bool> Done)> _waiting = [];
    private bool _isWriting;

    /// <summary>Is done when the event is written, and fails when it cannot be.</summary>
    public Task AppendAsync(LedgerEvent happened)
    {
        byte[] line = happened.ToLine();
        TaskCompletionSource<bool> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _waiting.Add((happened, line, done));
            if (_isWriting)
                return done.Task;
            _isWriting = true;
        }

        WriteWaiting();
        return done.Task;
    }

    /// <summary>Waits for what was begun.</summary>
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
        List<(LedgerEvent, byte[], TaskCompletionSource<bool>)> lines;
        lock (_lock)
            (lines, _waiting) = (_waiting, []);
        Write(lines);
        lock (_lock)
        {
            _isWriting = _waiting.Count > 0;
            if (_isWriting)
                Task.Run(WriteWaiting);
            else
                Monitor.PulseAll(_lock);
        }
    }

    private void Write(List<(LedgerEvent Event, byte[] Line, TaskCompletionSource<bool> Done)> lines)
    {
        try
        {
            long at = write(Join(lines), lines.Exists(l => l.Event.IsDependedOn));
            foreach ((LedgerEvent happened, byte[] line, _) in lines)
            {
                written(happened, at);
                at += line.Length;
            }

            foreach ((_, _, TaskCompletionSource<bool> done) in lines)
                done.TrySetResult(true);
        }
        catch (Exception e)
        {
            foreach ((_, _, TaskCompletionSource<bool> done) in lines)
                done.TrySetException(e);
        }
    }

    private static byte[] Join(List<(LedgerEvent Event, byte[] Line, TaskCompletionSource<bool> Done)> lines)
    {
        if (lines.Count == 1)
            return lines[0].Line;
        byte[] all = new byte[lines.Sum(l => l.Line.Length)];
        int at = 0;
        foreach ((_, byte[] line, _) in lines)
        {
            line.CopyTo(all, at);
            at += line.Length;
        }

        return all;
    }
}
