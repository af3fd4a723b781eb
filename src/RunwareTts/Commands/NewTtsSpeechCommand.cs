using System.Management.Automation;
using RunwareTts.Batch;
using RunwareTts.Binding;

namespace RunwareTts.Commands;

/// <summary>Text in, TtsSpeech out; TtsTask with -Async.</summary>
[Cmdlet(VerbsCommon.New, "TtsSpeech", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(TtsSpeech), typeof(TtsTask))]
public sealed class NewTtsSpeechCommand : SpeechBatchCmdlet
{
    private SpeechBatch? _batch;

    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        try
        {
            Connection connection = Resolve();
            BatchOptions options = new()
            {
                ThrottleLimit = ThrottleLimit,
                Timeout = TimeSpan.FromSeconds(TimeoutSec),
                Wait = !Async,
                Endpoint = connection.Endpoint?.ToString(),
            };
            _batch = new SpeechBatch(connection.CreateProvider(), options, Planner());
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
            PlannedRow row = _batch!.Plan(ReadRow(), Source, PipedObject.Keep(InputObject, UploadEndpoint, WebhookUrl));
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
