namespace RunwareTts.Emulator;

/// <summary>A task object as it was received, faulted and refused ones too.</summary>
public sealed record SeenTask(string TaskType, string Json, DateTimeOffset Arrived);

/// <summary>What the emulator saw and did. May be read at any time from any thread.</summary>
public sealed class EmulatorRecord
{
    private readonly Lock _lock = new();
    private readonly List<SeenTask> _tasks = [];
    private readonly List<IReadOnlyDictionary<string, string>> _downloadHeaders = [];
    private int _requests;
    private int _inProgress;
    private int _peak;
    private int _chargedTasks;
    private decimal _charged;

    /// <summary>All task objects but authentication.</summary>
    public IReadOnlyList<SeenTask> Tasks
    {
        get { lock (_lock) return [.. _tasks]; }
    }

    /// <summary>HTTP requests to /v1.</summary>
    public int Requests
    {
        get { lock (_lock) return _requests; }
    }

    /// <summary>Requests for audio, whatever came of them.</summary>
    public int Downloads
    {
        get { lock (_lock) return _downloadHeaders.Count; }
    }

    /// <summary>One dictionary a download; names in any case.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> DownloadHeaders
    {
        get { lock (_lock) return [.. _downloadHeaders]; }
    }

    /// <summary>USD. Charged when a task is accepted, and not given back when its speech fails.</summary>
    public decimal Charged
    {
        get { lock (_lock) return _charged; }
    }

    /// <summary>Distinct audio tasks accepted, each of which is charged once.</summary>
    public int ChargedTasks
    {
        get { lock (_lock) return _chargedTasks; }
    }

    /// <summary>Most audio tasks that were being made at one time.</summary>
    public int PeakConcurrency
    {
        get { lock (_lock) return _peak; }
    }

    internal void CountRequest()
    {
        lock (_lock) _requests++;
    }

    internal void Saw(SeenTask task)
    {
        lock (_lock) _tasks.Add(task);
    }

    internal void Downloaded(IHeaderDictionary headers)
    {
        var copy = headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        lock (_lock) _downloadHeaders.Add(copy);
    }

    internal void Accepted(decimal cost)
    {
        lock (_lock)
        {
            _charged += cost;
            _chargedTasks++;
            _peak = Math.Max(_peak, ++_inProgress);
        }
    }

    internal void Finished()
    {
        lock (_lock) _inProgress--;
    }
}
