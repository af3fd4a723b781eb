namespace RunwareTts;

/// <summary>The provider of speech. The key itself is never shown, only its source.</summary>
public sealed class TtsService
{
    /// <summary>Runware, SelfHosted, Offline, or None after a Connect-TtsService that failed.</summary>
    public required string Provider { get; init; }

    public Uri? Endpoint { get; init; }

    /// <summary>Connection, Environment or None.</summary>
    public required string KeySource { get; init; }

    /// <summary>There is a key, or the provider needs none.</summary>
    public bool IsReady { get; init; }

    /// <summary>The servers of -SelfHosted, as they answered last; null for any other provider.</summary>
    public IReadOnlyList<TtsServer>? Servers { get; init; }
}
