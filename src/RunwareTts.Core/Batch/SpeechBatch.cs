using RunwareTts.Ledger;
using RunwareTts.Output;
using RunwareTts.Providers;
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
    private readonly OutputPlanner _files;
    private readonly TaskLedger _ledger;
    private readonly RowPlanner _rows;
    private readonly Places _places;
    private readonly OrderedWindow _window;
    private readonly BatchProgress _progress;
    private readonly Func<Action<BatchEvent>, RowJob> _job;
    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<string> _warned = [];
    private volatile bool _halted;

    public SpeechBatch(ISpeechProvider provider, BatchOptions options, OutputPlanner files, TaskLedger ledger)
    {
        if (options.MaxCost is not null && provider.IsFree)
            throw Errors.NotSupported("MaxCost", provider.Name, "draft voices are free. Leave it out.", endsPipeline: true);
        _provider = provider;
        _options = options;
        _files = files;
        _ledger = ledger;
        _rows = new RowPlanner(provider, files, ledger, options);
        _window = new OrderedWindow(options.ThrottleLimit * WindowPerTask);
        _places = new Places(options.ThrottleLimit, Tell);
        RetryDelay delay = new(options.FirstRetry);
        Budget budget = new(options.MaxCost, _rows.Prices);
        _progress = new BatchProgress(budget);
        Submission submission = new(provider, options, _places, delay, Tell);
        TaskPoller poller = new(provider, options, answered: true);
        TaskRecall recall = new(provider, delay);
        ResultSaver saver = new(provider.FetchAsync, delay);
        Restorer restorer = new(provider, options, files, ledger, saver, recall);
        ResultUpload upload = new(provider, ledger, recall, delay);
        _job = emit => new RowJob(provider, options, files, ledger, restorer,
            new RowTask(provider, options, ledger, budget, submission, poller, recall, delay, emit),
            saver, upload, emit);
    }

    /// <inheritdoc cref="RowPlanner.Plan"/>
    public PlannedRow Plan(SpeechRow row, object? source, object? kept, CancellationToken token = default)
    {
        PlannedRow planned = _rows.Plan(row, source, kept, token);
        foreach (string warning in planned.Error is null ? planned.Warnings.Where(_warned.Add) : [])
            _window.Add(new BatchEvent.Warned(warning).Of(planned.Name));
        return planned;
    }

    /// <inheritdoc cref="RowPlanner.Decline"/>
    public void Decline(PlannedRow row) => _rows.Decline(row);

    /// <summary>Lets a planned row begin as soon as there is a place.</summary>
    /// <exception cref="TtsException">ApiKeyMissing.</exception>
    public void Start(PlannedRow row)
    {
        if (row.IsBlank)
            return;
        _progress.Started();
        if (row.Error is { } error)
        {
            Fail(row, error);
            return;
        }

        _provider.Ready();
        try
        {
            if (row.Target is not null && row.Unchanged.Count == 0)
            {
                _files.Prepare(row.Target);
                if (row.IsSplit)
                    _files.Prepare(SplitRules.AnyPartOf(row.Target));
            }
        }
        catch (TtsException e)
        {
            Fail(row, e);
            return;
        }

        if (_provider.Caution is { } caution && _warned.Add(caution))
            _window.Add(new BatchEvent.Warned(caution));
        if (row.Unchanged.Count > 0)
        {
            for (int n = 0; n < row.Unchanged.Count; n++)
            {
                string path = row.Target!.PathOf(n);
                if (row.Unchanged[n].IsStale)
                    _ = TaskNotes.SeenAsync(_ledger, row.Unchanged[n], path);
                _window.Add(new BatchEvent.Spoken(
                    SpeechWriter.Unchanged(row.Request!, row.Unchanged[n], path, _provider, row.Kept)));
            }

            _progress.Ended(failed: false);
            return;
        }

        // Asked for here and now, turns and places are given in the order of the rows.
        Task<IDisposable?> turn = _options.Regenerate ? Task.FromResult<IDisposable?>(null) : _ledger.TurnAsync(row.Identity, _stop.Token);
        if (row.IsSplit)
        {
            PartCounter counter = new(_progress, row.PartCount);
            _window.Start(events => RunAsync(row, events, place: null, () => SplitAsync(row, turn, counter, events)),
                row.Source, Task.CompletedTask);
            return;
        }

        Place place = new(_places, row.Index);
        Task before = turn;
        if (turn.IsCompleted && row.Known is not { IsDone: true })
            before = place.EnterAsync(_stop.Token);
        _window.Start(events => RunAsync(row, events, place, () => SpeakAsync(row, turn, place, events)), row.Source, before);
    }

    /// <inheritdoc cref="OrderedWindow.Take"/>
    public IEnumerable<BatchEvent> Take(bool all, CancellationToken token)
    {
        foreach (string remark in all ? _rows.TakeRemarks() : [])
            _window.Add(new BatchEvent.Warned(remark));
        return _window.Take(all, () => _progress.Due(all), token);
    }

    /// <summary>Stops what is under way. What was sent stays in the ledger.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _window.WaitBriefly();
    }

    private void Tell(string note) => _window.Note(new BatchEvent.Told(note));

    private void Fail(PlannedRow row, TtsException error)
    {
        _halted |= error.EndsPipeline;
        if (!row.IsToldAlready)
            _window.Add(new BatchEvent.Failed(error, row.Source).Of(row.Name));
        _progress.Ended(failed: true);
    }

    private async Task SpeakAsync(PlannedRow row, Task<IDisposable?> turn, Place place, List<BatchEvent> events)
    {
        using IDisposable? mine = await turn.ConfigureAwait(false);
        await _job(events.Add).RunAsync(row, place, () => _halted, _stop.Token).ConfigureAwait(false);
    }

    private async Task SplitAsync(PlannedRow row, Task<IDisposable?> turn, PartCounter counter, List<BatchEvent> events)
    {
        using PartCounter mine = counter;
        SplitJob job = new(_provider, _options, _rows, _files, _ledger, _places, _job, events.Add);
        await job.RunAsync(row, turn, counter, () => _halted, _stop.Token).ConfigureAwait(false);
    }

    private async Task RunAsync(PlannedRow row, List<BatchEvent> events, Place? place, Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (TtsException e)
        {
            events.Add(new BatchEvent.Failed(e, row.Source));
        }
        catch (Exception e) when (!_stop.IsCancellationRequested)
        {
            events.Add(new BatchEvent.Failed(Errors.Unexpected(e), row.Source));
        }
        finally
        {
            // No row after this one can do better, so none is sent; those in flight come home.
            if (events.Any(e => e is BatchEvent.Failed { Error.EndsPipeline: true }))
                _halted = true;
            for (int n = 0; n < events.Count; n++)
                events[n] = events[n].Of(row.Name);
            place?.Release();
            _progress.Ended(failed: events.Any(e => e is BatchEvent.Failed));
        }
    }
}
