using System.Collections;
using System.Management.Automation;
using RunwareTts.Completion;
using RunwareTts.Requests;

namespace RunwareTts.Binding;

/// <summary>
/// The fields of a row as parameters. Each but two tables is a string, because a CSV cell is one: PowerShell's
/// own conversions would turn a blank into 0 and 0,3 into 3. Core reads them.
/// </summary>
public abstract class SpeechRowCmdlet : ServiceCmdlet
{
    private static readonly Dictionary<string, Func<SpeechRowCmdlet, string?>> Cells =
        RowField.All.ToDictionary(f => f.Name, f => GetterOf(f.Name));

    private bool _hasTextOnLine;

    /// <summary>A row: a string, which is its text, or an object with a Text and other fields.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Script", "Content")]
    [RowCell]
    public string? Text { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Speaker", "VoiceId")]
    [ArgumentCompleter(typeof(RowCompleter))]
    [RowCell]
    public string? Voice { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Instruction", "Instructions")]
    [ArgumentCompleter(typeof(RowCompleter))]
    [RowCell]
    public string? Style { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("VoicePrompt")]
    [RowCell]
    public string? VoiceDescription { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("RefAudio", "VoiceSample")]
    [RowCell]
    public string? ReferenceAudio { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ReferenceText", "RefText")]
    [RowCell]
    public string? Transcript { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RowCompleter))]
    [RowCell]
    public string? Model { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Lang")]
    [ArgumentCompleter(typeof(RowCompleter))]
    [RowCell]
    public string? Language { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RowCompleter))]
    [RowCell]
    public string? Speed { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Format")]
    [ArgumentCompleter(typeof(RowCompleter))]
    [RowCell]
    public string? OutputFormat { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RowCompleter))]
    [RowCell]
    public string? Bitrate { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RowCompleter))]
    [RowCell]
    public string? SampleRate { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RowCompleter))]
    [RowCell]
    public string? Channels { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("OutFile", "FileName")]
    [ArgumentCompleter(typeof(OutputPathCompleter))]
    [RowCell]
    public string? OutputPath { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [RowCell]
    public string? Id { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RowCompleter))]
    [RowCell]
    public string? NumberResults { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [RowCell]
    public string? MaxNewTokens { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(RowCompleter))]
    [RowCell]
    public string? OutputType { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [RowCell]
    public string? Ttl { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [RowCell]
    public string? WebhookUrl { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [RowCell]
    public string? UploadEndpoint { get; set; }

    /// <summary>@{ 'settings.temperature' = 0.8 } for further fields of the task, sent unchecked.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [OptionTable]
    public IDictionary? Option { get; set; }

    /// <summary>@{ title = …; artist = … } for the row's files.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [TagTable]
    public IDictionary? Tag { get; set; }

    protected override void BeginProcessing()
    {
        _hasTextOnLine = Text is not null;
        if (InputObject is not null)
            Throw(PipedObject.OnTheLine("row"), InputObject);
    }

    /// <summary>The target of the row's errors, which can be piped again.</summary>
    private protected object? Source =>
        InputObject ?? (object?)(RowCellAttribute.Refusal("Text", Text) is null ? Text : null);

    /// <summary>The row for its results to carry, without presigned URLs.</summary>
    private protected object? Kept =>
        PipedObject.Keep(InputObject, Option, UploadEndpoint, WebhookUrl, ReferenceAudio);

    private protected SpeechRow ReadRow()
    {
        SpeechRow row = SpeechRow.Of(Cells.ToDictionary(c => c.Key, c => c.Value(this))) with
        {
            Tag = Tag,
            Option = Option,
            IsAlone = !MyInvocation.ExpectingInput,
        };
        Problem? refusal = RowField.All.Select(f => RowCellAttribute.Refusal(f.Name, f.CellOf(row)))
            .Append(TagTableAttribute.Refusal(Tag)).Append(OptionTableAttribute.Refusal(Option))
            .FirstOrDefault(p => p is not null);
        return refusal is not null ? row with { Refusal = refusal }
            : MyInvocation.ExpectingInput ? ReadPiped(row) : row;
    }

    private static Func<SpeechRowCmdlet, string?> GetterOf(string parameter) =>
        typeof(SpeechRowCmdlet).GetProperty(parameter)!.GetMethod!
            .CreateDelegate<Func<SpeechRowCmdlet, string?>>();

    private SpeechRow ReadPiped(SpeechRow row)
    {
        if (PipedObject.WhyNoRow(InputObject) is { } why)
            return row with { Refusal = new Problem("Text", why) };
        if (PipedObject.AsText(InputObject) is not { } text)
            return row with
            {
                Columns = PipedObject.ColumnsOf(InputObject!),
                IsBlank = string.IsNullOrWhiteSpace(row.Text) && PipedObject.IsBlank(InputObject!),
            };
        return _hasTextOnLine ? row with { Refusal = new Problem("Text", "A string was piped together with -Text. "
                + "A row has one text: leave one of them out.") }
            : row with { Text = text };
    }
}
