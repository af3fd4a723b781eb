using System.Management.Automation;
using RunwareTts.Batch;
using RunwareTts.Binding;
using RunwareTts.Catalog;
using RunwareTts.Completion;
using RunwareTts.Text;

namespace RunwareTts.Commands;

/// <summary>Cuts a long text into parts that New-TtsSpeech takes as rows.</summary>
[Cmdlet(VerbsCommon.Split, "TtsText", DefaultParameterSetName = "Text",
    HelpUri = HelpPages.Root + "Split-TtsText.md")]
[OutputType(typeof(TtsTextPart))]
public sealed class SplitTtsTextCommand : TtsCmdlet
{
    private const int MaxPath = 260;

    private readonly PartNames _names = new();
    private bool _isOnLine;
    private int _record;

    /// <summary>A string, which is a text, or a file.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0, ParameterSetName = "Text")]
    [RowCell]
    public string? Text { get; set; }

    /// <summary>Files, with wildcards.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Path")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Path { get; set; }

    /// <summary>Exact paths. A string of Get-Content has the path of its file, and is still the text.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "LiteralPath")]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[]? LiteralPath { get; set; }

    /// <summary>The most characters (code points) of a part.</summary>
    [Parameter]
    [OneNumber(nameof(MaxLength), true)]
    public int MaxLength { get; set; } = SpeechCatalog.Limits.MaxTextLength;

    /// <summary>The language by name or ISO code: its abbreviations count, and the parts get it.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(RowCompleter))]
    public string? Language { get; set; }

    protected override void BeginProcessing()
    {
        if (InputObject is not null)
            Throw(PipedObject.OnTheLine("text"), InputObject);
        _isOnLine = Text is not null || Path is not null || LiteralPath is not null;
        try
        {
            TextSplitter.Split("", MaxLength, Language);
        }
        catch (TtsException e)
        {
            Throw(e, null);
        }
    }

    protected override void ProcessRecord()
    {
        _record++;
        if (MyInvocation.ExpectingInput)
            WritePiped();
        else if (Text is not null)
            WriteGiven(Text);
        else if (Path is not null || LiteralPath is not null)
            WriteFiles();
        else
            WriteTtsError(Errors.NothingToSplit(), null);
    }

    private void WritePiped()
    {
        if (_isOnLine)
            WriteTtsError(OfRecord(Errors.PipedBeside(ParameterSetName)), InputObject);
        else if (PipedObject.AsText(InputObject) is { } text)
            WriteText(FileOf(LiteralPath?.FirstOrDefault()), text, InputObject);
        else if (InputObject?.BaseObject is DirectoryInfo)
            // Get-ChildItem gives folders too.
            return;
        else if (LiteralPath is not null)
            WriteFiles();
        else if (InputObject?.BaseObject is FileInfo file)
            WriteFile(file.FullName);
        else
            WriteTtsError(
                OfRecord(Errors.Invalid("InputObject", PipedObject.WhyNoText(InputObject))), InputObject);
    }

    private void WriteGiven(string text)
    {
        if (RowCellAttribute.Refusal("Text", text) is { } refusal)
        {
            WriteTtsError(Errors.InvalidRow([refusal]), null);
            return;
        }

        if (text.Length <= MaxPath && FileOf(text) is { } path && File.Exists(path))
            WriteWarning($"'{text}' is split as a text. To split the file of that name, give it by -Path.");
        WriteText(null, text, null);
    }

    private void WriteText(string? path, string text, object? source)
    {
        if (PlainText.LostCharacter("Text", text) is not { } lost)
            WriteParts(path, TextSplitter.Split(text, MaxLength, Language));
        else if (source is null)
            WriteTtsError(Errors.Invalid("Text", lost), null);
        else
            WriteTtsError(OfRecord(Errors.Invalid("Text", lost)), source);
    }

    private void WriteFiles()
    {
        foreach (string path in Path ?? LiteralPath!)
        {
            try
            {
                foreach (string file in Path is null ? [ResolvePath("LiteralPath", path)] : FindFiles("Path", path))
                    WriteFile(file);
            }
            catch (TtsException e)
            {
                WriteTtsError(e, path);
            }
        }
    }

    private void WriteFile(string path)
    {
        try
        {
            WriteParts(path, TextFile.Split(path, MaxLength, Language));
        }
        catch (TtsException e)
        {
            WriteTtsError(e, path);
        }
    }

    private void WriteParts(string? path, IEnumerable<TtsTextPart> parts)
    {
        foreach (TtsTextPart part in _names.Give(path, parts))
        {
            if (StopToken.IsCancellationRequested)
                throw new PipelineStoppedException();
            WriteObject(part);
        }
    }

    private TtsException OfRecord(TtsException error) => error.OfRow(RowName.Of(null, _record));

    // The path that a string is, if it is one.
    private string? FileOf(string? path)
    {
        try
        {
            return path is null ? null : ResolvePath("Path", path);
        }
        catch (TtsException)
        {
            return null;
        }
    }
}
