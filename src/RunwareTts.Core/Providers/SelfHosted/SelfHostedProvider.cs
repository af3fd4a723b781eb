using System.Text.Json.Nodes;
using RunwareTts.Audio;
using RunwareTts.Catalog;
using RunwareTts.Requests;
using RunwareTts.Tools;

namespace RunwareTts.Providers.SelfHosted;

/// <summary>Generates speech on your own servers of the open weights.</summary>
public sealed class SelfHostedProvider : ISpeechProvider
{
    public const string ProviderName = TtsSpeech.SelfHosted;

    private readonly ServerFleet _fleet;
    private readonly ServerDispatch _dispatch;

    public SelfHostedProvider(ServerFleet fleet, Action<string>? trace = null)
        : this(fleet, new ServerBackoff(), trace)
    {
    }

    internal SelfHostedProvider(ServerFleet fleet, ServerBackoff backoff, Action<string>? trace = null)
    {
        _fleet = fleet;
        _dispatch = new ServerDispatch(fleet, backoff, new ServerClient(fleet.Key, trace));
    }

    public string Name => ProviderName;

    public bool ChargesNothing => true;

    public bool KeepsVoices => true;

    public bool UploadsResults => false;

    public string? Caution => null;

    public string? CautionFor(SpeechRequest request, CancellationToken token = default) =>
        SpeechLength.Foresee(request);

    public TtsException? FindUnsupported(SpeechRequest request, bool wait)
    {
        (string Parameter, string Why)? refused =
            ImmediateResults.FindUnsupported(request, wait) is { } unsupported ? unsupported
            : SpeechCatalog.FindModel(request.Model) is null
                ? ("Model", $"'{request.Model}' is not one of the open models. Leave it out.")
            : request.Clip is { } clip && ServerClip.IsStored(clip)
                ? ("ReferenceAudio", "the UUID of stored media means nothing to a server of your own. Give the file "
                    + "or URL of the clip.")
            : request.Option is { } option && OwnedServerFields.Find(option) is var (field, instead)
                ? ("Option", $"the field {field} has a parameter of its own: {instead}.")
            : null;
        return refused is var (parameter, why) ? Errors.NotSupported(parameter, Name, why)
            : _fleet.ServersOf(request.Model).Count == 0 ? Errors.NoServer(SpeechCatalog.FindModel(request.Model)!.Name)
            : FindMissingEncoder(request);
    }

    public void EnsureReady()
    {
    }

    public async Task<TaskAnswer> SubmitAsync(Guid task, SpeechRequest request, bool wait, CancellationToken token)
    {
        if (_fleet.ServersOf(request.Model).Count == 0)
            throw Errors.NoServer(SpeechCatalog.FindModel(request.Model)?.Name ?? request.Model);
        string? clip = request.Clip is null ? null
            : await ServerClip.AddressOfAsync(request.Clip).ConfigureAwait(false);
        int count = request.NumberResults;
        long? seed = count > 1 ? SeedOf(task, request.Option) : null;
        SpokenResult[] spoken = await Task.WhenAll(Enumerable.Range(0, count).Select(n =>
            _dispatch.SpeakAsync(task, new ServerRequest(request, clip, seed + n), token))).ConfigureAwait(false);
        return new TaskAnswer
        {
            Results = [.. spoken.Select(result => result.Speech).OfType<SpeechResult>()],
            Errors = [.. spoken.Select(result => result.Error).OfType<TtsException>()],
            GeneratedBy = string.Join(", ", spoken.Select(result => result.Server).OfType<string>().Distinct()),
            Warnings = [.. spoken.SelectMany(result => result.Warnings)],
        };
    }

    public Task<IReadOnlyDictionary<Guid, TaskAnswer>> PollAsync(
        IReadOnlyCollection<Guid> tasks, CancellationToken token) =>
        throw Errors.NotSupported("TaskUUID", Name, "a server keeps no tasks to wait for. Run the rows again, or "
            + "connect to the service that has the task.");

    public Task<TaskAnswer?> RecallAsync(Guid task, CancellationToken token) => Task.FromResult<TaskAnswer?>(null);

    public Task<decimal?> PriceAsync(SpeechRequest request, CancellationToken token) =>
        throw Errors.NotSupported("Remote", Name, "your own servers have no prices. Leave -Remote out.");

    public Task FetchAsync(SpeechResult result, Stream destination, CancellationToken token) =>
        destination.WriteAsync(result.Data!, 0, result.Data!.Length, token);

    private static TtsException? FindMissingEncoder(SpeechRequest request) =>
        ServerAudio.NeedsEncoding(request) ? Ffmpeg.FindMissingEncoder(request.OutputFormat) : null;

    // Null if there is one that cannot be counted up: it is sent as it is, for the server to refuse it.
    private static long? SeedOf(Guid task, RequestOption? option)
    {
        if (option?.ToJson()["seed"] is not { } given)
            return BitConverter.ToInt32(task.ToByteArray(), 0) & 0x3FFFFFFF;
        return given is JsonValue value && value.TryGetValue(out long seed)
            && seed <= long.MaxValue - SpeechCatalog.MaxResults ? seed : null;
    }
}
