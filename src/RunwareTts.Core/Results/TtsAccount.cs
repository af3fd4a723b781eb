namespace RunwareTts;

/// <summary>The account that the key belongs to.</summary>
public sealed record TtsAccount : TtsResult
{
    public string? OrganizationName { get; init; }
    public string? OrganizationUUID { get; init; }

    /// <summary>What is left to spend, in Currency.</summary>
    public decimal? Balance { get; init; }

    /// <summary>The part of it that was given.</summary>
    public decimal? FreeBalance { get; init; }

    /// <summary>As the service says; USD where it does not.</summary>
    public string Currency { get; init; } = "USD";

    public TtsUsage? Today { get; init; }
    public TtsUsage? Last7Days { get; init; }
    public TtsUsage? Last30Days { get; init; }
    public TtsUsage? Total { get; init; }
}

/// <summary>What was used in a time.</summary>
public sealed record TtsUsage(decimal? Credits, decimal? Requests)
{
    public override string ToString() => FormattableString.Invariant($"{Credits} in {Requests} requests");
}
