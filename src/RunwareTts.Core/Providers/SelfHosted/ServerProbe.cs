using System.Text.Json;
using RunwareTts.Catalog;
using RunwareTts.Providers.Http;

namespace RunwareTts.Providers.SelfHosted;

/// <summary>Finds out what a server is and which model it serves. Nothing is generated.</summary>
internal sealed class ServerProbe(ServerClient client)
{
    /// <exception cref="TtsException">
    /// ServiceUnreachable; InvalidRequest.Model for a server of another model; or it refuses the key.
    /// </exception>
    public async Task<ServerProfile> AskAsync(SpeechServer server, CancellationToken token)
    {
        try
        {
            ServerProfile profile = await FindAsync(server, token).ConfigureAwait(false);
            server.Answered(profile);
            return profile;
        }
        catch (TtsException e)
        {
            server.Failed(e.Message);
            throw;
        }
    }

    private async Task<ServerProfile> FindAsync(SpeechServer server, CancellationToken token)
    {
        (int status, JsonElement? models) = await AskAsync(server, "v1/models", token).ConfigureAwait(false);
        ServedModel[] served = status == 200 ? [.. ModelsOf(models)] : [];
        string? name = NameOf(server.Model, served);
        ServerKind kind = server.GivenKind ?? KindOf(served)
            ?? await KindByVoicesAsync(server, token).ConfigureAwait(false);
        if (kind == ServerKind.SglangOmni)
            await AskAsync(server, "health", token).ConfigureAwait(false);
        if (name is null && served.Length > 0 && served.All(s => ModelNamedIn(s.Name) is not null))
            throw Errors.ServesOther(
                server.Name, string.Join(" and ", served.Select(s => s.Name)), server.Model.Name);
        return new ServerProfile(kind, name);
    }

    // A server that is starting, or a gateway without it, says nothing of what it is.
    private async Task<(int Status, JsonElement? Json)> AskAsync(
        SpeechServer server, string path, CancellationToken token)
    {
        (int status, JsonElement? json) = await client.AskAsync(server, path, token).ConfigureAwait(false);
        return status is >= 300 and < 400 or 408 or 429 or >= 500 ? throw Errors.ServerNotReached(
            server.Name, FormattableString.Invariant($"GET /{path} answers HTTP {status}"), null) : (status, json);
    }

    private static IEnumerable<ServedModel> ModelsOf(JsonElement? models) =>
        models?.Get("data") is { ValueKind: JsonValueKind.Array } list
            ? list.EnumerateArray()
                .Select(model => new ServedModel(model.GetText("id") ?? "", model.GetText("owned_by") ?? ""))
                .Where(model => model.Name.Length > 0)
            : [];

    private static string? NameOf(TtsModel model, ServedModel[] served) =>
        served.FirstOrDefault(s => ModelNamedIn(s.Name) == model)?.Name
        ?? (served.Length == 1 && ModelNamedIn(served[0].Name) is null ? served[0].Name : null);

    // Qwen/Qwen3-TTS-12Hz-1.7B-CustomVoice, qwen3-tts-voice-design
    private static TtsModel? ModelNamedIn(string name)
    {
        string letters = string.Concat(name.Where(char.IsLetter));
        return SpeechCatalog.Models.FirstOrDefault(
            model => letters.EndsWith(model.Name, StringComparison.OrdinalIgnoreCase));
    }

    private static ServerKind? KindOf(ServedModel[] served) =>
        served.Any(s => Says(s, "sglang")) ? ServerKind.SglangOmni
        : served.Any(s => Says(s, "vllm")) ? ServerKind.VllmOmni
        : null;

    private static bool Says(ServedModel served, string word) =>
        served.Owner.Contains(word, StringComparison.OrdinalIgnoreCase);

    // Behind a gateway the owner may be another one.
    private async Task<ServerKind> KindByVoicesAsync(SpeechServer server, CancellationToken token)
    {
        (int status, JsonElement? voices) =
            await AskAsync(server, "v1/audio/voices", token).ConfigureAwait(false);
        return status != 200 || voices?.Get("uploaded_voices") is null ? ServerKind.OpenAI
            : voices.Value.Get("cache_stats") is not null ? ServerKind.SglangOmni
            : ServerKind.VllmOmni;
    }

    private sealed record ServedModel(string Name, string Owner);
}
