using RunwareTts.Providers;

namespace RunwareTts;

/// <summary>Where speech comes from. The key itself is never shown, only where it was found.</summary>
public sealed class TtsService
{
    internal TtsService(Connection connection)
    {
        Provider = connection.IsFailed ? "None" : connection.IsOffline ? "Offline" : "Runware";
        Endpoint = connection.Endpoint;
        KeySource = connection.KeySource;
        IsReady = connection.IsOffline || connection.Key is not null;
    }

    /// <summary>Runware, Offline, or None after a Connect-TtsService that failed.</summary>
    public string Provider { get; }

    public Uri? Endpoint { get; }

    /// <summary>Connection, Environment or None.</summary>
    public string KeySource { get; }

    /// <summary>There is a key, or none is needed.</summary>
    public bool IsReady { get; }
}
