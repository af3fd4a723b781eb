using System.Management.Automation;
using RunwareTts.Batch;
using RunwareTts.Files;

namespace RunwareTts.Binding;

/// <summary>The parameters of a batch. They stand on the line and follow no column.</summary>
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
    [ValidateRange(1, 64)]
    public int ThrottleLimit { get; set; } = new BatchOptions().ThrottleLimit;

    /// <summary>Seconds for one row.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int TimeoutSec { get; set; } = (int)new BatchOptions().Timeout.TotalSeconds;

    /// <summary>Existing files may be overwritten.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    private protected OutputPlanner Planner() => new(
        OutputDirectory is null ? null : ResolvePath("OutputDirectory", OutputDirectory),
        Force,
        path => ResolvePath("OutputPath", path));
}
