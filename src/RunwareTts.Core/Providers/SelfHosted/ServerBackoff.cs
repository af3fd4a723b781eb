namespace RunwareTts.Providers.SelfHosted;

/// <summary>How long servers that fail are left out.</summary>
internal sealed record ServerBackoff
{
    /// <summary>After the first failure. It doubles with each further one.</summary>
    public TimeSpan FirstOut { get; init; } = TimeSpan.FromSeconds(15);

    public TimeSpan MaxOut { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long rows wait while all servers of their model are out.</summary>
    public TimeSpan AllOut { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>After a server had too much to do and did not say how long to wait. It doubles too.</summary>
    public TimeSpan FirstBusy { get; init; } = TimeSpan.FromSeconds(0.25);

    public TimeSpan MaxBusy { get; init; } = TimeSpan.FromSeconds(8);
}
