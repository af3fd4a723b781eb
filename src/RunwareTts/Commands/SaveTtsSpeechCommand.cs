using System.Management.Automation;
using RunwareTts.Batch;
using RunwareTts.Binding;
using RunwareTts.Files;

namespace RunwareTts.Commands;

/// <summary>Downloads or decodes results that were not saved. It needs no key.</summary>
[Cmdlet(VerbsData.Save, "TtsSpeech")]
[OutputType(typeof(TtsSpeech))]
public sealed class SaveTtsSpeechCommand : TtsCmdlet
{
    private SaveBatch? _batch;
    private string? _pathOnLine;

    /// <summary>A TtsSpeech, of now or from Import-Clixml or Import-Csv.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Where the audio is, when there is no object to pipe.</summary>
    [Parameter(Position = 0)]
    public string? AudioUrl { get; set; }

    /// <summary>The file; without OutputDirectory a PowerShell path.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("OutFile", "FileName")]
    public string? OutputPath { get; set; }

    /// <summary>The folder; the file is then named by Id, else by TaskUUID. Left out, the current one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? OutputDirectory { get; set; }

    /// <summary>Existing files may be overwritten.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void BeginProcessing()
    {
        _pathOnLine = OutputPath;
        try
        {
            // Without a path the current folder is the one; with a path and no folder, the path stands for itself.
            string? directory = OutputDirectory is not null || _pathOnLine is null ? ResolvePath("OutputDirectory", OutputDirectory ?? ".") : null;
            _batch = new SaveBatch(new OutputPlanner(directory, Force, path => ResolvePath("OutputPath", path)));
        }
        catch (TtsException e)
        {
            Throw(e, OutputDirectory);
        }
    }

    protected override void ProcessRecord()
    {
        try
        {
            TtsSpeech given = InputObject is null ? new TtsSpeech { AudioUrl = AudioUrl } : SpeechReader.Read(InputObject);
            if (given.File is { Exists: true } && OutputPath is null && OutputDirectory is null)
                WriteObject(given with { Status = "Unchanged" });
            else
                _batch!.Add(given, OutputPath, InputObject ?? (object?)AudioUrl);
        }
        catch (TtsException e)
        {
            WriteTtsError(e, InputObject ?? (object?)AudioUrl);
        }

        Write(_batch!.Take(all: false, StopToken));
    }

    protected override void EndProcessing() => Write(_batch!.Take(all: true, StopToken));

    protected override void Release() => _batch?.Dispose();
}
