namespace RunwareTts.Tests.Batch;

/// <summary>What must come of a task whose answer has a shape.</summary>
/// <param name="Results">How many results a row gives.</param>
/// <param name="Code">The code of its one error; null for none.</param>
internal sealed record Expected(int Results, string? Code = null)
{
    /// <summary>How many results are asked for.</summary>
    public int Asked { get; init; } = 2;

    /// <summary>The answer tells all: nothing else is asked, and it may come in this shape for ever.</summary>
    public bool IsWhole { get; init; } = true;

    /// <summary>The submission is sent again, because nobody can know from this answer that it arrived.</summary>
    public bool IsSentAgain { get; init; }

    public string Parameters { get; init; } = "";

    public string Allowed { get; init; } = "";
}

/// <summary>By the emulator's names. A shape that is missing here fails its tests.</summary>
internal static class ShapeExpectations
{
    private static readonly Expected Good = new(2);
    private static readonly Expected Later = Good with { IsWhole = false };
    private static readonly Expected Lost = Later with { IsSentAgain = true };
    private static readonly Expected Failed = new(0, "inferenceError") { Asked = 1 };
    private static readonly Expected Partly = new(2, "inferenceError") { Asked = 3 };

    public static readonly IReadOnlyDictionary<string, Expected> ByName = new Dictionary<string, Expected>
    {
        ["bare-array"] = Good,
        ["data-object"] = new(1) { Asked = 1 },
        ["errors-empty"] = Good,
        ["errors-null"] = Good,
        ["extra-fields"] = Good,
        ["seed-and-status"] = Good,
        ["single-ack"] = Later,
        ["pending"] = Later,
        ["progress"] = Later,
        ["queued"] = Lost,
        ["some-processing"] = Later,
        ["some-left-out"] = Later,
        ["strangers"] = Good,
        ["shuffled"] = Good,
        ["upper-case-ids"] = Good,
        ["gzip"] = Good,
        ["cut"] = Lost,
        ["half"] = Lost,
        ["html"] = Lost,

        ["errors-200"] = Failed,
        ["errors-400"] = Failed,
        ["errors-nameless"] = Failed,
        ["errors-context"] = Failed,
        ["error-object"] = Failed,
        ["error-array"] = Failed,
        ["bare-error"] = Failed,
        ["bare-errors"] = Failed,
        ["bare-errors-nameless"] = Failed,
        ["item-error"] = Failed,
        ["item-flat"] = Failed,
        ["legacy"] = Failed with { Code = "19" },
        ["no-code"] = Failed with { Code = "unknown" },
        ["parameter-string"] = Failed with { Parameters = "speech.text" },
        ["parameter-array"] = Failed with { Parameters = "ttl, outputType" },
        ["allowed-array"] = Failed with { Allowed = "URL, 8" },
        ["allowed-object"] = Failed with { Allowed = "MP3: [8,64]" },
        ["range"] = Failed,
        ["partial"] = Partly,
        ["partial-nameless"] = Partly,
        ["partial-item"] = Partly,
    };
}
