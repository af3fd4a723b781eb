using System.Management.Automation;
using RunwareTts.Batch;
using RunwareTts.Ledger;
using RunwareTts.Output;
using RunwareTts.Providers;
using RunwareTts.Voices;

namespace RunwareTts.Binding;

/// <summary>The parameters of a batch, which are given on the line only and bind to no column.</summary>
public abstract class SpeechBatchCmdlet : SpeechRowCmdlet
{
    /// <summary>The folder of the batch; each row's file goes inside it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? OutputDirectory { get; set; }

    /// <summary>Emit a TtsTask as soon as the service has accepted a row.</summary>
    [Parameter]
    public SwitchParameter Async { get; set; }

    /// <summary>Tasks in flight; downloads do not count.</summary>
    [Parameter]
    [OneNumber(nameof(ThrottleLimit), true)]
    [ValidateRange(1, 256)]
    public int ThrottleLimit { get; set; } = new BatchOptions().ThrottleLimit;

    /// <summary>Seconds for one row.</summary>
    [Parameter]
    [OneNumber(nameof(TimeoutSec), true)]
    [ValidateRange(1, 86400)]
    public int TimeoutSec { get; set; } = (int)new BatchOptions().Timeout.TotalSeconds;

    /// <summary>Existing files may be overwritten.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>USD for this pipeline, such as 5.00. Rows that would exceed it are not sent.</summary>
    [Parameter]
    [RowCell]
    public string? MaxCost { get; set; }

    /// <summary>Generate again what the ledger knows, and equal rows separately.</summary>
    [Parameter]
    public SwitchParameter Regenerate { get; set; }

    /// <summary>How often a row whose audio has a suspect length is generated again.</summary>
    [Parameter]
    [OneNumber(nameof(RetrySuspect), true)]
    [ValidateRange(0, 10)]
    public int RetrySuspect { get; set; }

    /// <summary>Cut a text that is too long for one task and join its audio, instead of refusing it.</summary>
    [Parameter]
    public SwitchParameter Split { get; set; }

    /// <summary>Speak rows with one VoiceDescription by one voice, which is cast once and kept.</summary>
    [Parameter]
    public SwitchParameter KeepVoice { get; set; }

    /// <summary>A folder of kept voices, which is searched before all others.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? VoiceFolder { get; set; }

    /// <summary>Write subtitles next to the file that -Split joins: srt or vtt.</summary>
    [Parameter]
    [ValidateSet("srt", "vtt")]
    public string? Subtitle { get; set; }

    /// <summary>Mark the headings of the text as chapters in the file that -Split joins.</summary>
    [Parameter]
    public SwitchParameter Chapter { get; set; }

    /// <summary>Play each result as it comes, in order.</summary>
    [Parameter]
    public SwitchParameter Play { get; set; }

    /// <summary>Keep and read no ledger.</summary>
    [Parameter]
    public SwitchParameter SkipLedger { get; set; }

    private protected string? Folder =>
        OutputDirectory is null ? null : ResolvePath("OutputDirectory", OutputDirectory);

    private protected OutputPlanner Planner(TaskLedger ledger) =>
        new(Folder, Force, path => ResolvePath("OutputPath", path), ledger);

    private protected VoiceSources Voices() => new(
        new VoiceLibrary(VoiceFolders.Find(
            VoiceFolder is null ? null : ResolvePath("VoiceFolder", VoiceFolder), Folder)),
        new ClipReader(path => ResolvePath("ReferenceAudio", path)));

    private protected BatchOptions Options(Connection connection) => new()
    {
        ThrottleLimit = ThrottleLimit,
        Timeout = TimeSpan.FromSeconds(TimeoutSec),
        Wait = !Async || !Play ? !Async : throw Errors.PlayWithAsync(),
        MaxCost = RowCellAttribute.Refusal("MaxCost", MaxCost) is { } list ? throw Errors.BadMaxCost(list.Message)
            : BatchOptions.ReadMaxCost(MaxCost),
        Regenerate = Regenerate,
        RetrySuspect = RetrySuspect,
        Split = Split,
        KeepVoice = KeepVoice,
        Subtitle = Subtitle is null || Split ? Subtitle : throw Errors.SubtitleWithoutSplit(),
        Chapters = !Chapter || Split ? Chapter : throw Errors.ChapterWithoutSplit(),
        IsVerbose = IsShown("Verbose"),
        Auto = connection.Auto,
        Endpoint = connection.Endpoint?.ToString(),
    };

    /// <summary>Opens the ledger for reading only, so that another process may write it at the same time.</summary>
    private protected TaskLedger ReadLedger() =>
        SkipLedger ? LedgerLocation.OpenTemporary()
        : Folder is { } folder ? LedgerLocation.ReadDirectory(folder)
        : LedgerLocation.ReadRecovery();
}
