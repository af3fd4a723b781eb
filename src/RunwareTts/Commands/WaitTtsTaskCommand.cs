using System.Management.Automation;
using RunwareTts.Batch;
using RunwareTts.Binding;
using RunwareTts.Files;

namespace RunwareTts.Commands;

/// <summary>TtsSpeech for tasks as they finish; one request asks for many of them.</summary>
[Cmdlet(VerbsLifecycle.Wait, "TtsTask")]
[OutputType(typeof(TtsSpeech))]
public sealed class WaitTtsTaskCommand : ServiceCmdlet
{
    private readonly Dictionary<string, OutputPlanner> _planners = [];
    private TaskWaiter? _waiter;

    /// <summary>A task: what New-TtsSpeech -Async gave, a row of its CSV, or an id.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    public string[]? TaskUUID { get; set; }

    /// <summary>The file; without OutputDirectory a PowerShell path.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("OutFile", "FileName")]
    public string? OutputPath { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? OutputDirectory { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    public string? Id { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Text { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Model { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Voice { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Language { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Speed { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? OutputFormat { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? NumberResults { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? MaxNewTokens { get; set; }

    /// <summary>When the task was submitted, as a TtsTask tells; it is then asked for when it should be done.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Submitted { get; set; }

    /// <summary>Seconds for the whole call. What is still open then can be waited for again.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int TimeoutSec { get; set; } = (int)new BatchOptions().Timeout.TotalSeconds;

    /// <summary>Existing files may be overwritten.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void BeginProcessing()
    {
        Connection connection = Resolve();
        _waiter = new TaskWaiter(connection.CreateProvider(), new BatchOptions { Timeout = TimeSpan.FromSeconds(TimeoutSec) });
    }

    protected override void ProcessRecord()
    {
        object? given = InputObject?.BaseObject;
        string?[] ids = given is string or Guid ? [given.ToString()] : TaskUUID is { Length: > 0 } named ? named : new string?[1];
        foreach (string? id in ids)
            Add(id);

        Write(_waiter!.Take(all: false, StopToken));
        if (IsOver)
            EndProcessing();
    }

    protected override void EndProcessing()
    {
        Write(_waiter!.Take(all: true, StopToken));
        ThrowIfOver();
    }

    protected override void Release() => _waiter?.Dispose();

    private void Add(string? id)
    {
        object? source = InputObject ?? (object?)id;
        try
        {
            string? directory = string.IsNullOrWhiteSpace(OutputDirectory) ? null : ResolvePath("OutputDirectory", OutputDirectory!);
            if (!_planners.TryGetValue(directory ?? "", out OutputPlanner? planner))
                _planners.Add(directory ?? "", planner = new OutputPlanner(directory, Force, path => path));
            _waiter!.Add(Row(id, directory), planner, source);
        }
        catch (TtsException e) when (e.EndsPipeline)
        {
            Throw(e, source);
        }
        catch (TtsException e)
        {
            WriteTtsError(e, source);
        }
    }

    private TaskRow Row(string? id, string? directory) => new()
    {
        TaskUUID = id,
        Id = Id,
        Text = Text,
        Model = Model,
        Voice = Voice,
        Language = Language,
        Speed = Speed,
        OutputFormat = OutputFormat,
        OutputPath = directory is null && !string.IsNullOrWhiteSpace(OutputPath) ? ResolvePath("OutputPath", OutputPath!) : OutputPath,
        NumberResults = NumberResults,
        MaxNewTokens = MaxNewTokens,
        Submitted = Submitted,
    };
}
