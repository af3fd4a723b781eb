using RunwareTts.Ledger;
using RunwareTts.Output;
using RunwareTts.Providers;

namespace RunwareTts.Batch;

/// <summary>What all rows of a batch share.</summary>
internal sealed class BatchScope : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _halt = new();

    public BatchScope(ISpeechProvider provider, BatchOptions options, OutputPlanner files, TaskLedger ledger)
    {
        (Provider, Options, Files, Ledger) = (provider, options, files, ledger);
        Log = new BatchLog(options.IsVerbose);
        Throttle = new TaskThrottle(options.ThrottleLimit, Log);
        Delay = new RetryDelay(options.FirstRetry);
        Recall = new TaskRecall(provider, Delay);
        Voices = new VoiceChooser(options.Auto);
        Saver = new ResultSaver(provider, Delay);
    }

    public ISpeechProvider Provider { get; }

    public BatchOptions Options { get; private set; }

    public OutputPlanner Files { get; }

    public TaskLedger Ledger { get; }

    public BatchLog Log { get; }

    public TaskThrottle Throttle { get; }

    public RetryDelay Delay { get; }

    public TaskRecall Recall { get; }

    public ResultSaver Saver { get; }

    public VoiceChooser Voices { get; }

    /// <summary>Cancelled when the pipeline is stopped.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>
    /// An error has ended the pipeline: no more tasks are sent, and those in flight are finished.
    /// </summary>
    public bool IsHalted => _halt.IsCancellationRequested;

    public void Halt() => _halt.Cancel();

    /// <summary>Nothing more is sent for this row.</summary>
    public bool IsHaltedFor(PlannedRow row) => IsHalted || row.Part is { Group.HasFailed: true };

    /// <summary>The same batch, for work that has other options.</summary>
    public BatchScope With(BatchOptions options)
    {
        BatchScope scope = (BatchScope)MemberwiseClone();
        scope.Options = options;
        return scope;
    }

    /// <summary>Completes when no equal row is running.</summary>
    public Task<IDisposable?> TurnAsync(PlannedRow row) =>
        Options.Regenerate ? Task.FromResult<IDisposable?>(null) : Ledger.TurnAsync(row.Identity, Stop);

    public TaskSlot SlotOf(PlannedRow row) => new(Throttle, row.Index);

    /// <summary>A result of a row's task, not saved yet.</summary>
    public TtsSpeech Describe(PlannedRow row, TaskOutcome outcome, int n) =>
        SpeechFactory.Of(row.Request!, outcome.Answer.Results[n], Provider.Name, outcome.Task, row.Kept)
            with { Attempts = outcome.Attempts, Voice = outcome.Journal.Chosen ?? row.Request!.Voice };

    /// <summary>Where a result of a row goes.</summary>
    public SaveTarget TargetOf(PlannedRow row, int n)
    {
        string? path = row.Target?.PathOf(n);
        // A part's file is named by the hash of its request, so a file of that name is this module's own.
        return SaveTarget.Of(row.Request!, path, path is not null && (row.Part is not null || Files.MayReplace(path)));
    }

    public void Dispose() => _stop.Cancel();
}
