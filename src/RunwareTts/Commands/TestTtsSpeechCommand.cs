using System.Management.Automation;
using RunwareTts.Batch;
using RunwareTts.Binding;
using RunwareTts.Ledger;
using RunwareTts.Providers;

namespace RunwareTts.Commands;

/// <summary>Checks rows for New-TtsSpeech: all problems, cost and duration. Nothing is generated.</summary>
[Cmdlet(VerbsDiagnostic.Test, "TtsSpeech", HelpUri = HelpPages.Root + "Test-TtsSpeech.md")]
[OutputType(typeof(TtsValidation), typeof(TtsValidationSummary))]
public sealed class TestTtsSpeechCommand : SpeechBatchCmdlet
{
    private TaskLedger? _ledger;
    private ValidationBatch? _batch;
    private TtsValidationSummary _sum = TtsValidationSummary.None;

    /// <summary>Ask the service for its price (a dry run: checked and priced, not generated, not charged).</summary>
    [Parameter]
    public SwitchParameter Remote { get; set; }

    /// <summary>One object for all rows: how many are valid, their characters, cost and duration.</summary>
    [Parameter]
    public SwitchParameter Summary { get; set; }

    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        try
        {
            Connection connection = Resolve();
            BatchOptions options = Options(connection);
            _ledger = ReadLedger();
            _batch = new ValidationBatch(
                connection.CreateProvider(Trace), Planner(_ledger), _ledger, options, Remote, Voices());
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
            _batch!.Add(ReadRow(), Source, Kept, StopToken);
        }
        catch (TtsException e)
        {
            Throw(e, Source);
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }

        Write(_batch!.Take(all: false, StopToken));
        ThrowIfOver();
    }

    protected override void EndProcessing()
    {
        Write(_batch!.Take(all: true, StopToken));
        ThrowIfOver();
        if (Summary)
            WriteObject(_sum);
    }

    protected override void Release()
    {
        _batch?.Dispose();
        _ledger?.Dispose();
        _ledger = null;
    }

    private protected override void WriteValidation(TtsValidation validation)
    {
        if (Summary)
            _sum = _sum.Add(validation);
        else
            base.WriteValidation(validation);
    }
}
