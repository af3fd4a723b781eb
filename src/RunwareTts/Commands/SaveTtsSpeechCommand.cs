using System.Collections;
using System.Management.Automation;
using RunwareTts.Batch;
using RunwareTts.Binding;
using RunwareTts.Completion;
using RunwareTts.Ledger;
using RunwareTts.Output;
using RunwareTts.Providers;
using RunwareTts.Requests;

namespace RunwareTts.Commands;

/// <summary>
/// Downloads or decodes results that were not saved. It needs a key only for those that have neither URL nor bytes.
/// </summary>
[Cmdlet(VerbsData.Save, "TtsSpeech", HelpUri = HelpPages.Root + "Save-TtsSpeech.md")]
[OutputType(typeof(TtsSpeech))]
public sealed class SaveTtsSpeechCommand : TtsCmdlet
{
    private SaveBatch? _batch;
    private readonly Dictionary<string, OutputPlanner> _planners = [];
    private AudioTags? _tags;
    private string? _pathOnLine;
    private string? _folderOnLine;
    private ISpeechProvider? _provider;
    private bool _isResolved;

    /// <summary>A TtsSpeech, of now or from Import-Clixml or Import-Csv; or a TtsLedgerEntry.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Where the audio is, when there is no object to pipe.</summary>
    [Parameter(Position = 0)]
    public string? AudioUrl { get; set; }

    /// <summary>The file; without OutputDirectory a PowerShell path.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("OutFile", "FileName")]
    [ArgumentCompleter(typeof(OutputPathCompleter))]
    public string? OutputPath { get; set; }

    /// <summary>
    /// The folder; the file is then named by OutputPath, else by Id or TaskUUID. Left out, the current one.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? OutputDirectory { get; set; }

    /// <summary>@{ title = …; artist = … } for all files.</summary>
    [Parameter]
    public IDictionary? Tag { get; set; }

    /// <summary>Existing files may be overwritten.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void BeginProcessing()
    {
        (_pathOnLine, _folderOnLine, _tags) = (OutputPath, OutputDirectory, Tags(Tag));
        try
        {
            // URLs of a service on this machine or in this network lead there too.
            _batch = new SaveBatch(
                Connection.EndpointOf(ServiceCmdlet.Session(SessionState), Environment.GetEnvironmentVariable))
            {
                IsAlone = !MyInvocation.ExpectingInput,
            };
            if (_folderOnLine is null)
                return;
            if (string.IsNullOrWhiteSpace(_folderOnLine))
                throw Errors.Invalid("OutputDirectory",
                    "OutputDirectory is blank. Give a folder, or leave it out for the current one.");
            Planner();
        }
        catch (TtsException e)
        {
            Throw(e, OutputDirectory);
        }
    }

    protected override void ProcessRecord()
    {
        object? source = InputObject ?? (object?)AudioUrl;
        TtsSpeech? given = null;
        try
        {
            if (InputObject is not null && AudioUrl is not null)
                throw Errors.Invalid("AudioUrl", "A result was piped together with -AudioUrl. Leave one of them out. "
                    + "A folder is given by -OutputDirectory, a file by -OutputPath.");
            given = InputObject is null ? new TtsSpeech { AudioUrl = AudioUrl } : SpeechReader.Read(InputObject);
            if (!IsSaved(given))
                _batch!.Add(given, OutputPath, Planner(), source, _tags, SaveBatch.IsLost(given)
                    && given.HasTask ? Provider() : null);
            else if (_tags is null)
                _batch!.Pass(given);
            else
                throw Errors.TagOfSaved(given.Path!);
        }
        catch (TtsException e) when (e.EndsPipeline)
        {
            Throw(e, source);
        }
        catch (Exception e) when (e is TtsException or RuntimeException)
        {
            _batch!.Refuse(e as TtsException
                ?? Errors.Invalid("InputObject", $"The object cannot be read: {e.Message}"), given, source);
        }

        Write(_batch!.Take(all: false, StopToken));
        if (IsOver)
            EndProcessing();
    }

    protected override void EndProcessing()
    {
        Write(_batch!.Take(all: true, StopToken));
        ThrowIfOver();
    }

    protected override void Release()
    {
        _batch?.Dispose();
        foreach (OutputPlanner planner in _planners.Values)
            planner.Ledger?.Dispose();
        _planners.Clear();
    }

    // It has a file, and no other one is asked for. The OutputPath of a ledger's entry is that of its file.
    private bool IsSaved(TtsSpeech given) =>
        _pathOnLine is null && _folderOnLine is null && (OutputPath is null || given.Status == "Saved")
        && File.Exists(given.Path);

    // Null without a key: results with a URL can be saved without one.
    private ISpeechProvider? Provider()
    {
        if (!_isResolved && Connection.Resolve(null, null, ServiceCmdlet.Session(SessionState),
            Environment.GetEnvironmentVariable) is { IsOffline: false, Key: not null } connection)
            _provider = connection.CreateProvider(Trace);
        _isResolved = true;
        return _provider;
    }

    private OutputPlanner Planner()
    {
        // -OutputPath on the line needs no folder. Without it, the folder is the row's own, else the current one.
        string? directory = _folderOnLine is null && _pathOnLine is not null ? null
            : ResolvePath("OutputDirectory", string.IsNullOrWhiteSpace(OutputDirectory) ? "." : OutputDirectory!);
        if (!_planners.TryGetValue(directory ?? "", out OutputPlanner? planner))
            _planners.Add(directory ?? "", planner = new OutputPlanner(
                directory, Force, path => ResolvePath("OutputPath", path),
                directory is null ? null : LedgerLocation.FindDirectory(directory)));
        return planner;
    }
}
