using System.Management.Automation;
using RunwareTts.Batch;
using RunwareTts.Binding;
using RunwareTts.Ledger;
using RunwareTts.Playback;
using RunwareTts.Providers;

namespace RunwareTts.Commands;

/// <summary>Converts text to speech, or with -Async only starts it.</summary>
[Cmdlet(VerbsCommon.New, "TtsSpeech", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low,
    HelpUri = HelpPages.Root + "New-TtsSpeech.md")]
[OutputType(typeof(TtsSpeech), typeof(TtsTask))]
public sealed class NewTtsSpeechCommand : SpeechBatchCmdlet
{
    private TaskLedger? _ledger;
    private SpeechBatch? _batch;
    private PlayQueue? _sound;
    private SoundProgress? _progress;

    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        try
        {
            Connection connection = Resolve();
            BatchOptions options = Options(connection);
            _ledger = IsWhatIf ? ReadLedger() : OpenLedger(connection);
            _batch = new SpeechBatch(
                connection.CreateProvider(Trace), options, Planner(_ledger), _ledger, Voices());
            if (Play)
                _sound = new PlayQueue(new Speaker(new ClipSource(connection.Endpoint)), StopToken);
            _progress = new SoundProgress(this);
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
            PlannedRow row = _batch!.Plan(ReadRow(), Source, Kept, StopToken);
            if (!row.NeedsConsent || ShouldProcess(row.Subject, row.Action))
                _batch.Start(row);
            // With -WhatIf the row keeps its claim on its file, as if it had been generated.
            else if (!IsWhatIf)
                _batch.Decline(row);
        }
        catch (TtsException e)
        {
            Throw(e, Source);
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }

        WriteResults(all: false);
        if (IsOver)
            EndProcessing();
    }

    protected override void EndProcessing()
    {
        WriteResults(all: true);
        EndProgress();
        WaitForSound();
        ThrowIfOver();
    }

    protected override void Release()
    {
        _sound?.Dispose();
        _batch?.Dispose();
        _ledger?.Dispose();
        _ledger = null;
    }

    private void WriteResults(bool all)
    {
        IEnumerable<BatchEvent> events = _batch!.Take(all, StopToken);
        Write(_sound is null ? events : _sound.Hear(events));
        _progress!.Show(_sound?.Now);
    }

    // All results are written, but the last of them may still be playing.
    private void WaitForSound()
    {
        if (_sound is null)
            return;
        TaskWait.For(_ => _sound.Ended, StopToken, () => _progress!.Show(_sound.Now));
        _progress!.End();
        Write(_sound.TakeWarnings());
    }

    // What is free can do without a ledger.
    private TaskLedger OpenLedger(Connection connection) =>
        SkipLedger ? LedgerLocation.OpenTemporary()
        : Folder is { } folder ? LedgerLocation.OpenDirectory(folder)
        : connection.IsFree ? LedgerLocation.OpenRecoveryIfAny()
        : LedgerLocation.OpenRecovery();
}
