using System.Runtime.InteropServices;
using System.Text.Json;

namespace RunwareTts.Emulator;

/// <summary>A task object as it was received, faulted and refused ones too.</summary>
public sealed record SeenTask(string TaskType, string Json, DateTimeOffset Arrived);

/// <summary>What the emulator saw and did. May be read at any time from any thread.</summary>
/// <param name="lean">Counts only: the lists stay empty.</param>
public sealed class EmulatorRecord(bool lean = false)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _taskCounts = [];
    private readonly List<SeenTask> _tasks = [];
    private readonly List<IReadOnlyDictionary<string, string>> _downloadHeaders = [];
    private readonly ChargedContents _contents = new();
    private readonly Dictionary<string, int> _chargedByModel = [];
    private readonly List<ChargedTask> _charges = [];
    private readonly List<string> _uploadedClips = [];
    private int _requests;
    private int _downloads;
    private int _inProgress;
    private int _peak;
    private int _chargedTasks;
    private decimal _charged;
    private int _uploadsCame;
    private int _uploads;
    private int _deletes;
    private long _bytesUploaded;

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

    /// <summary>How many charged tasks of each model id.</summary>
    public IReadOnlyDictionary<string, int> ChargedByModel
    {
        get { lock (_lock) return new Dictionary<string, int>(_chargedByModel); }
    }

    /// <summary>One a charged task, in their order.</summary>
    public IReadOnlyList<ChargedTask> Charges
    {
        get { lock (_lock) return [.. _charges]; }
    }

    /// <summary>Uploads that were stored. Media is free.</summary>
    public int Uploads
    {
        get { lock (_lock) return _uploads; }
    }

    /// <summary>SHA-256 of each stored upload, in their order.</summary>
    public IReadOnlyList<string> UploadedClips
    {
        get { lock (_lock) return [.. _uploadedClips]; }
    }

    /// <summary>Media that was deleted.</summary>
    public int Deletes
    {
        get { lock (_lock) return _deletes; }
    }

    /// <summary>Of stored uploads, decoded; a URL has none.</summary>
    public long BytesUploaded
    {
        get { lock (_lock) return _bytesUploaded; }
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

    internal void Accepted(AudioOrder order, JsonElement task)
    {
        var speech = order.Speech;
        var charge = lean
            ? null
            : new ChargedTask(order.TaskUuid, speech.Model, speech.Text, speech.Voice, order.Cost)
            {
                Clip = speech.Clip,
            };
        var content = RequestContent.Of(task, speech.Clip);
        var key = ChargedContents.Key(content);
        lock (_lock)
        {
            _charged += order.Cost;
            CollectionsMarshal.GetValueRefOrAddDefault(_chargedByModel, speech.Model, out _)++;
            if (charge is not null) _charges.Add(charge);
            _chargedTasks++;
            _contents.Add(key, content);
            _peak = Math.Max(_peak, ++_inProgress);
        }
    }

    /// <summary>The number of this upload, stored or not, from 1.</summary>
    internal int UploadCame()
    {
        lock (_lock) return ++_uploadsCame;
    }

    internal void Uploaded(Clip clip)
    {
        lock (_lock)
        {
            _uploads++;
            _bytesUploaded += clip.Bytes?.Length ?? 0;
            if (!lean) _uploadedClips.Add(clip.Sha256);
        }
    }

    internal void Deleted()
    {
        lock (_lock) _deletes++;
    }

    internal void Finished()
    {
        lock (_lock) _inProgress--;
    }
}
