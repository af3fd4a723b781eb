using System.Collections;
using System.Management.Automation;
using RunwareTts.Batch;
using RunwareTts.Binding;
using RunwareTts.Files;
using RunwareTts.Ledger;
using RunwareTts.Output;
using RunwareTts.Providers;

namespace RunwareTts.Commands;

/// <summary>Waits for tasks, and returns their results as they finish.</summary>
[Cmdlet(VerbsLifecycle.Wait, "TtsTask", HelpUri = HelpPages.Root + "Wait-TtsTask.md")]
[OutputType(typeof(TtsSpeech))]
public sealed class WaitTtsTaskCommand : TaskRowCmdlet
{
    private readonly Dictionary<string, OutputPlanner> _planners = [];
    private TaskBatch? _batch;
    private bool _folderOnLine;

    /// <summary>Seconds for all tasks together. Those that are open then can be waited for again.</summary>
    [Parameter]
    [OneNumber(nameof(TimeoutSec), true)]
    [ValidateRange(1, 86400)]
    public int TimeoutSec { get; set; } = (int)new BatchOptions().Timeout.TotalSeconds;

    /// <summary>@{ title = …; artist = … } for all files.</summary>
    [Parameter]
    public IDictionary? Tag { get; set; }

    /// <summary>Existing files may be overwritten.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _folderOnLine = OutputDirectory is not null;
        Connection connection = Resolve();
        BatchOptions options = new()
        {
            Timeout = TimeSpan.FromSeconds(TimeoutSec),
            Endpoint = connection.Endpoint?.ToString(),
        };
        _batch = new TaskBatch(connection.CreateProvider(Trace), options, Tags(Tag));
    }

    protected override void ProcessRecord()
    {
        foreach (string? id in Ids)
            Add(id);

        Write(_batch!.Take(all: false, StopToken));
        if (IsOver)
            EndProcessing();
    }

    protected override void EndProcessing()
    {
        Write(_batch!.Take(all: true, StopToken));
        ThrowIfOver();
    }

    protected override void Release()
    {
        _batch?.Dispose();
        foreach (OutputPlanner planner in _planners.Values)
            planner.Ledger?.Dispose();
        _planners.Clear();
    }

    // The folder in a task's row need not be that of a batch, so no ledger is created there.
    private TaskLedger OpenLedger(string? directory) =>
        directory is null ? LedgerLocation.OpenRecoveryIfAny()
        : _folderOnLine ? LedgerLocation.OpenDirectory(directory)
        : LedgerLocation.FindDirectory(directory) ?? LedgerLocation.OpenRecoveryIfAny();

    private OutputPlanner Planner(string? directory)
    {
        if (!_planners.TryGetValue(directory ?? "", out OutputPlanner? planner))
            _planners.Add(directory ?? "", planner = new OutputPlanner(
                directory, Force, path => path, OpenLedger(directory)));
        return planner;
    }

    private void Add(string? id)
    {
        object? source = InputObject ?? (object?)id;
        TaskRow row = Row(id);
        try
        {
            string? directory = string.IsNullOrWhiteSpace(OutputDirectory) ? null
                : ResolvePath("OutputDirectory", OutputDirectory!);
            OutputPlanner planner = Planner(directory);
            if (!string.IsNullOrWhiteSpace(row.OutputPath) && PathRules.FolderFault(row.OutputPath!) is { } why)
                throw Errors.Invalid("OutputPath", why);
            // Paths are made absolute on this thread, because the session of PowerShell belongs to it.
            if (directory is null && !string.IsNullOrWhiteSpace(row.OutputPath))
                row = row with { OutputPath = ResolvePath("OutputPath", row.OutputPath!) };
            _batch!.Add(row, planner, source);
        }
        catch (TtsException e) when (e.EndsPipeline)
        {
            Throw(e, source);
        }
        catch (TtsException e)
        {
            _batch!.Refuse(e, row, source);
        }
    }
}
