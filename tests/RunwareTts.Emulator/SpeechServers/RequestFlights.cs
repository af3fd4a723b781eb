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

    public void BreakAll()
    {
        // Under the lock: a context that has gone home belongs to another request.
        lock (_lock)
        {
            foreach (var context in _open)
                Wire.Reset(context);
        }
    }
}
