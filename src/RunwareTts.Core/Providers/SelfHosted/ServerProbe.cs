using System.Text.Json;
using System.Text.RegularExpressions;
using RunwareTts.Catalog;
using RunwareTts.Providers.Http;

namespace RunwareTts.Providers.SelfHosted;

/// <summary>Finds out what a server is and which model it serves. Nothing is generated.</summary>
internal sealed class ServerProbe(ServerClient client)
{
    private static readonly Regex Word = new("[A-Za-z]+", RegexOptions.CultureInvariant);

    /// <exception cref="TtsException">
    /// ServiceUnreachable; InvalidRequest.Model for a server of another model; or it refuses the key.
    /// </exception>
    public async Task<ServerProfile> IdentifyAsync(SpeechServer server, CancellationToken token)
    {
        try
        {
            ServerProfile profile = await FindAsync(server, token).ConfigureAwait(false);
            server.SetProfile(profile);
            return profile;
        }
        catch (TtsException e)
        {
            server.SetProblem(e.Message, isDown: true);
            throw;
        }
    }

    private async Task<ServerProfile> FindAsync(SpeechServer server, CancellationToken token)
    {
        ServerPage models = await QueryAsync(server, "v1/models", token).ConfigureAwait(false);
        ListedModel[] served = models.Status == 200 ? [.. ModelsOf(models.Json)] : [];
        string? name = NameOf(server.Model, served);
        ServerKind kind = server.GivenKind ?? KindOf(served)
            ?? await KindByVoicesAsync(server, token).ConfigureAwait(false);
        if (kind == ServerKind.SglangOmni)
            await QueryAsync(server, "health", token).ConfigureAwait(false);
        if (name is null && served.Length > 0 && served.All(s => ModelNamedIn(s.Name) is not null))
            throw Errors.ServesOther(
                server.Name, string.Join(" and ", served.Select(s => s.Name)), server.Model.Name);
        return new ServerProfile(kind, name);
    }

    // A server that is starting, or a gateway whose server is down, does not say what it is.
    private async Task<ServerPage> QueryAsync(SpeechServer server, string path, CancellationToken token)
    {
        ServerPage page = await client.QueryAsync(server, path, token).ConfigureAwait(false);
        string answer = FormattableString.Invariant($"GET /{path} answers HTTP {page.Status}");
        return page.Location is { } elsewhere
            ? throw Errors.ServerNotReached(server.Name, Errors.PointsElsewhere(answer, elsewhere), null)
            : page.Status is 408 or 429 or >= 500 ? throw Errors.ServerNotReached(server.Name, answer, null)
            : page;
    }

    private static IEnumerable<ListedModel> ModelsOf(JsonElement? models) =>
        models?.Get("data") is { ValueKind: JsonValueKind.Array } list
            ? list.EnumerateArray()
                .Select(model => new ListedModel(model.GetText("id") ?? "", model.GetText("owned_by") ?? ""))
                .Where(model => model.Name.Length > 0)
            : [];

    private static string? NameOf(TtsModel model, ListedModel[] served) =>
        served.FirstOrDefault(s => ModelNamedIn(s.Name) == model)?.Name
        ?? (served.Length == 1 && ModelNamedIn(served[0].Name) is null ? served[0].Name : null);

    // Qwen/Qwen3-TTS-12Hz-1.7B-CustomVoice, qwen3-tts-voice-design, Qwen3-TTS-Base-8bit
    private static TtsModel? ModelNamedIn(string name)
    {
        string[] words = [.. Word.Matches(name).Cast<Match>().Select(word => word.Value)];
        string[] pairs = [.. words.Zip(words.Skip(1), (first, second) => first + second)];
        return SpeechCatalog.Models.FirstOrDefault(
            model => words.Concat(pairs).Contains(model.Name, StringComparer.OrdinalIgnoreCase));
    }

    private static ServerKind? KindOf(ListedModel[] served) =>
        served.Any(s => Says(s, "sglang")) ? ServerKind.SglangOmni
        : served.Any(s => Says(s, "vllm")) ? ServerKind.VllmOmni
        : null;

    private static bool Says(ListedModel served, string word) =>
        served.Owner.Contains(word, StringComparison.OrdinalIgnoreCase);

    // A gateway may name another owner.
    private async Task<ServerKind> KindByVoicesAsync(SpeechServer server, CancellationToken token)
    {
        ServerPage voices = await QueryAsync(server, "v1/audio/voices", token).ConfigureAwait(false);
        if (voices is { Status: 200, Json: { } json } && json.Get("uploaded_voices") is not null)
            return json.Get("cache_stats") is not null ? ServerKind.SglangOmni : ServerKind.VllmOmni;
        // A request without a text generates nothing: a speech server refuses it, and any other has no such path.
        return await client.QueryAsync(server, ServerClient.SpeechPath, token, isPost: true).ConfigureAwait(false)
            is { Status: 404 or 405 } or { Status: 200, IsWeb: true }
            ? throw Errors.NoSpeechServer(server.Name) : ServerKind.OpenAI;
    }

    private sealed record ListedModel(string Name, string Owner);
}
