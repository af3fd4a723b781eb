namespace RunwareTts.Emulator;

/// <summary>The requests that have no answer yet, so that a crash can break their connections.</summary>
internal sealed class RequestFlights
{
    private readonly Lock _lock = new();
    private readonly HashSet<HttpContext> _open = [];

    public void Add(HttpContext context)
    {
        lock (_lock) _open.Add(context);
    }

    public void Remove(HttpContext context)
    {
        lock (_lock) _open.Remove(context);
    }

    /// <summary>Until the last one has ended, so that the record is settled.</summary>
    public async Task WaitForNoneAsync()
    {
        while (IsAny())
            await Task.Delay(TimeSpan.FromMilliseconds(2));
    }

    public void BreakAll()
    {
        // Under the lock: a context that has gone home belongs to another request.
        lock (_lock)
        {
            foreach (var context in _open)
                Wire.Reset(context);
        }
    }

    private bool IsAny()
    {
        lock (_lock) return _open.Count > 0;
    }
}
