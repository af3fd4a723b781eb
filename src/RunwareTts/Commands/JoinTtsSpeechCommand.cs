using System.Collections;
using System.Management.Automation;
using RunwareTts.Binding;
using RunwareTts.Files;
using RunwareTts.Joining;

namespace RunwareTts.Commands;

/// <summary>Joins results or audio files into one file, in the order in which they come.</summary>
[Cmdlet(VerbsCommon.Join, "TtsSpeech", DefaultParameterSetName = "InputObject", SupportsShouldProcess = true,
    HelpUri = HelpPages.Root + "Join-TtsSpeech.md")]
[OutputType(typeof(TtsJoinedSpeech))]
public sealed class JoinTtsSpeechCommand : TtsCmdlet
{
    private SpeechJoin? _join;

    [Parameter(Mandatory = true, Position = 0)]
    [Alias("OutFile")]
    [ValidateNotNullOrEmpty]
    public string? OutputPath { get; set; }

    /// <summary>A TtsSpeech with a Path, an object with one, a file, or a path.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = "InputObject")]
    public PSObject? InputObject { get; set; }

    /// <summary>
    /// Files; what a wildcard finds is taken in the order of the names, and numbered parts in the order of their
    /// numbers.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = "Path")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Path { get; set; }

    /// <summary>Exact paths, without wildcards.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "LiteralPath")]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[]? LiteralPath { get; set; }

    /// <summary>Seconds of silence between two parts.</summary>
    [Parameter]
    [OneNumber(nameof(Gap), false)]
    public double Gap { get; set; }

    /// <summary>The same after a part that ends a paragraph. Left out, as Gap.</summary>
    [Parameter]
    [OneNumber(nameof(ParagraphGap), false)]
    public double? ParagraphGap { get; set; }

    [Parameter]
    [ValidateSet(SubtitleFile.Srt, SubtitleFile.Vtt)]
    public string? Subtitle { get; set; }

    [Parameter]
    public SwitchParameter Chapter { get; set; }

    /// <summary>@{ title = …; artist = … }</summary>
    [Parameter]
    public IDictionary? Tag { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void BeginProcessing()
    {
        try
        {
            string output = ResolvePath("OutputPath", OutputPath!);
            JoinOptions options = new(output)
            {
                Gap = Gap,
                ParagraphGap = ParagraphGap,
                Subtitle = Subtitle,
                Chapters = Chapter,
                Tags = Tags(Tag),
                Force = Force,
            };
            SpeechJoin join = new(options);
            if (ShouldProcess(output, "Join speech"))
                _join = join;
        }
        catch (TtsException e)
        {
            Throw(e, OutputPath);
        }
    }

    protected override void ProcessRecord()
    {
        if (_join is null)
            return;
        foreach (string path in Path ?? [])
        {
            foreach (string file in FindFiles("Path", path).OrderBy(f => f, NumberedNames.Order))
                Add(file, () => new JoinPart(file));
        }

        foreach (string path in LiteralPath ?? [])
            Add(path, () => new JoinPart(ResolvePath("LiteralPath", path)));
        // Get-ChildItem gives folders too.
        if (InputObject is { BaseObject: not DirectoryInfo } input)
            Add(input, () => JoinReader.Read(
                input, ResolvePath("InputObject", input.BaseObject as string ?? PipedFile.PathOf(input))));
    }

    protected override void EndProcessing()
    {
        if (_join is null)
            return;
        if (_join.Caution is { } caution)
            WriteWarning(caution);
        WriteObject(Await(_join.WriteAsync));
    }

    protected override void Release() => _join?.Dispose();

    // A book with a missing part is useless: the first invalid part ends the command.
    private void Add(object source, Func<JoinPart> read)
    {
        if (StopToken.IsCancellationRequested)
            throw new PipelineStoppedException();
        try
        {
            _join!.Add(read());
        }
        catch (TtsException e)
        {
            Throw(e, source);
        }
    }
}
