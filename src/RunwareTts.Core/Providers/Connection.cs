using RunwareTts.Providers.Http;
using RunwareTts.Providers.Offline;
using RunwareTts.Providers.Runware;
using RunwareTts.Providers.SelfHosted;
using RunwareTts.Requests;

namespace RunwareTts.Providers;

/// <summary>Where speech comes from: the service with a key, servers of your own, or this machine.</summary>
public sealed class Connection
{
    private Connection(Uri? endpoint, ApiKey? key, string keySource) =>
        (Endpoint, Key, KeySource) = (endpoint, key, keySource);

    public static Connection Offline { get; } = new(null, null, "None") { IsOffline = true };

    /// <summary>
    /// What a Connect-TtsService that failed leaves: no other account is used until the next one succeeds.
    /// </summary>
    public static Connection Failed { get; } = new(null, null, "None") { IsFailed = true };

    public bool IsOffline { get; private init; }

    /// <summary>The servers of -SelfHosted; null for any other connection.</summary>
    internal ServerFleet? Fleet { get; private init; }

    /// <summary>It needs no key of the service, and charges nothing.</summary>
    public bool IsFree => IsOffline || Fleet is not null;

    internal bool IsFailed { get; private init; }

    public Uri? Endpoint { get; }

    /// <summary>Parameter, Connection, Environment or None.</summary>
    public string KeySource { get; }

    internal ApiKey? Key { get; }

    /// <summary>Whether its service refuses the voice auto; shared by all commands of a session.</summary>
    public AutoRefusal Auto { get; private init; } = new();

    // The endpoint that the session's key belongs to, where it is not this one.
    private string? KeyElsewhere { get; init; }

    /// <param name="fleet">The servers.</param>
    public static Connection To(ServerFleet fleet) => new(null, null, fleet.Key is null ? "None" : "Connection")
    {
        Fleet = fleet,
        Auto = AutoRefusal.ByDesign(),
    };

    /// <summary>
    /// The connection that a command uses: by its own parameters, else the session's, else the environment's.
    /// The session's key is sent to the session's endpoint only.
    /// </summary>
    /// <exception cref="TtsException">InvalidRequest.Endpoint.</exception>
    public static Connection Resolve(
        ApiKey? key, string? endpoint, Connection? session, Func<string, string?> environment)
    {
        if (session is { IsFree: true } && key is null && endpoint is null)
            return session;

        if (session is { IsFailed: true } && key is null)
            throw Errors.NotConnected();

        Uri uri = endpoint is not null ? ServiceEndpoint.Parse(endpoint) : EndpointOf(session, environment);

        if (key is not null)
            return new Connection(uri, key, "Parameter");
        if (session?.Key is not null && session.Endpoint == uri)
            return new Connection(uri, session.Key, "Connection") { Auto = session.Auto };
        if (session?.Key is null && ApiKey.From(environment("RUNWARE_API_KEY")) is { } found)
            return new Connection(uri, found, "Environment");
        return new Connection(uri, null, "None") { KeyElsewhere = session?.Endpoint?.ToString() };
    }

    /// <summary>Where the service is, for a command without -Endpoint. It needs no key.</summary>
    /// <exception cref="TtsException">InvalidRequest.Endpoint.</exception>
    public static Uri EndpointOf(Connection? session, Func<string, string?> environment) =>
        session?.Endpoint ?? (environment("RUNWARE_API_URL") is { Length: > 0 } url ? ServiceEndpoint.Parse(url)
            : ServiceEndpoint.Default);

    public TtsService Describe() => new()
    {
        Provider = IsFailed ? "None" : IsOffline ? TtsSpeech.Offline
            : Fleet is not null ? TtsSpeech.SelfHosted : "Runware",
        Endpoint = Endpoint,
        KeySource = KeySource,
        IsReady = IsFree || Key is not null,
        Servers = Fleet?.Servers.Select(server => server.Describe()).ToArray(),
    };

    /// <param name="trace">Gets the JSON that is sent and comes back, without secrets.</param>
    public ISpeechProvider CreateProvider(Action<string>? trace = null) =>
        IsOffline ? new OfflineProvider()
        : Fleet is not null ? new SelfHostedProvider(Fleet, trace)
        : new RunwareProvider(Client(trace));

    /// <summary>
    /// Checks the connection: the service accepts the key, a server answers, or the offline voice is installed.
    /// </summary>
    public Task ProveAsync(Action<string>? trace, CancellationToken token) =>
        IsOffline ? OfflineProvider.ProveAsync(token)
        : Fleet is not null ? Fleet.ProveAsync(trace, token)
        : Client(trace).PingAsync(token);

    /// <exception cref="TtsException">ApiKeyMissing, NotSupported.Account.</exception>
    public Task<TtsAccount> AccountAsync(Action<string>? trace, CancellationToken token) => IsFree
        ? throw Errors.NotSupported("Account", Describe().Provider,
            "it needs none. Run Disconnect-TtsService, or give -ApiKey.")
        : new RunwareProvider(Client(trace)).AccountAsync(token);

    private RunwareClient Client(Action<string>? trace) => new(Endpoint!, Key, KeyElsewhere, trace);
}
