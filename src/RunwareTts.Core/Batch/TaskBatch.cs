using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using RunwareTts.Audio;
using RunwareTts.Files;
using RunwareTts.Ledger;
using RunwareTts.Output;
using RunwareTts.Providers;
using RunwareTts.Requests;

namespace RunwareTts.Batch;

/// <summary>
/// Waits for tasks that were submitted before, and returns their results as they finish. Add and Take belong to one
/// thread.
/// </summary>
public sealed class TaskBatch : IDisposable
{
    private const int MaxDownloads = 8;

    // Above this, the pipeline waits until a task is over, so that memory is bounded.
    internal const int MaxOpen = 4096;

    private readonly ISpeechProvider _provider;
    private readonly BatchOptions _options;
    private readonly AudioTags? _tags;
    private readonly TaskPoller _poller;
    private readonly ResultSaver _saver;
    private readonly SemaphoreSlim _downloads = new(MaxDownloads);
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _time;
    private readonly BlockingCollection<(string Name, object? Source, RowResult Result)> _ended = [];

    // Several rows may save one task in different files; they take turns.
    private readonly KeyedLock _turns = new();
    private readonly HashSet<ulong> _seen = [];
    private int _open;
    private int _index;

    /// <param name="provider">Where the tasks are.</param>
    /// <param name="options">Its Timeout is for all tasks together.</param>
    /// <param name="tags">Tags for all files; null for none.</param>
    public TaskBatch(ISpeechProvider provider, BatchOptions options, AudioTags? tags = null)
    {
        _provider = provider;
        _options = options;
        _tags = tags;
        _poller = new TaskPoller(provider, options, answered: false);
        _saver = new ResultSaver(provider, new RetryDelay(options.FirstRetry));
        _time = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        _time.CancelAfter(options.Timeout);
    }

    /// <param name="row">The task.</param>
    /// <param name="planner">Names its files; the same one for the same folder.</param>
    /// <param name="source">The row as it was given.</param>
    /// <exception cref="TtsException">ApiKeyMissing.</exception>
    public void Add(TaskRow row, OutputPlanner planner, object? source)
    {
        _provider.EnsureReady();
        OpenRow open = new(++_index, RowName.Of(row.Id, row.TaskUUID, _index, row.IsAlone), row, planner, source);
        try
        {
            (Guid id, int? expected, SpeechRequest request) = row.Read();
            open = open with { Id = id, Expected = expected, Request = request };
            if (_tags is not null && open.Plan(request) is null)
                throw Errors.TagWithoutFile();
            if (_seen.Add(NameHash.Of($"{id} {request.OutputPath ?? request.Id} {planner.Folder}")))
                Start(open);
            else
                _ended.Add((open.Name, source, new RowResult
                    { Warnings = [$"Task {id} was given twice with the same file. It is waited for once."] }));
        }
        catch (TtsException e)
        {
            _ended.Add((open.Name, source, RowResult.Of(e)));
        }
    }

    /// <summary>A row that could not be read.</summary>
    public void Refuse(TtsException why, TaskRow row, object? source)
    {
        string name = RowName.Of(row.Id, row.TaskUUID, ++_index, row.IsAlone);
        _ended.Add((name, source, RowResult.Of(why)));
    }

    /// <summary>The results so far; with <paramref name="all"/>, until every task is over.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IEnumerable<BatchEvent> Take(bool all, CancellationToken token)
    {
        while (true)
        {
            int open = Volatile.Read(ref _open);
            bool must = open > 0 && all || open >= MaxOpen;
            if (_ended.TryTake(out (string Name, object? Source, RowResult Result) ended, must ? 100 : 0, token))
            {
                foreach (BatchEvent happened in ended.Result.ToEvents(ended.Name, ended.Source))
                    yield return happened;
            }
            else if (!must)
            {
                yield break;
            }
        }
    }

    public void Dispose() => _stop.Cancel();

    private void Start(OpenRow row)
    {
        Interlocked.Increment(ref _open);
        Task<IDisposable?> turn = _turns.TakeAsync(row.Id.ToString(), _stop.Token);
        _ = Task.Run(() => RunAsync(row, turn), CancellationToken.None);
    }

    private async Task RunAsync(OpenRow row, Task<IDisposable?> turn)
    {
        RowResult result = RowResult.Nothing;
        try
        {
            using IDisposable? mine = await turn.ConfigureAwait(false);
            result = await WaitAsync(row).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // No one reads the result.
        }
        catch (Exception e)
        {
            result = RowResult.Of(Errors.From(e, row.Id));
        }

        _ended.Add((row.Name, row.Source, result));
        Interlocked.Decrement(ref _open);
    }

    private async Task<RowResult> WaitAsync(OpenRow row)
    {
        Stopwatch clock = Stopwatch.StartNew();
        TaskLedger? ledger = row.Planner.Ledger;
        LedgerEvent? known = ledger?.FindTask(row.Id);
        if (known is { IsDone: true } && await TryThereAsync(row, known).ConfigureAwait(false) is { } there)
            return there;
        if (known is { Endpoint: null } && _options.Endpoint is not null)
            throw Errors.NoTask(known);

        PolledTask task = new(row.Id, new TaskKind(row.Request.Model, row.Request.TextLength))
        {
            Expected = row.Expected,
            Age = row.Given.Age ?? known?.Age,
        };
        PollResult polled = await _poller.WaitAsync(task, ledger, _time.Token).ConfigureAwait(false);
        TaskAnswer answer = polled.Seen;
        bool isFinal = answer.IsFinal(row.Expected);
        // A final answer is recorded even if the batch was stopped meanwhile.
        if (!isFinal && polled.Failure is null)
            _stop.Token.ThrowIfCancellationRequested();
        TtsException? failure = polled.Failure ?? (isFinal ? null : Errors.TaskTimeout(row.Id, _options.Timeout));
        // Without their number, which is part of their names, no file can be named yet.
        if (failure is not null && row.Expected is null)
            answer = answer with { Results = [] };
        TaskJournal? journal = ledger is null ? null : new TaskJournal(ledger, known ?? Unknown(row));
        if (journal is not null && failure is null)
            await (answer.Results.Count > 0
                ? journal.CompletedAsync(answer, 1, polled.Span?.Seen ?? clock.Elapsed, polled.Span?.Open)
                : journal.FailedAsync(answer.Errors[0])).ConfigureAwait(false);
        RowResult saved = await SaveAsync(row, known, answer, journal, clock).ConfigureAwait(false);
        return saved with { Errors = [.. saved.Errors, .. answer.Errors, .. failure is null ? [] : new[] { failure }] };
    }

    // Files are claimed late: their number, and without a format their extension, are known by the results only.
    private async Task<RowResult> SaveAsync(
        OpenRow row, LedgerEvent? known, TaskAnswer answer, TaskJournal? journal, Stopwatch clock)
    {
        List<TtsSpeech> saved = [];
        List<TtsException> errors = [];
        OutputTarget? target = null;
        TtsException? unnamed = null;
        if (answer.Results.Count > 0)
            (target, unnamed) = TryClaim(row, known, answer);
        for (int n = 0; n < answer.Results.Count; n++)
        {
            SpeechResult result = answer.Results[n];
            SpeechRequest request = row.Request with { OutputFormat = row.FormatOf(result) };
            TtsSpeech speech = SpeechFactory.Of(request, result, _provider.Name, row.Id, row.Source)
                with { Attempts = 1, Elapsed = clock.Elapsed, Voice = known?.Chosen ?? request.Voice };
            await _downloads.WaitAsync(_stop.Token).ConfigureAwait(false);
            try
            {
                if (unnamed is not null)
                    throw Errors.NotSaved(unnamed, speech);
                SaveTarget file = TargetOf(row, known, target?.PathOf(n));
                speech = await _saver.SaveAsync(speech, file, journal, n, _stop.Token).ConfigureAwait(false);
                saved.Add(speech with
                {
                    OutputFormat = speech.Audio?.Format ?? speech.OutputFormat,
                    Elapsed = clock.Elapsed,
                });
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                errors.Add(Errors.From(e, row.Id));
            }
            finally
            {
                _downloads.Release();
            }
        }

        return new RowResult
        {
            Speeches = saved,
            Warnings = [.. saved.Where(s => s.Suspect is not null).Select(SpeechLength.Explain)],
            Errors = errors,
        };
    }

    // A failure is returned, so that each result, which was charged, still gets an error of its own.
    private static (OutputTarget? Target, TtsException? Failure) TryClaim(
        OpenRow row, LedgerEvent? known, TaskAnswer answer)
    {
        try
        {
            OutputTarget? target = row.Plan(row.Request with
            {
                NumberResults = row.Expected ?? answer.Results.Count,
                OutputFormat = row.FormatOf(answer.Results[0]),
            });
            if (target is not null)
            {
                string owner = row.Id.ToString("N", CultureInfo.InvariantCulture);
                lock (row.Planner)
                    row.Planner.Claim(target, owner, AsOf(known), task: row.Id);
            }

            return (target, null);
        }
        catch (TtsException e)
        {
            return (null, e);
        }
    }

    private SaveTarget TargetOf(OpenRow row, LedgerEvent? known, string? path)
    {
        bool mayReplace = path is not null && row.Planner.MayReplace(path, AsOf(known), row.Id);
        return new SaveTarget(path, row.Given.HasFormat ? row.Request.OutputFormat : null)
        {
            Replace = mayReplace ? ReplaceMode.Any : ReplaceMode.Never,
            Tags = _tags,
        };
    }

    // Files that an earlier wait saved need no request.
    private async Task<RowResult?> TryThereAsync(OpenRow row, LedgerEvent known)
    {
        SpeechRequest request = row.Request with
        {
            NumberResults = row.Expected ?? known.Results!.Count,
            OutputFormat = row.Given.HasFormat || known.Audio is null ? row.Request.OutputFormat : known.Audio.Format,
        };
        if (row.Plan(request) is not { } target)
            return null;
        TaskLedger ledger = row.Planner.Ledger!;
        LedgerEvent[] saved = [.. target.Paths.Select(ledger.Saved).OfType<LedgerEvent>()];
        if (saved.Length != target.Count || saved.Any(s => s.Task != known.Task))
            return null;
        List<TtsSpeech> speeches = [];
        List<TtsException> errors = [];
        for (int n = 0; n < saved.Length; n++)
        {
            TtsSpeech speech = SpeechFactory.OfFile(request, saved[n], target.PathOf(n), _provider, row.Source);
            try
            {
                speeches.Add(AudioTags.AreIn(saved[n].Tags, _tags) ? speech
                    : await _saver.RetagAsync(speech, saved[n], _tags!, ledger, _stop.Token).ConfigureAwait(false));
            }
            catch (TtsException e)
            {
                errors.Add(e);
            }
        }

        return new RowResult { Speeches = speeches, Errors = errors };
    }

    private LedgerEvent Unknown(OpenRow row) => new()
    {
        Event = LedgerEventKind.Accepted,
        At = DateTimeOffset.UtcNow,
        Submitted = DateTimeOffset.UtcNow - row.Given.Age,
        Task = row.Id,
        Endpoint = _options.Endpoint,
        Id = row.Request.Id,
    };

    private static DateTimeOffset AsOf(LedgerEvent? known) => known?.At ?? DateTimeOffset.MinValue;
}
