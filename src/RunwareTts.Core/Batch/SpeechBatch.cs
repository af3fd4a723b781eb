using System.Collections.Concurrent;
using RunwareTts.Files;
using RunwareTts.Requests;

namespace RunwareTts.Batch;

/// <summary>
/// Rows in, events out, in the order of the rows, through a window that holds a few rows more than are in flight.
/// Plan, Start and Take belong to one thread, which is the pipeline's; the work runs on others.
/// </summary>
public sealed class SpeechBatch : IDisposable
{
    // Rows that are done wait here for a slow one before them, so that the tasks in flight stay as many as allowed.
    private const int WindowPerTask = 4;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan CleanUpTime = TimeSpan.FromMilliseconds(250);

    private readonly ISpeechProvider _provider;
    private readonly BatchOptions _options;
    private readonly OutputPlanner _planner;
    private readonly Submission _submission;
    private readonly TaskPoller _poller;
    private readonly ResultSaver _saver;
    private readonly SemaphoreSlim _places;
    private readonly CancellationTokenSource _stop = new();
    private readonly Queue<Slot> _window = new();
    private readonly Dictionary<string, Task> _inFlight = [];
    private readonly ConcurrentQueue<BatchEvent> _notes = new();
    private readonly HashSet<string> _warned = [];
    private volatile bool _halted;
    private int _index;

    public SpeechBatch(ISpeechProvider provider, BatchOptions options, OutputPlanner planner)
    {
        _provider = provider;
        _options = options;
        _planner = planner;
        _submission = new Submission(provider, options, note => _notes.Enqueue(new BatchEvent.Told(note)));
        _poller = new TaskPoller(provider, options);
        _saver = new ResultSaver(provider, planner.Force, options);
        _places = new SemaphoreSlim(options.ThrottleLimit);
    }

    /// <summary>Reads a row and gives it its files. What is wrong with it is in the result, never thrown.</summary>
    /// <param name="row">The row.</param>
    /// <param name="source">The row as it was given, for an error's target.</param>
    /// <param name="kept">The same for its results to carry, without secrets.</param>
    public PlannedRow Plan(SpeechRow row, object? source, object? kept)
    {
        int index = ++_index;
        RowReading reading = RowReader.Read(row);
        if (reading.Request is not { } request)
            return new PlannedRow(index, source, kept) { Error = Errors.InvalidRow(reading.Problems) };
        try
        {
            bool wait = _options.Wait && request.WebhookUrl is null;
            if (_provider.Refuse(request, wait) is { } refusal)
                return new PlannedRow(index, source, kept) { Error = refusal };
            string hash = RequestHash.Compute(_provider.Name, request);
            OutputTarget? target = _planner.Plan(request, index, hash, $"{request.Voice}-{hash.Substring(0, 12)}");
            return new PlannedRow(index, source, kept)
            {
                Request = request,
                Hash = hash,
                Target = target,
                Wait = wait,
                IsRepeat = target is not null && !_planner.Claim(target, hash),
                Warnings = [.. reading.Warnings, .. _provider.CautionFor(request) is { } caution ? [caution] : Array.Empty<string>()],
            };
        }
        catch (TtsException e)
        {
            return new PlannedRow(index, source, kept) { Error = e };
        }
    }

    /// <summary>Lets a planned row begin as soon as there is a place.</summary>
    /// <exception cref="TtsException">ApiKeyMissing.</exception>
    public void Start(PlannedRow row)
    {
        Slot slot = new();
        _window.Enqueue(slot);
        if (row.Error is { } error)
        {
            slot.Add(new BatchEvent.Failed(error, row.Source));
            slot.Work = Task.CompletedTask;
            return;
        }

        _provider.Ready();
        foreach (string warning in row.Warnings.Prepend(_provider.Caution).OfType<string>().Where(_warned.Add))
            slot.Add(new BatchEvent.Warned(warning));
        Task? before = row.Target is not null && _inFlight.TryGetValue(row.Target.FullPath, out Task? earlier) ? earlier : null;
        slot.Work = Task.Run(() => RunAsync(row, slot, before), CancellationToken.None);
        if (row.Target is { } target)
        {
            _inFlight[target.FullPath] = slot.Work;
            slot.Path = target.FullPath;
        }
    }

    /// <summary>What is ready, in order. It waits only when the window is full, or for everything.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IEnumerable<BatchEvent> Take(bool all, CancellationToken token)
    {
        while (_window.Count > 0)
        {
            Slot head = _window.Peek();
            bool must = all || _window.Count >= _options.ThrottleLimit * WindowPerTask;
            while (!head.Work.IsCompleted && must)
            {
                token.ThrowIfCancellationRequested();
                head.Work.Wait((int)Tick.TotalMilliseconds, token);
                while (_notes.TryDequeue(out BatchEvent? note))
                    yield return note;
            }

            while (_notes.TryDequeue(out BatchEvent? note))
                yield return note;
            if (!head.Work.IsCompleted)
                yield break;
            _window.Dequeue();
            if (head.Path is not null && _inFlight.TryGetValue(head.Path, out Task? work) && work == head.Work)
                _inFlight.Remove(head.Path);
            foreach (BatchEvent happened in head.Events)
                yield return happened;
        }
    }

    /// <summary>Stops what is under way, and gives it a moment to clear its temporary files away.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        Task.WaitAll([.. _window.Select(slot => slot.Work)], CleanUpTime);
    }

    private async Task RunAsync(PlannedRow row, Slot slot, Task? before)
    {
        if (before is not null && row.IsRepeat)
            await before.ConfigureAwait(false);

        RowJob job = new(_provider, _options, _submission, _poller, _saver, slot.Add);
        if (row.IsRepeat && job.TryRepeat(row))
            return;
        bool holdsPlace = false;
        try
        {
            await _places.WaitAsync(_stop.Token).ConfigureAwait(false);
            holdsPlace = true;
            if (!_halted)
                await job.RunAsync(row, Release, _stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Stopped: nobody is listening any more.
        }
        catch (Exception e)
        {
            slot.Add(new BatchEvent.Failed(Errors.Unexpected(e), row.Source));
        }
        finally
        {
            // No row after this one can do better, so none is sent; those in flight come home.
            if (slot.Events.Any(e => e is BatchEvent.Failed { Error.EndsPipeline: true }))
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

    private sealed class Slot
    {
        private readonly ConcurrentQueue<BatchEvent> _events = new();

        public Task Work { get; set; } = Task.CompletedTask;
        public string? Path { get; set; }
        public IEnumerable<BatchEvent> Events => _events;

        public void Add(BatchEvent happened) => _events.Enqueue(happened);
    }
}
