using System.Management.Automation;
using RunwareTts.Batch;
using RunwareTts.Binding;
using RunwareTts.Catalog;
using RunwareTts.Completion;
using RunwareTts.Ledger;
using RunwareTts.Providers;
using RunwareTts.Requests;
using RunwareTts.Voices;

namespace RunwareTts.Commands;

/// <summary>Keeps a description, a recording or a result as a voice.</summary>
[Cmdlet(VerbsCommon.New, "TtsVoice", DefaultParameterSetName = FromPath, SupportsShouldProcess = true,
    ConfirmImpact = ConfirmImpact.Low, HelpUri = HelpPages.Root + "New-TtsVoice.md")]
[OutputType(typeof(TtsVoice))]
public sealed class NewTtsVoiceCommand : ServiceCmdlet
{
    private const string FromPath = "Path";
    private const string FromObject = "InputObject";
    private const string FromDescription = "Description";

    private string? _folder;
    private string? _language;

    [Parameter(Mandatory = true, Position = 0)]
    [AllowEmptyString]
    public string Name { get; set; } = null!;

    /// <summary>A recording: a path or a URL.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FromPath)]
    [AllowEmptyString]
    public string? Path { get; set; }

    /// <summary>The voice in natural language, which VoiceDesign casts; this is charged.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FromDescription)]
    [AllowEmptyString]
    public string? Description { get; set; }

    /// <summary>A TtsSpeech, live or from a CSV, or a file.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = FromObject)]
    public PSObject? InputObject { get; set; }

    /// <summary>What is said in the recording; left out, the text of the result.</summary>
    [Parameter(ParameterSetName = FromPath)]
    [Parameter(ParameterSetName = FromObject)]
    public string? Transcript { get; set; }

    [Parameter]
    [ArgumentCompleter(typeof(RowCompleter))]
    public string? Language { get; set; }

    /// <summary>Where it is kept; made where it is missing.</summary>
    [Parameter]
    public string? VoiceFolder { get; set; }

    /// <summary>Replaces a voice of this name.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void BeginProcessing()
    {
        try
        {
            VoiceKeeper.CheckName(Name);
            _language = SpeechCatalog.ReadNativeLanguage(Language);
            _folder = VoiceFolders.FindToWrite(
                VoiceFolder is null ? null : ResolvePath("VoiceFolder", VoiceFolder));
        }
        catch (TtsException e)
        {
            Throw(e, Name);
        }
    }

    protected override void ProcessRecord()
    {
        object? target = InputObject ?? (object?)Path ?? Description;
        try
        {
            if (ParameterSetName == FromDescription)
            {
                Cast();
                return;
            }

            TtsSpeech source = ReadSource();
            VoiceRecording recording = new(_folder!, source.AudioUrl is null ? null
                : Connection.EndpointOf(ServiceCmdlet.Session(SessionState), Environment.GetEnvironmentVariable));
            TtsVoice voice = Describe(source);
            recording.Check(source, voice, Force, StopToken);
            if (!ShouldProcess($"{Name} in {_folder}", "Keep voice"))
                return;
            KeptRecording kept = TaskWait.For(token => recording.KeepAsync(source, voice, Force, token), StopToken);
            foreach (string warning in kept.Warnings)
                WriteWarning(warning);
            WriteObject(kept.Voice);
        }
        catch (TtsException e)
        {
            WriteTtsError(e, target);
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
    }

    // Only a voice that is cast is charged.
    private void Cast()
    {
        string description = CellParser.Clean(Description)
            ?? throw Errors.Invalid("Description", "Description is blank. Give the voice in natural language, such as "
                + "'A weathered old announcer, low and slow'.");
        Connection connection = Resolve();
        BatchOptions options = new()
        {
            Endpoint = connection.Endpoint?.ToString(),
            Regenerate = Force,
            IsVerbose = IsShown("Verbose"),
        };
        using TaskLedger ledger = IsWhatIf ? LedgerLocation.ReadRecovery() : LedgerLocation.OpenRecovery();
        using VoiceCasting casting = new(connection.CreateProvider(Trace), options, ledger);
        PlannedRow planned = casting.Plan(Name, description, _language, _folder!);
        if (!ShouldProcess($"{Name} in {_folder}", planned.Action))
            return;
        try
        {
            CastVoice cast = TaskWait.For(token => casting.CastAsync(planned, token), StopToken);
            foreach (string warning in cast.TakeWarnings())
                WriteWarning(warning);
            WriteObject(cast.Voice);
        }
        finally
        {
            Write(casting.TakeMessages());
        }
    }

    private TtsVoice Describe(TtsSpeech source) => new()
    {
        Name = Name,
        Kind = TtsVoice.Kept,
        NativeLanguage = _language ?? SpeechCatalog.ReadNativeLanguage(source.Language),
        Description = CellParser.Clean(source.VoiceDescription),
        Model = SpeechCatalog.Base.Name,
        Transcript = CellParser.Clean(Transcript) ?? CellParser.Clean(source.Text),
    };

    private TtsSpeech ReadSource() => InputObject?.BaseObject switch
    {
        null => ReadText(Path ?? ""),
        string text => ReadText(text),
        _ => PipedClip.Read(InputObject!, path => ResolvePath("Path", path)),
    };

    private TtsSpeech ReadText(string text) =>
        ClipReader.IsAddress(text) ? new TtsSpeech { AudioUrl = text }
            : new TtsSpeech { Path = ResolvePath("Path", text) };
}
