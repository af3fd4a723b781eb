using System.Text.Json.Nodes;
using RunwareTts.Catalog;
using RunwareTts.Requests;

namespace RunwareTts.Providers.SelfHosted;

/// <summary>
/// A request as each kind of server wants it. Sources: the speech API pages of vLLM-Omni and SGLang-Omni.
/// </summary>
/// <param name="request">The request.</param>
/// <param name="clip">The clip to clone: a URL or a data URI; null for none.</param>
/// <param name="seed">The seed; null to leave it to the server.</param>
internal sealed class ServerRequest(SpeechRequest request, string? clip, long? seed)
{
    // SGLang-Omni demands a voice even where the model has none.
    private const string NoVoice = "default";

    private const string Seed = "seed";

    /// <summary>The most tokens that the speech may have.</summary>
    public int TokenCap => request.MaxNewTokens ?? SpeechCatalog.Limits.DefaultMaxNewTokens;

    public SpeechRequest Request => request;

    /// <param name="server">What the server understands.</param>
    /// <param name="format">The format to ask for, such as wav.</param>
    public JsonObject ToJson(ServerProfile server, string format)
    {
        JsonObject body = new()
        {
            ["model"] = server.ServedModel,
            ["input"] = request.Text,
            ["response_format"] = format,
            ["speed"] = request.Speed,
            ["language"] = request.Language,
        };
        string? instructions = request.IsClone ? request.Style : request.VoiceDescription ?? request.Style;
        if (server.Kind == ServerKind.OpenAI)
            AddOpenAI(body, instructions);
        else
            AddOmni(body, instructions, server.Kind);
        foreach (string name in body.Where(field => field.Value is null).Select(field => field.Key).ToArray())
            body.Remove(name);
        if (request.Option is { } option)
            AddOption(body, option.ToJson());
        return body;
    }

    private void AddOmni(JsonObject body, string? instructions, ServerKind kind)
    {
        TtsModel model = SpeechCatalog.FindModel(request.Model)!;
        body["task_type"] = model.Name;
        // vLLM-Omni crashes on a voice next to a clip.
        body["voice"] = model == SpeechCatalog.CustomVoice ? request.Voice
            : kind == ServerKind.SglangOmni ? NoVoice : null;
        body["instructions"] = instructions;
        // Without a cap of its own a request gets one that is too low for slow speech.
        body["max_new_tokens"] = TokenCap;
        body[Seed] = seed;
        body["ref_audio"] = clip;
        body["ref_text"] = clip is null ? null : request.Transcript;
        body["x_vector_only_mode"] = clip is not null && request.Transcript is null ? true : null;
    }

    // Such servers call the style by one of two names, and ignore the other one.
    private void AddOpenAI(JsonObject body, string? instructions)
    {
        body["voice"] = request.Model == SpeechCatalog.CustomVoice.ModelId ? request.Voice : null;
        body["instructions"] = instructions;
        body["instruct"] = instructions;
        body["max_new_tokens"] = request.MaxNewTokens;
    }

    private void AddOption(JsonObject body, JsonObject option)
    {
        foreach (string name in option.Select(field => field.Key).ToArray())
        {
            JsonNode? value = option[name];
            option.Remove(name);
            // Each of several results has a seed of its own.
            body[name] = name == Seed && seed is not null ? seed : value;
        }
    }
}
