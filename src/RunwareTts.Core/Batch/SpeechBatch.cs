using System.Collections.Concurrent;
using RunwareTts.Files;
using RunwareTts.Requests;

namespace RunwareTts.Batch;

/// <summary>
/// Rows in, events out, in the order of the rows. Plan, Start and Take belong to one thread, which is the pipeline's.
/// </summary>
public sealed class SpeechBatch : IDisposable
{
    // Rows that are done wait in the window for a slow one before them, so that the tasks in flight stay as many as allowed.
    private const int WindowPerTask = 4;

    private readonly ISpeechProvider _provider;
    private readonly BatchOptions _options;
    private readonly RowPlanner _rows;
    private readonly Submission _submission;
    private readonly TaskPoller _poller;
    private readonly ResultSaver _saver;
    private readonly SemaphoreSlim _places;
    private readonly OrderedWindow _window;
    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<string, Task> _files = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _warned = [];
    private volatile bool _halted;

    public SpeechBatch(ISpeechProvider provider, BatchOptions options, OutputPlanner planner)
    {
        _provider = provider;
        _options = options;
        _rows = new RowPlanner(provider, planner, options.Wait);
        _window = new OrderedWindow(options.ThrottleLimit * WindowPerTask);
        _submission = new Submission(provider, options, note => _window.Note(new BatchEvent.Told(note)));
        _poller = new TaskPoller(provider, options);
        _saver = new ResultSaver(provider.FetchAsync, planner.Force, options);
        _places = new SemaphoreSlim(options.ThrottleLimit);
    }

    /// <inheritdoc cref="RowPlanner.Plan"/>
    public PlannedRow Plan(SpeechRow row, object? source, object? kept) => _rows.Plan(row, source, kept);

    /// <summary>Lets a planned row begin as soon as there is a place.</summary>
    /// <exception cref="TtsException">ApiKeyMissing.</exception>
    public void Start(PlannedRow row)
    {
        if (row.Error is { } error)
        {
            _window.Add(new BatchEvent.Failed(error, row.Source));
            return;
        }

        _provider.Ready();
        foreach (string warning in row.Warnings.Prepend(_provider.Caution).OfType<string>().Where(_warned.Add))
            _window.Add(new BatchEvent.Warned(warning));
        Task? before = row.IsRepeat && _files.TryGetValue(row.Target!.FullPath, out Task? earlier) ? earlier : null;
        Task work = _window.Start(events => RunAsync(row, events, before), row.Source);
        if (row.Target is { } target)
            Remember(target.FullPath, work);
    }

    /// <inheritdoc cref="OrderedWindow.Take"/>
    public IEnumerable<BatchEvent> Take(bool all, CancellationToken token) => _window.Take(all, token);

    /// <summary>Stops what is under way.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _window.WaitBriefly();
    }

    private async Task RunAsync(PlannedRow row, ConcurrentQueue<BatchEvent> events, Task? before)
    {
        if (before is not null)
            await before.ConfigureAwait(false);

        RowJob job = new(_provider, _options, _submission, _poller, _saver, events.Enqueue);
        if (row.IsRepeat && job.TryRepeat(row))
            return;
        await _places.WaitAsync(_stop.Token).ConfigureAwait(false);
        bool holdsPlace = true;
        try
        {
            if (!_halted)
                await job.RunAsync(row, Release, _stop.Token).ConfigureAwait(false);
        }
        finally
        {
            // No row after this one can do better, so none is sent; those in flight come home.
            if (events.Any(e => e is BatchEvent.Failed { Error.EndsPipeline: true }))
                _halted = true;
            Release();
        }

        void Release()
        {
            if (holdsPlace)
                _places.Release();
            holdsPlace = false;
        }
    }

    // Only rows under way matter: what is done is found by its file.
    private void Remember(string path, Task work)
    {
        if (_files.Count >= 1000)
        {
            foreach (string done in _files.Where(f => f.Value.IsCompleted).Select(f => f.Key).ToArray())
                _files.Remove(done);
        }

        _files[path] = work;
    }
}
