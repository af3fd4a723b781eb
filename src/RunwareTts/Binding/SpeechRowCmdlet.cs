using System.Collections;
using System.Management.Automation;
using RunwareTts.Completion;
using RunwareTts.Requests;

namespace RunwareTts.Binding;

/// <summary>
/// The parameters that a row may hold. Each but the table of tags is a string, because a CSV cell is one: PowerShell's own conversions
/// would turn a blank into 0 and 0,3 into 3. Core reads them.
/// </summary>
public abstract class SpeechRowCmdlet : ServiceCmdlet
{
    private bool _hasTextOnLine;

    /// <summary>A row: a string, which is its text, or an object with a Text and any other of these parameters as properties.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Script", "Content")]
    [RowCell]
    public string? Text { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Speaker", "VoiceId")]
    [VoiceCompleter]
    [RowCell]
    public string? Voice { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Instruction", "Instructions")]
    [StyleCompleter]
    [RowCell]
    public string? Style { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("VoicePrompt")]
    [RowCell]
    public string? VoiceDescription { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ModelCompleter]
    [RowCell]
    public string? Model { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Lang")]
    [LanguageCompleter]
    [RowCell]
    public string? Language { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SpeedCompleter]
    [RowCell]
    public string? Speed { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Format")]
    [FormatCompleter]
    [RowCell]
    public string? OutputFormat { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [BitrateCompleter]
    [RowCell]
    public string? Bitrate { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [SampleRateCompleter]
    [RowCell]
    public string? SampleRate { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ChannelsCompleter]
    [RowCell]
    public string? Channels { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("OutFile", "FileName")]
    [OutputPathCompleter]
    [RowCell]
    public string? OutputPath { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [RowCell]
    public string? Id { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NumberResultsCompleter]
    [RowCell]
    public string? NumberResults { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [RowCell]
    public string? MaxNewTokens { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [OutputTypeCompleter]
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

    /// <summary>What the row is called in errors, so that it can be piped again.</summary>
    private protected object? Source => InputObject ?? (object?)(RowCellAttribute.Refusal("Text", Text) is null ? Text : null);

    private protected SpeechRow ReadRow()
    {
        SpeechRow row = new()
        {
            Text = Text,
            Voice = Voice,
            Style = Style,
            VoiceDescription = VoiceDescription,
            Model = Model,
            Language = Language,
            Speed = Speed,
            OutputFormat = OutputFormat,
            Bitrate = Bitrate,
            SampleRate = SampleRate,
            Channels = Channels,
            OutputPath = OutputPath,
            Id = Id,
            NumberResults = NumberResults,
            MaxNewTokens = MaxNewTokens,
            OutputType = OutputType,
            Ttl = Ttl,
            WebhookUrl = WebhookUrl,
            UploadEndpoint = UploadEndpoint,
            Tag = Tag,
            IsAlone = !MyInvocation.ExpectingInput,
        };
        if (row.Cells.Select(c => RowCellAttribute.Refusal(c.Parameter, c.Cell)).Append(TagTableAttribute.Refusal(Tag)).FirstOrDefault(p => p is not null) is { } refusal)
            return row with { Refusal = refusal };
        return MyInvocation.ExpectingInput ? Piped(row) : row;
    }

    private SpeechRow Piped(SpeechRow row)
    {
        if (PipedObject.WhyNoRow(InputObject) is { } why)
            return row with { Refusal = new Problem("Text", why) };
        if (PipedObject.AsText(InputObject) is not { } text)
            return row with
            {
                Columns = PipedObject.ColumnsOf(InputObject!),
                IsBlank = string.IsNullOrWhiteSpace(row.Text) && PipedObject.IsBlank(InputObject!),
            };
        return _hasTextOnLine
            ? row with { Refusal = new Problem("Text", "A string was piped beside -Text, and only one of them can be spoken. Leave one out.") }
            : row with { Text = text };
    }
}
