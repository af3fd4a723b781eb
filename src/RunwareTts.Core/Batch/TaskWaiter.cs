using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using RunwareTts.Ledger;
using RunwareTts.Output;
using RunwareTts.Providers.Offline;
using RunwareTts.Providers;
using RunwareTts.Requests;

namespace RunwareTts.Batch;

/// <summary>Waits for tasks that were submitted before, and gives what comes of them as it comes. Add and Take belong to one thread.</summary>
public sealed class TaskWaiter : IDisposable
{
    private const int MostDownloads = 8;

    private readonly ISpeechProvider _provider;
    private readonly BatchOptions _options;
    private readonly AudioTags? _tags;
    private readonly TaskPoller _poller;
    private readonly ResultSaver _saver;
    private readonly SemaphoreSlim _downloads = new(MostDownloads);
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _time;
    private readonly BlockingCollection<BatchEvent> _events = [];
    private readonly Dictionary<Guid, Task> _tasks = [];
    private readonly HashSet<string> _rows = [];
    private int _open;
    private int _index;

    /// <param name="provider">Where the tasks are.</param>
    /// <param name="options">Timeout is that of the whole call.</param>
    /// <param name="tags">Tags for all files; null for none.</param>
    public TaskWaiter(ISpeechProvider provider, BatchOptions options, AudioTags? tags = null)
    {
        _provider = provider;
        _options = options;
        _tags = tags;
        _poller = new TaskPoller(provider, options, answered: false);
        _saver = new ResultSaver(provider.FetchAsync, new RetryDelay(options.FirstRetry));
        _time = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        _time.CancelAfter(options.Timeout);
    }

    /// <param name="row">The task.</param>
    /// <param name="planner">Names its files; the same one for the same folder.</param>
    /// <param name="source">The row as it was given.</param>
    /// <exception cref="TtsException">ApiKeyMissing.</exception>
    public void Add(TaskRow row, OutputPlanner planner, object? source)
    {
        _provider.Ready();
        int index = ++_index;
        string name = RowName.Of(row.Id, row.TaskUUID, index, row.IsAlone);
        try
        {
            (Guid id, int? expected, SpeechRequest request) = row.Read();
            if (_tags is not null && Plan(planner, request, index, id) is null)
                throw Errors.TagWithoutFile();
            if (!_rows.Add($"{id} {request.OutputPath ?? request.Id} {planner.Folder}"))
            {
                _events.Add(new BatchEvent.Warned(
                    $"Task {id} was given twice with the same file. It is waited for once."));
                return;
            }

            Interlocked.Increment(ref _open);
            // A task may be wanted in several files; it is asked for by one row after the other.
            Task before = _tasks.TryGetValue(id, out Task? running) ? running : Task.CompletedTask;
            _tasks[id] = Task.Run(
                () => RunAsync(before, id, index, name, expected, request, row.HasFormat, row.Age, planner, source),
                CancellationToken.None);
        }
        catch (TtsException e)
        {
            _events.Add(new BatchEvent.Failed(e, source).Of(name));
        }
    }

    /// <summary>A row that could not be read.</summary>
    public void Refuse(TtsException why, TaskRow row, object? source) =>
        _events.Add(new BatchEvent.Failed(why, source).Of(RowName.Of(row.Id, row.TaskUUID, ++_index, row.IsAlone)));

    /// <summary>What has come; with all, until every task has ended.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IEnumerable<BatchEvent> Take(bool all, CancellationToken token)
    {
        while (true)
        {
            bool last = Volatile.Read(ref _open) == 0;
            if (_events.TryTake(out BatchEvent? happened, all && !last ? 100 : 0, token))
                yield return happened;
            else if (!all || last)
                yield break;
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
    }

    private async Task RunAsync(Task before, Guid id, int index, string name, int? expected, SpeechRequest request,
        bool hasFormat, TimeSpan? age, OutputPlanner planner, object? source)
    {
        Stopwatch clock = Stopwatch.StartNew();
        void Emit(BatchEvent happened) => _events.Add(happened.Of(name));
        try
        {
            await before.ConfigureAwait(false);
            LedgerEvent? known = planner.Ledger?.FindTask(id);
            if (known is { IsDone: true } && await TryThereAsync(known, planner, request with { NumberResults = expected ?? known.Results!.Count, OutputFormat = hasFormat ? request.OutputFormat : known.Audio?.Format ?? request.OutputFormat }, index, source).ConfigureAwait(false))
                return;

            if (known is { Endpoint: null } && _options.Endpoint is not null)
                throw known.Provider == OfflineProvider.ProviderName
                    ? Errors.NotSupported("TaskUUID", OfflineProvider.ProviderName, "draft voices keep no tasks to wait for. Speak the row again; it is free.")
                    : Errors.NotSupported("TaskUUID", "-Split", "a joined file is no task, its parts are. Run its row again: parts that are there are not paid for again.");
            TaskNotes? notes = planner.Ledger is { } ledger
                ? new TaskNotes(ledger, known ?? Unknown(id, request, age)) : null;
            Arrivals arrivals = new(
                _saver,
                _downloads,
                first => Claim(planner, request with { NumberResults = expected ?? first.Results.Count, OutputFormat = Format(request, hasFormat, first.Results[0]) }, index, id, known),
                (path, n) => new SaveOrder(
                    path,
                    hasFormat ? request.OutputFormat : null,
                    saved => SpeechWriter.Speech(request with { OutputFormat = saved.Audio?.Format ?? Format(request, hasFormat, saved.Result) }, saved, _provider.Name, id, 1, clock.Elapsed, "Completed", source))
                {
                    Overwrite = path is not null && planner.MayReplace(path, AsOf(known)),
                    Tags = _tags,
                    Record = notes is null ? null : saved => notes.SavedAsync(saved, n),
                },
                Emit,
                source,
                _stop.Token);
            // How many files there will be must be known before the first is named.
            try
            {
                TaskAnswer answer = await _poller.WaitAsync(id, expected, request.TextLength, age, expected is null ? null : arrivals.Take, _time.Token).ConfigureAwait(false);
                await (notes is null ? Task.CompletedTask : NoteAsync(notes, answer, clock.Elapsed)).ConfigureAwait(false);
                arrivals.Take(answer);
                foreach (TtsException error in answer.Errors)
                    Emit(new BatchEvent.Failed(error, source));
            }
            finally
            {
                await arrivals.AllAsync().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!_stop.IsCancellationRequested)
        {
            Emit(new BatchEvent.Failed(Errors.TaskTimeout(id, _options.Timeout), source));
        }
        catch (OperationCanceledException)
        {
            // Stopped: nobody is listening any more.
        }
        catch (Exception e)
        {
            Emit(new BatchEvent.Failed(e as TtsException ?? Errors.Unexpected(e, id), source));
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }

    // What an earlier wait has saved is there, and costs no request.
    private async Task<bool> TryThereAsync(LedgerEvent known, OutputPlanner planner, SpeechRequest request, int index, object? source)
    {
        if (Plan(planner, request, index, known.Task) is not { } target)
            return false;
        LedgerEvent[] saved = [.. target.Paths.Select(planner.Ledger!.Saved).OfType<LedgerEvent>()];
        if (saved.Length != target.Count || saved.Any(s => s.Task != known.Task))
            return false;
        for (int n = 0; n < saved.Length; n++)
        {
            string path = target.PathOf(n);
            _events.Add(new BatchEvent.Spoken(AudioTags.AreIn(saved[n].Tags, _tags)
                ? SpeechWriter.Unchanged(request, saved[n], path, _provider, source)
                : await _saver.RetagAsync(saved[n], path, _tags!, planner.Ledger, again => SpeechWriter.Known(request, again, known, _provider, source), _stop.Token).ConfigureAwait(false)));
        }

        return true;
    }

    private static OutputTarget? Plan(OutputPlanner planner, SpeechRequest request, int index, Guid id) =>
        planner.Plan(request, index, id.ToString("N", CultureInfo.InvariantCulture), id.ToString());

    private static Task NoteAsync(TaskNotes notes, TaskAnswer answer, TimeSpan elapsed) =>
        answer.Results.Count > 0 ? notes.CompletedAsync(answer, 1, elapsed) : notes.FailedAsync(answer.Errors[0]);

    private LedgerEvent Unknown(Guid id, SpeechRequest request, TimeSpan? age) => new()
    {
        Event = LedgerEventKind.Accepted,
        At = DateTimeOffset.UtcNow,
        Submitted = DateTimeOffset.UtcNow - age,
        Task = id,
        Endpoint = _options.Endpoint,
        Id = request.Id,
    };

    private static DateTimeOffset AsOf(LedgerEvent? known) => known?.At ?? DateTimeOffset.MinValue;

    private static OutputTarget? Claim(OutputPlanner planner, SpeechRequest request, int index, Guid id, LedgerEvent? known)
    {
        lock (planner)
        {
            OutputTarget? target = Plan(planner, request, index, id);
            if (target is not null)
                planner.Claim(target, id.ToString("N", CultureInfo.InvariantCulture), AsOf(known));
            return target;
        }
    }

    private static string Format(SpeechRequest request, bool isKnown, SpeechResult result) =>
        isKnown ? request.OutputFormat : ResultFormat.Of(result) ?? request.OutputFormat;
}
