namespace RunwareTts;

/// <summary>The account that the key belongs to.</summary>
public sealed record TtsAccount : TtsResult
{
    public string? OrganizationName { get; init; }
    public string? OrganizationUUID { get; init; }

    /// <summary>The amount that is left, in Currency.</summary>
    public decimal? Balance { get; init; }

    /// <summary>The free part of it.</summary>
    public decimal? FreeBalance { get; init; }

    /// <summary>The currency that the service names, else USD.</summary>
    public string Currency { get; init; } = "USD";

    public TtsUsage? Today { get; init; }
    public TtsUsage? Last7Days { get; init; }
    public TtsUsage? Last30Days { get; init; }
    public TtsUsage? Total { get; init; }
}

/// <summary>The usage of a period.</summary>
public sealed record TtsUsage(decimal? Credits, decimal? Requests)
{
    public override string ToString() => FormattableString.Invariant($"{Credits} in {Requests} requests");
}
