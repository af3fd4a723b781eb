using System.Management.Automation;
using RunwareTts.Batch;
using RunwareTts.Binding;
using RunwareTts.Files;

namespace RunwareTts.Commands;

/// <summary>Text in, TtsSpeech out; TtsTask with -Async.</summary>
[Cmdlet(VerbsCommon.New, "TtsSpeech", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(TtsSpeech), typeof(TtsTask))]
public sealed class NewTtsSpeechCommand : SpeechRowCmdlet
{
    private SpeechBatch? _batch;

    /// <summary>The folder of the batch; each row's file goes inside it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? OutputDirectory { get; set; }

    /// <summary>Emit a TtsTask as soon as the service has accepted a row.</summary>
    [Parameter]
    public SwitchParameter Async { get; set; }

    /// <summary>Tasks in flight; downloads do not count.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = new BatchOptions().ThrottleLimit;

    /// <summary>Seconds for one row.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int TimeoutSec { get; set; } = (int)new BatchOptions().Timeout.TotalSeconds;

    /// <summary>Existing files may be overwritten.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        try
        {
            Connection connection = Resolve();
            string? directory = OutputDirectory is null ? null : ResolvePath("OutputDirectory", OutputDirectory);
            OutputPlanner planner = new(directory, Force, path => ResolvePath("OutputPath", path));
            BatchOptions options = new()
            {
                ThrottleLimit = ThrottleLimit,
                Timeout = TimeSpan.FromSeconds(TimeoutSec),
                Wait = !Async,
                Endpoint = connection.Endpoint?.ToString(),
            };
            _batch = new SpeechBatch(connection.CreateProvider(), options, planner);
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
            PlannedRow row = _batch!.Plan(ReadRow(), Source, PipedObject.Keep(InputObject));
            if (row.Error is null && !ShouldProcess(row.Subject, row.Action))
                return;
            _batch.Start(row);
        }
        catch (TtsException e)
        {
            Throw(e, Source);
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

    protected override void Release() => _batch?.Dispose();
}
