using System.Runtime.InteropServices;
using System.Text.Json;

namespace RunwareTts.Emulator;

/// <summary>A task object as it was received, faulted and refused ones too.</summary>
public sealed record SeenTask(string TaskType, string Json, DateTimeOffset Arrived);

/// <summary>What the emulator saw and did. May be read at any time from any thread.</summary>
/// <param name="lean">Counts only: <see cref="Tasks"/> and <see cref="DownloadHeaders"/> stay empty.</param>
public sealed class EmulatorRecord(bool lean = false)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _taskCounts = [];
    private readonly List<SeenTask> _tasks = [];
    private readonly List<IReadOnlyDictionary<string, string>> _downloadHeaders = [];
    private readonly ChargedContents _contents = new();
    private int _requests;
    private int _downloads;
    private int _inProgress;
    private int _peak;
    private int _chargedTasks;
    private decimal _charged;

    /// <summary>All task objects but authentication.</summary>
    public IReadOnlyList<SeenTask> Tasks
    {
        get { lock (_lock) return [.. _tasks]; }
    }

    /// <summary>How many task objects of each type.</summary>
    public IReadOnlyDictionary<string, int> TaskCounts
    {
        get { lock (_lock) return new Dictionary<string, int>(_taskCounts); }
    }

    /// <summary>HTTP requests to /v1.</summary>
    public int Requests
    {
        get { lock (_lock) return _requests; }
    }

    /// <summary>Requests for audio, whatever came of them.</summary>
    public int Downloads
    {
        get { lock (_lock) return _downloads; }
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

    /// <summary>Charged tasks that ask for different things. It is <see cref="ChargedTasks"/> when nothing was paid for twice.</summary>
    public int DistinctChargedRequests
    {
        get { lock (_lock) return _contents.Count; }
    }

    /// <summary>Each content that was charged more than once, without what <see cref="RequestContent"/> leaves out.</summary>
    public IReadOnlyList<string> ChargedTwice
    {
        get { lock (_lock) return _contents.Twice; }
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

    internal void Saw(string type, JsonElement task, DateTimeOffset arrived)
    {
        var seen = lean ? null : new SeenTask(type, task.GetRawText(), arrived);
        lock (_lock)
        {
            CollectionsMarshal.GetValueRefOrAddDefault(_taskCounts, type, out _)++;
            if (seen is not null) _tasks.Add(seen);
        }
    }

    internal void Downloaded(IHeaderDictionary headers)
    {
        var copy = lean ? null : headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        lock (_lock)
        {
            _downloads++;
            if (copy is not null) _downloadHeaders.Add(copy);
        }
    }

    internal void Accepted(decimal cost, JsonElement task)
    {
        var content = RequestContent.Of(task);
        var key = ChargedContents.Key(content);
        lock (_lock)
        {
            _charged += cost;
            _chargedTasks++;
            _contents.Add(key, content);
            _peak = Math.Max(_peak, ++_inProgress);
        }
    }

    internal void Finished()
    {
        lock (_lock) _inProgress--;
    }
}
