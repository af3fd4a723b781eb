namespace RunwareTts.Batch;

/// <summary>How a batch runs.</summary>
public sealed record BatchOptions
{
    /// <summary>Tasks in flight; downloads do not count.</summary>
    public int ThrottleLimit { get; init; } = 4;

    /// <summary>For one row, from its submission on.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(1200);

    /// <summary>Rows wait for their results; otherwise they end when they are accepted.</summary>
    public bool Wait { get; init; } = true;

    /// <summary>The wait before the first poll of a task, until it is known how long such tasks take.</summary>
    public TimeSpan FirstPoll { get; init; } = TimeSpan.FromSeconds(0.75);

    /// <summary>The wait before a second try; it doubles from there.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>How long the service may know nothing of a task before it is given up.</summary>
    public TimeSpan UnknownAfter { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Makes Endpoint known to the tasks.</summary>
    public string? Endpoint { get; init; }
}
