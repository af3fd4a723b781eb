namespace RunwareTts.Emulator;

/// <summary>Which requests a fault is for.</summary>
public enum FaultPlace
{
    /// <summary>Requests with an audioInference task. A dry run takes no fault.</summary>
    Submit,

    /// <summary>Requests with a getResponse task, and no audioInference.</summary>
    Poll,

    /// <summary>Requests with a getTaskDetails task, and none of the above.</summary>
    Details,

    /// <summary>Requests for audio.</summary>
    Download,

    /// <summary>What the emulator posts by itself.</summary>
    Webhook,

    /// <summary>Requests with a mediaStorage task, and none of the other tasks here.</summary>
    Media,
}
