using System.Globalization;
using System.Management.Automation;
using RunwareTts.Batch;
using RunwareTts.Completion;

namespace RunwareTts.Binding;

/// <summary>A task as it comes from the pipeline: a TtsTask, a row of its CSV, or an id.</summary>
public abstract class TaskRowCmdlet : ServiceCmdlet
{
    /// <summary>A task: what New-TtsSpeech -Async gave, a row of its CSV, or an id.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(TaskCompleter))]
    public string[]? TaskUUID { get; set; }

    /// <summary>The file; without OutputDirectory a PowerShell path.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("OutFile", "FileName")]
    [ArgumentCompleter(typeof(OutputPathCompleter))]
    public string? OutputPath { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? OutputDirectory { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    public string? Id { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Text { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RowCompleter))]
    public string? Model { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RowCompleter))]
    public string? Voice { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RowCompleter))]
    public string? Language { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RowCompleter))]
    public string? Speed { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RowCompleter))]
    public string? OutputFormat { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RowCompleter))]
    public string? NumberResults { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? MaxNewTokens { get; set; }

    /// <summary>When the task was submitted, as in a TtsTask: the first poll is timed by it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Submitted { get; set; }

    protected override void BeginProcessing()
    {
        if (InputObject is not null)
            Throw(PipedObject.OnTheLine("task"), InputObject);
    }

    /// <summary>The ids of this record; a single null if it has none, which is then the row's error.</summary>
    private protected IEnumerable<string?> Ids =>
        InputObject?.BaseObject is string or Guid ? [InputObject.BaseObject.ToString()]
        : TaskUUID is { Length: > 0 } named ? named
        : new string?[1];

    private protected TaskRow Row(string? id) => new()
    {
        TaskUUID = id,
        Id = Id,
        Text = Text,
        Model = Model,
        Voice = Voice,
        Language = Language,
        Speed = Speed,
        OutputFormat = OutputFormat,
        OutputPath = OutputPath,
        NumberResults = NumberResults,
        MaxNewTokens = MaxNewTokens,
        Submitted = SubmittedCell(),
        IsAlone = !MyInvocation.ExpectingInput,
    };

    // PowerShell's binding would write a time without its fractions of a second.
    private string? SubmittedCell()
    {
        object? value = InputObject is null ? null : PropertyReader.Value(InputObject, "Submitted");
        return value is IFormattable moment and (DateTimeOffset or DateTime)
            ? moment.ToString("o", CultureInfo.InvariantCulture) : Submitted;
    }
}
