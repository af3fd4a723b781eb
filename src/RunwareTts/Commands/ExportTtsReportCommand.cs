using System.Globalization;
using System.Management.Automation;
using RunwareTts.Binding;
using RunwareTts.Review;

namespace RunwareTts.Commands;

/// <summary>Makes a page to listen to results, to mark them, and to generate the bad ones again.</summary>
[Cmdlet(VerbsData.Export, "TtsReport", DefaultParameterSetName = "InputObject", SupportsShouldProcess = true,
    HelpUri = HelpPages.Root + "Export-TtsReport.md")]
[OutputType(typeof(FileInfo))]
public sealed class ExportTtsReportCommand : TtsCmdlet
{
    private SpeechReview? _review;

    /// <summary>The folder of a batch.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Path")]
    [Alias("OutputDirectory")]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>A TtsSpeech, live or from a CSV, an entry of a ledger, a file, or a folder.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = "InputObject")]
    public PSObject? InputObject { get; set; }

    [Parameter(Mandatory = true, Position = 1)]
    [Alias("OutFile")]
    [ValidateNotNullOrEmpty]
    public string? OutputPath { get; set; }

    /// <summary>The heading. Left out, the name of the folder.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Title { get; set; }

    /// <summary>The clips become part of the page, which can then be mailed.</summary>
    [Parameter]
    public SwitchParameter EmbedAudio { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void BeginProcessing()
    {
        try
        {
            string output = ResolvePath("OutputPath", OutputPath!);
            SpeechReview review = new(new ReviewOptions(output)
            {
                Title = Title,
                EmbedAudio = EmbedAudio,
                Force = Force,
            });
            if (ShouldProcess(output, "Export report"))
                _review = review;
        }
        catch (TtsException e)
        {
            Throw(e, OutputPath);
        }
    }

    protected override void ProcessRecord()
    {
        if (_review is null)
            return;
        try
        {
            if (Path is not null)
                _review.AddFolder(ResolvePath("Path", Path), StopToken);
            else
                Add(_review, InputObject!);
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
        catch (TtsException e) when (Path is null && !e.EndsPipeline)
        {
            WriteTtsError(e, InputObject);
        }
        catch (TtsException e)
        {
            Throw(e, Path ?? (object?)InputObject);
        }
    }

    protected override void EndProcessing()
    {
        if (_review is null)
            return;
        ProgressRecord progress = new(0, "Export-TtsReport", "Reading clips");
        IReadOnlyList<string> remarks = Await(token => _review.WriteAsync(token), () => Show(progress, _review));
        progress.RecordType = ProgressRecordType.Completed;
        WriteProgress(progress);
        foreach (string remark in remarks)
            WriteWarning(remark);
        // As Get-Item gives it, with what the view of a file shows.
        string output = ResolvePath("OutputPath", OutputPath!);
        WriteObject(InvokeProvider.Item.Get([output], force: true, literalPath: true), enumerateCollection: true);
    }

    protected override void Release() => _review?.Dispose();

    // Without a pipeline that is slower, ffmpeg decodes for a while after the last clip was added.
    private void Show(ProgressRecord progress, SpeechReview review)
    {
        progress.StatusDescription = string.Format(
            CultureInfo.InvariantCulture, "{0} of {1} clips read", review.Measured, review.Count);
        progress.PercentComplete = (int)(100L * review.Measured / Math.Max(1, review.Count));
        WriteProgress(progress);
    }

    private void Add(SpeechReview review, PSObject input)
    {
        switch (input.BaseObject)
        {
            case TtsLedgerEntry entry:
                review.Add(entry);
                break;
            case DirectoryInfo folder:
                review.AddFolder(folder.FullName, StopToken);
                break;
            case string path when Directory.Exists(ResolvePath("InputObject", path)):
                review.AddFolder(ResolvePath("InputObject", path), StopToken);
                break;
            case string path:
                review.Add(new TtsSpeech { Path = ResolvePath("InputObject", path) });
                break;
            default:
                review.Add(ReadClip(input));
                break;
        }
    }

    private TtsSpeech ReadClip(PSObject input)
    {
        TtsSpeech speech = PipedClip.Read(input, path => ResolvePath("InputObject", path));
        return speech is { Path: null, AudioData: null, AudioUrl: null }
            ? throw Errors.NotAClip(input.BaseObject.GetType().Name) : speech;
    }
}
