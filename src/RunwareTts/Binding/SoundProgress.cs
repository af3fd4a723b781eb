using System.Management.Automation;
using RunwareTts.Playback;

namespace RunwareTts.Binding;

/// <summary>Shows what is being played, below the progress of a batch.</summary>
internal sealed class SoundProgress(Cmdlet cmdlet)
{
    private const int ActivityId = 1;
    private const string Activity = "Playing";

    private bool _isShown;

    public void Show(Playing? now)
    {
        if (now is null)
            return;
        _isShown = true;
        ProgressRecord record = new(ActivityId, Activity, now.ToString()) { PercentComplete = now.Percent };
        cmdlet.WriteProgress(record);
    }

    public void End()
    {
        if (!_isShown)
            return;
        _isShown = false;
        cmdlet.WriteProgress(new ProgressRecord(ActivityId, Activity, Activity)
            { RecordType = ProgressRecordType.Completed });
    }
}
