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
    private readonly SharedFiles _shared = new();
    private readonly OutputPlanner _planner;
    private readonly HashSet<string> _warned = [];
    private volatile bool _halted;

    public SpeechBatch(ISpeechProvider provider, BatchOptions options, OutputPlanner planner)
    {
        _provider = provider;
        _options = options;
        _planner = planner;
        _rows = new RowPlanner(provider, planner, options.Wait);
        _window = new OrderedWindow(options.ThrottleLimit * WindowPerTask);
        _submission = new Submission(provider, options, note => _window.Note(new BatchEvent.Told(note)));
        _poller = new TaskPoller(provider, options, answered: true);
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
        try
        {
            if (row.Target is not null)
                _planner.Prepare(row.Target);
        }
        catch (TtsException e)
        {
            _window.Add(new BatchEvent.Failed(e, row.Source));
            return;
        }

        foreach (string warning in row.Warnings.Prepend(_provider.Caution).OfType<string>().Where(_warned.Add))
            _window.Add(new BatchEvent.Warned(warning));
        if (!row.IsRepeat)
        {
            // Asked for here and now, places are given in the order of the rows.
            Task place = _places.WaitAsync(_stop.Token);
            _shared.Add(row.Target, _window.Start(events => RunAsync(row, place, events), row.Source));
        }
        else if (_shared.Of(row.Target!) is { } first)
            _window.Start(events => RepeatAsync(row, first, events), row.Source);
        else
            _window.Add(new BatchEvent.Failed(Errors.RepeatFailed(row.Target!.FullPath), row.Source));
    }

    /// <inheritdoc cref="OrderedWindow.Take"/>
    public IEnumerable<BatchEvent> Take(bool all, CancellationToken token) => _window.Take(all, token);

    /// <summary>Stops what is under way.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _window.WaitBriefly();
    }

    // An equal row before this one has the same files: whatever came of it comes of this one too, for nothing.
    private static async Task RepeatAsync(PlannedRow row, Task<IReadOnlyCollection<BatchEvent>> first, ConcurrentQueue<BatchEvent> events)
    {
        foreach (BatchEvent happened in await first.ConfigureAwait(false))
        {
            switch (happened)
            {
                case BatchEvent.Spoken { Speech: var speech }:
                    events.Enqueue(new BatchEvent.Spoken(speech with { Id = row.Request!.Id, Status = "Unchanged", Cost = 0, Attempts = 0, Elapsed = TimeSpan.Zero, InputObject = row.Kept }));
                    break;
                case BatchEvent.Submitted { Task: var task }:
                    events.Enqueue(new BatchEvent.Submitted(task with { Id = row.Request!.Id }));
                    break;
                case BatchEvent.Failed failed:
                    events.Enqueue(failed with { Source = row.Source });
                    break;
            }
        }
    }

    private async Task RunAsync(PlannedRow row, Task place, ConcurrentQueue<BatchEvent> events)
    {
        await place.ConfigureAwait(false);
        bool holdsPlace = true;
        try
        {
            if (!_halted)
                await new RowJob(_provider, _options, _submission, _poller, _saver, events.Enqueue).RunAsync(row, Release, _stop.Token).ConfigureAwait(false);
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
}
