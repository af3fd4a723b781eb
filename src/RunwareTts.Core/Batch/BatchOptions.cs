using RunwareTts.Requests;

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

    /// <summary>USD for all rows; null for no limit.</summary>
    public decimal? MaxCost { get; init; }

    /// <summary>Speak again what is known, and equal rows each for itself.</summary>
    public bool Regenerate { get; init; }

    /// <summary>A text that is too long for one task is spoken in parts, which are joined.</summary>
    public bool Split { get; init; }

    /// <summary>Subtitles that are there already may be overwritten.</summary>
    public bool Force { get; init; }

    /// <summary>srt or vtt, in any case, for subtitles of what is joined; null for none.</summary>
    public string? Subtitle
    {
        get;
        init => field = value?.ToLowerInvariant();
    }

    /// <summary>What is joined gets a chapter for each heading of its text.</summary>
    public bool Chapters { get; init; }

    /// <summary>How often a row whose audio has a doubtful length is spoken once more.</summary>
    public int RetrySuspect { get; init; }

    /// <summary>Messages for -Verbose are made: someone reads them.</summary>
    public bool IsVerbose { get; init; } = true;

    /// <summary>The wait before the first poll of a task, until it is known how long such tasks take.</summary>
    public TimeSpan FirstPoll { get; init; } = TimeSpan.FromSeconds(0.75);

    /// <summary>
    /// When the service could not do a task, a new one may do better: how many a row may have in all.
    /// </summary>
    public int MaxTasks { get; init; } = 3;

    /// <summary>The wait before a second try; it doubles from there.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>How long the service may know nothing of a task before it is given up.</summary>
    public TimeSpan UnknownAfter { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Makes Endpoint known to the tasks. With a slash at its end it is the same service.</summary>
    public string? Endpoint
    {
        get;
        init => field = value?.TrimEnd('/');
    }

    /// <summary>
    /// Reads -MaxCost with the invariant culture: 5.00, and never 5,00, which would be taken for 500.
    /// </summary>
    /// <exception cref="TtsException">InvalidRequest.MaxCost, which ends the pipeline.</exception>
    public static decimal? ReadMaxCost(string? cell)
    {
        Findings findings = new();
        decimal? most = CellParser.ReadDecimal("MaxCost", cell, findings);
        if (findings.Problems.Count > 0)
            throw Errors.BadMaxCost($"{findings.Problems[0].Message} It is an amount in USD, such as 5.00.");
        return most is null && cell is not null
            ? throw Errors.BadMaxCost(
                "MaxCost is blank. It is an amount in USD, such as 5.00; leave it out for no limit.")
            : most < 0 ? throw Errors.BadMaxCost($"MaxCost {cell} is below 0. It is an amount in USD, such as 5.00.")
            : most;
    }
}
