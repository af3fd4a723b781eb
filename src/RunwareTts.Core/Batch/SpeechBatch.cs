using RunwareTts.Ledger;
using RunwareTts.Output;
using RunwareTts.Providers;
using RunwareTts.Requests;
using RunwareTts.Voices;

namespace RunwareTts.Batch;

/// <summary>
/// Rows in, events out, in the order of the rows. Plan, Start and Take belong to one thread, which is the pipeline's.
/// </summary>
public sealed class SpeechBatch : IDisposable
{
    // Finished rows wait in the window for a slow row before them. It has room for more rows than tasks in flight, so
    // that these stay as many as allowed.
    private const int WindowPerTask = 4;

    private readonly BatchScope _batch;
    private readonly RowPlanner _rows;
    private readonly RowJob _job;
    private readonly SplitJob _split;
    private readonly VoiceCaster _caster;
    private readonly OrderedWindow _window;
    private readonly BatchProgress _progress;
    private readonly HashSet<string> _warned = [];

    /// <param name="provider">Generates the speech.</param>
    /// <param name="options">How the batch runs.</param>
    /// <param name="files">Names and claims files.</param>
    /// <param name="ledger">Has the tasks of earlier runs.</param>
    /// <param name="voices">Kept voices and clips; null for none.</param>
    /// <exception cref="TtsException">NotSupported.MaxCost.</exception>
    public SpeechBatch(ISpeechProvider provider, BatchOptions options, OutputPlanner files, TaskLedger ledger,
        VoiceSources? voices = null)
    {
        voices ??= VoiceSources.None;
        if (options.MaxCost is not null && provider.ChargesNothing)
            throw Errors.NotSupported(
                "MaxCost", provider.Name, "it charges nothing. Leave it out.", endsPipeline: true);
        _batch = new BatchScope(provider, options, files, ledger);
        _rows = new RowPlanner(provider, files, ledger, options, voices);
        Budget budget = new(options.MaxCost, _rows.Prices);
        _job = new RowJob(_batch, new TaskRunner(_batch, budget));
        _split = new SplitJob(_batch, _rows, _job);
        _caster = new VoiceCaster(_batch, budget, voices.Clips);
        _window = new OrderedWindow(options.ThrottleLimit * WindowPerTask, _batch.Log);
        _progress = new BatchProgress(budget);
    }

    /// <inheritdoc cref="RowPlanner.Plan(SpeechRow, object?, object?, CancellationToken)"/>
    public PlannedRow Plan(SpeechRow row, object? source, object? kept, CancellationToken token = default)
    {
        PlannedRow planned = _rows.Plan(row, source, kept, token);
        if (planned.Error is null && planned.Warnings.Where(_warned.Add).ToArray() is { Length: > 0 } warnings)
            _window.Add(planned.Name, source, new RowResult { Warnings = warnings });
        return planned;
    }

    /// <inheritdoc cref="RowPlanner.Decline"/>
    public void Decline(PlannedRow row) => _rows.Decline(row);

    /// <summary>Starts a planned row; its task is sent when a slot is free.</summary>
    /// <exception cref="TtsException">ApiKeyMissing.</exception>
    public void Start(PlannedRow row)
    {
        if (row.IsBlank)
            return;
        _progress.Started();
        if (row.Error is { } error)
        {
            End(row, row.IsReported ? RowResult.Nothing : RowResult.Of(error), error);
            return;
        }

        _batch.Provider.EnsureReady();
        try
        {
            Prepare(row);
        }
        catch (TtsException e)
        {
            End(row, RowResult.Of(e), e);
            return;
        }

        if (_batch.Provider.Caution is { } caution && _warned.Add(caution))
            _window.Add("", row.Source, new RowResult { Warnings = [caution] });
        if (row.Past is History.Files there && row.Work == RowWork.Nothing)
            End(row, new RowResult { Speeches = [.. there.Saved.Select((saved, n) => OfFile(row, saved, n))] }, null);
        else
            Run(row);
    }

    /// <inheritdoc cref="OrderedWindow.Take"/>
    public IEnumerable<BatchEvent> Take(bool all, CancellationToken token)
    {
        if (all && _rows.TakeRemarks().ToArray() is { Length: > 0 } remarks)
            _window.Add("", null, new RowResult { Warnings = remarks });
        return _window.Take(all, _progress, token);
    }

    /// <summary>Stops all rows. Tasks that were sent stay in the ledger.</summary>
    public void Dispose()
    {
        _batch.Dispose();
        _window.WaitBriefly();
    }

    private void Prepare(PlannedRow row)
    {
        if (row.Target is null || row.Work == RowWork.Nothing)
            return;
        _batch.Files.Prepare(row.Target);
        if (row.IsSplit)
            _batch.Files.Prepare(SplitRules.AnyPartOf(row.Target));
    }

    private TtsSpeech OfFile(PlannedRow row, LedgerEvent saved, int n)
    {
        string path = row.Target!.PathOf(n);
        if (saved.IsStale)
            _ = TaskJournal.SeenAsync(_batch.Ledger, saved, path);
        return SpeechFactory.OfFile(row, saved, path, _batch.Provider);
    }

    private void End(PlannedRow row, RowResult result, TtsException? error)
    {
        if (error is { EndsPipeline: true })
            _batch.Halt();
        _window.Add(row.Name, row.Source, result);
        _progress.Ended(failed: error is not null);
    }

    private void Run(PlannedRow row)
    {
        if (row.Casting is not null)
        {
            _window.Start(row.Name, row.Source, Task.CompletedTask, () => CountAsync(CastAsync(row)));
            return;
        }

        // Turns and slots are requested on this thread, so that they are granted in the order of the rows.
        Task<IDisposable?> turn = _batch.TurnAsync(row);
        if (row.IsSplit)
        {
            PartGroup group = new(_progress, row.PartCount);
            _window.Start(row.Name, row.Source, Task.CompletedTask,
                () => CountAsync(_split.RunAsync(row, turn, group)));
            return;
        }

        TaskSlot slot = _batch.SlotOf(row);
        Task before = turn.IsCompleted && row.Past.DoneTask is null ? slot.EnterAsync(_batch.Stop) : turn;
        _window.Start(row.Name, row.Source, before, () => CountAsync(RunAsync(row, turn, slot)));
    }

    private async Task<RowResult> RunAsync(PlannedRow row, Task<IDisposable?> turn, TaskSlot slot)
    {
        RowResult result = await _job.RunAsync(row, turn, slot).ConfigureAwait(false);
        return result with { Warnings = [.. _batch.Voices.TakeWarning(result.Chosen), .. result.Warnings] };
    }

    private async Task<RowResult> CastAsync(PlannedRow row)
    {
        CastVoice cast;
        try
        {
            if (_batch.IsHalted)
                return RowResult.Nothing;
            cast = await _caster.CastAsync(row.Casting!, row.Index).ConfigureAwait(false);
            row = _rows.Resume(row, cast.Voice);
        }
        catch (TtsException e)
        {
            return RowResult.Of(e);
        }

        RowResult result = row is { Past: History.Files there, Work: RowWork.Nothing }
            ? new RowResult { Speeches = [.. there.Saved.Select((saved, n) => OfFile(row, saved, n))] }
            : row.IsSplit
            ? await _split.RunAsync(row, _batch.TurnAsync(row), new PartGroup(_progress, row.PartCount))
                .ConfigureAwait(false)
            : await _job.RunAsync(row, _batch.TurnAsync(row), _batch.SlotOf(row)).ConfigureAwait(false);
        IReadOnlyList<string> warnings = cast.TakeWarnings();
        return warnings.Count == 0 ? result : result with { Warnings = [.. warnings, .. result.Warnings] };
    }

    private async Task<RowResult> CountAsync(Task<RowResult> running)
    {
        bool hasFailed = true;
        try
        {
            RowResult result = await running.ConfigureAwait(false);
            hasFailed = result.Errors.Count > 0;
            return result;
        }
        finally
        {
            _progress.Ended(hasFailed);
        }
    }
}
