using System.Management.Automation;
using RunwareTts.Batch;
using RunwareTts.Binding;
using RunwareTts.Catalog;
using RunwareTts.Completion;
using RunwareTts.Requests;
using RunwareTts.Text;

namespace RunwareTts.Commands;

/// <summary>A long text in, parts out that New-TtsSpeech takes as rows.</summary>
[Cmdlet(VerbsCommon.Split, "TtsText", DefaultParameterSetName = "Text", HelpUri = HelpPages.Root + "Split-TtsText.md")]
[OutputType(typeof(TtsTextPart))]
public sealed class SplitTtsTextCommand : TtsCmdlet
{
    private const int LongestPath = 260;

    private readonly PartNames _names = new();
    private bool _isOnLine;
    private int _record;

    /// <summary>A string, which is a text, or a file.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0, ParameterSetName = "Text")]
    [RowCell]
    public string? Text { get; set; }

    /// <summary>Files; wildcards are taken.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Path")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Path { get; set; }

    /// <summary>Files by their exact names. A string of Get-Content has the name of its file, and is the text all the same.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = "LiteralPath")]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[]? LiteralPath { get; set; }

    /// <summary>The most characters (code points) of a part.</summary>
    [Parameter]
    [OneNumber(nameof(MaxLength), true)]
    public int MaxLength { get; set; } = SpeechCatalog.Limits.MaxTextLength;

    /// <summary>Whose abbreviations count, by name or ISO code; the parts bear it.</summary>
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
            WriteTtsError(Errors.PipedBeside(ParameterSetName).OfRow(RowName.Of(null, _record)), InputObject);
        else if (PipedObject.AsText(InputObject) is { } text)
            WriteText(FileOf(LiteralPath?.FirstOrDefault()), text, InputObject);
        else if (InputObject?.BaseObject is DirectoryInfo)
            // Get-ChildItem gives the folders between the files too.
            return;
        else if (LiteralPath is not null)
            WriteFiles();
        else if (InputObject?.BaseObject is FileInfo file)
            WriteFile(file.FullName);
        else
            WriteTtsError(Errors.Invalid("InputObject", PipedObject.WhyNoText(InputObject))
                .OfRow(RowName.Of(null, _record)), InputObject);
    }

    private void WriteGiven(string text)
    {
        if (RowCellAttribute.Refusal("Text", text) is { } refusal)
        {
            WriteTtsError(Errors.InvalidRow([refusal]), null);
            return;
        }

        if (text.Length <= LongestPath && FileOf(text) is { } path && File.Exists(path))
            WriteWarning($"'{text}' is taken for the text itself. For what is in the file of that name, give it as -Path.");
        WriteText(null, text, null);
    }

    private void WriteText(string? path, string text, object? source)
    {
        if (PlainText.LostCharacter("Text", text) is not { } lost)
            WriteParts(path, TextSplitter.Split(text, MaxLength, Language));
        else if (source is null)
            WriteTtsError(Errors.Invalid("Text", lost), null);
        else
            WriteTtsError(Errors.Invalid("Text", lost).OfRow(RowName.Of(null, _record)), source);
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

    // The path that a string is or names, if it does.
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
