namespace RunwareTts.Webhooks;

/// <summary>
/// How a receiver listens. The limits are far above what the service sends, and low enough that no sender can fill this
/// machine.
/// </summary>
public sealed record WebhookOptions
{
    /// <summary>Where it listens: http(s)://host:port/ with a slash at its end.</summary>
    public required string Prefix { get; init; }

    /// <summary>The secret that the URL must have as ?token=….</summary>
    public required string Token { get; init; }

    /// <summary>Results after which it ends, failed ones included; null for no end.</summary>
    public int? Count { get; init; }

    /// <summary>After which it ends; null for never.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Bytes of one body: audio may come as base64.</summary>
    public int MaxBody { get; init; } = 32 * 1024 * 1024;

    /// <summary>Bytes of all bodies that are being read or wait for the pipeline.</summary>
    public long MaxHeld { get; init; } = 256 * 1024 * 1024;

    /// <summary>Results that are remembered, so that a repeat is recognized.</summary>
    public int MaxRemembered { get; init; } = 10_000;

    /// <summary>For one body to arrive.</summary>
    public TimeSpan BodyTime { get; init; } = TimeSpan.FromSeconds(10);

    // A record's own text would hold the token.
    public override string ToString() => $"{nameof(WebhookOptions)} {{ Prefix = {Prefix} }}";
}
