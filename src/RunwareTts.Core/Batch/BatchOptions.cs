using RunwareTts.Catalog;
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

    /// <summary>Generates again what the ledger knows, and equal rows separately.</summary>
    public bool Regenerate { get; init; }

    /// <summary>A text that is too long for one task is generated in parts, which are joined.</summary>
    public bool Split { get; init; }

    /// <summary>Rows with one voice description are spoken by one voice, which is cast once and kept.</summary>
    public bool KeepVoice { get; init; }

    /// <summary>srt or vtt, in any case, for the subtitles of a joined file; null for none.</summary>
    public string? Subtitle
    {
        get;
        init => field = value?.ToLowerInvariant();
    }

    /// <summary>A joined file gets a chapter for each heading of its text.</summary>
    public bool Chapters { get; init; }

    /// <summary>How often a row whose audio has a doubtful length is generated again.</summary>
    public int RetrySuspect { get; init; }

    /// <summary>-Verbose messages are shown.</summary>
    public bool IsVerbose { get; init; } = true;

    /// <summary>
    /// The wait before the first poll of a task, until earlier tasks show how long it takes. Null: the documented time,
    /// for models that have one.
    /// </summary>
    public TimeSpan? FirstPoll { get; init; }

    /// <summary>How long tasks take, if that is known better than the catalogue knows it; null for no.</summary>
    public TaskTime? TaskTime { get; init; }

    /// <summary>How many tasks a row may have in all, if they fail at the service.</summary>
    public int MaxTasks { get; init; } = 3;

    /// <summary>The wait before a second try; it doubles from there.</summary>
    public TimeSpan FirstRetry { get; init; } = TimeSpan.FromSeconds(0.5);

    /// <summary>How long the service may know nothing of a task before it is given up.</summary>
    public TimeSpan UnknownAfter { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>What the connection knows of the voice auto; null for nothing yet.</summary>
    public AutoRefusal? Auto { get; init; }

    /// <summary>The URL that the tasks are sent to, without a slash at its end: with one it is the same.</summary>
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
        decimal? max = CellParser.ReadDecimal("MaxCost", cell, findings);
        if (findings.Problems.Count > 0)
            throw Errors.BadMaxCost($"{findings.Problems[0].Message} It is an amount in USD, such as 5.00.");
        return max is null && cell is not null
            ? throw Errors.BadMaxCost(
                "MaxCost is blank. It is an amount in USD, such as 5.00; leave it out for no limit.")
            : max < 0 ? throw Errors.BadMaxCost($"MaxCost {cell} is below 0. It is an amount in USD, such as 5.00.")
            : max;
    }
}
