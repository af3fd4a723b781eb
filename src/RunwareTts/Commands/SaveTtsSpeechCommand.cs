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
        object? source = InputObject ?? (object?)AudioUrl;
        try
        {
            if (InputObject is not null && AudioUrl is not null)
                throw Errors.Invalid("AudioUrl", "A result was piped beside -AudioUrl, and only one of them can be saved. A folder is -OutputDirectory, a file -OutputPath.");
            TtsSpeech given = InputObject is null ? new TtsSpeech { AudioUrl = AudioUrl } : SpeechReader.Read(InputObject);
            if (OutputPath is null && OutputDirectory is null && File.Exists(given.Path))
                _batch!.Pass(given);
            else
                _batch!.Add(given, OutputPath, source);
        }
        catch (Exception e) when (e is TtsException or RuntimeException)
        {
            _batch!.Refuse(e as TtsException ?? Errors.Invalid("InputObject", $"The object cannot be read: {e.Message}"), source);
        }

        Write(_batch!.Take(all: false, StopToken));
    }

    protected override void EndProcessing() => Write(_batch!.Take(all: true, StopToken));

    protected override void Release() => _batch?.Dispose();
}
