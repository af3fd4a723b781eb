namespace RunwareTts;

/// <summary>A problem of a row; ErrorId is the one that New-TtsSpeech would give.</summary>
public sealed record TtsProblem(string ErrorId, string Message) : TtsResult
{
    /// <summary>One line, without terminal control characters.</summary>
    public string Message { get; init; } = VisibleText.Of(Message);

    public override string ToString() => Message;
}

/// <summary>What New-TtsSpeech would do with a row.</summary>
public sealed record TtsValidation : TtsResult
{
    public string? Id { get; init; }
    public string? Model { get; init; }
    public string? Voice { get; init; }
    public bool IsValid => Problems.Count == 0;

    /// <summary>All of them.</summary>
    public IReadOnlyList<TtsProblem> Problems { get; init; } = [];

    /// <summary>Code points of the text, as the limit and the price count them.</summary>
    public int Characters { get; init; }

    /// <summary>USD for all its results; null for a row that is not valid, or a model without a known price.</summary>
    public decimal? EstimatedCost { get; init; }

    /// <summary>
    /// How the estimate is known: Catalogue, Charged where the service has charged more before, or Service where
    /// -Remote asked it.
    /// </summary>
    public string? PriceSource { get; init; }

    /// <summary>Of all its results, by the language's usual pace.</summary>
    public TimeSpan? EstimatedDuration { get; init; }

    /// <summary>Where its audio would go.</summary>
    public string? Path { get; init; }

    /// <summary>The row as it was given, with a presigned UploadEndpoint masked.</summary>
    public object? InputObject { get; init; }
}

/// <summary>One kind of problem in a batch: how many rows have it, and the message of the first of them.</summary>
public sealed record TtsProblemSummary(string ErrorId, int Rows, string Message)
{
    public override string ToString() => $"{ErrorId} ({Rows} {(Rows == 1 ? "row" : "rows")}): {Message}";
}

/// <summary>The sum over a batch.</summary>
public sealed record TtsValidationSummary(
    int Rows, int Valid, int Invalid, long Characters, decimal EstimatedCost, TimeSpan EstimatedDuration) : TtsResult
{
    public static readonly TtsValidationSummary None = new(0, 0, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Why rows are not valid: each error id once, in the order in which they were met.</summary>
    public IReadOnlyList<TtsProblemSummary> Problems { get; init; } = [];

    /// <summary>Rows that are not valid are counted and add nothing.</summary>
    public TtsValidationSummary Add(TtsValidation row) => new(
        Rows + 1,
        Valid + (row.IsValid ? 1 : 0),
        Invalid + (row.IsValid ? 0 : 1),
        Characters + (row.IsValid ? row.Characters : 0),
        EstimatedCost + (row.EstimatedCost ?? 0),
        EstimatedDuration + (row.EstimatedDuration ?? TimeSpan.Zero))
    {
        Problems = row.Problems.GroupBy(p => p.ErrorId).Aggregate(Problems, Count),
    };

    private static IReadOnlyList<TtsProblemSummary> Count(
        IReadOnlyList<TtsProblemSummary> known,
        IGrouping<string, TtsProblem> found) =>
        known.Any(k => k.ErrorId == found.Key)
            ? [.. known.Select(k => k.ErrorId == found.Key ? k with { Rows = k.Rows + 1 } : k)]
            : [.. known, new TtsProblemSummary(found.Key, 1, found.First().Message)];
}
