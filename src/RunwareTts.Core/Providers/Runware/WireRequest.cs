using System.Text.Json.Nodes;
using RunwareTts.Requests;

namespace RunwareTts.Providers.Runware;

/// <summary>
/// Requests as task objects. What was not given is not sent, so that the service's own defaults apply.
/// </summary>
internal static class WireRequest
{
    private const string MediaStorage = "mediaStorage";

    /// <param name="task">The id of the task.</param>
    /// <param name="request">The request.</param>
    /// <param name="wait">The answer should hold the results.</param>
    /// <param name="audio">The clip as it is sent: a URL, a UUID or base64; null for none.</param>
    public static JsonObject Inference(Guid task, SpeechRequest request, bool wait, string? audio)
    {
        JsonObject fields = Fields(task, request, wait, audio);
        if (request.Option is { } option)
            Merge(option.ToJson(), fields);
        return fields;
    }

    private static JsonObject Fields(Guid task, SpeechRequest request, bool wait, string? audio) => Given(
        new JsonObject
    {
        ["taskType"] = "audioInference",
        ["taskUUID"] = task,
        ["model"] = request.Model,
        ["positivePrompt"] = request.IsClone ? null : request.VoiceDescription ?? request.Style,
        ["inputs"] = Given(new JsonObject { ["audio"] = audio }),
        ["speech"] = Given(new JsonObject
        {
            ["text"] = request.Text,
            ["voice"] = request.WireVoice.Length == 0 ? null : request.WireVoice,
            ["language"] = request.Language,
            ["speed"] = request.Speed,
        }),
        ["outputFormat"] = request.OutputFormat,
        ["outputType"] = request.OutputType,
        ["audioSettings"] = Given(new JsonObject
        {
            ["bitrate"] = request.Bitrate,
            ["sampleRate"] = request.SampleRate,
            ["channels"] = request.Channels,
        }),
        ["settings"] = Given(new JsonObject
        {
            ["transcript"] = request.Transcript,
            ["xVectorOnly"] = request.IsClone && request.Transcript is null ? true : null,
            ["maxNewTokens"] = request.MaxNewTokens,
        }),
        ["numberResults"] = request.NumberResults > 1 ? request.NumberResults : null,
        ["ttl"] = request.Ttl,
        ["webhookURL"] = request.WebhookUrl?.OriginalString,
        ["uploadEndpoint"] = request.UploadEndpoint?.OriginalString,
        ["deliveryMethod"] = wait ? "sync" : "async",
        ["includeCost"] = true,
    })!;

    public static JsonObject Response(Guid task) => Task("getResponse", task);

    public static JsonObject Details(Guid task) => Task("getTaskDetails", task);

    public static JsonObject StoreMedia(Guid task, string base64)
    {
        JsonObject store = Task(MediaStorage, task);
        store["operation"] = "upload";
        store["media"] = base64;
        return store;
    }

    public static JsonObject DeleteMedia(Guid task, string media)
    {
        JsonObject delete = Task(MediaStorage, task);
        delete["operation"] = "delete";
        delete["mediaUUID"] = media;
        return delete;
    }

    public static JsonObject Ping()
    {
        JsonObject ping = Task("ping", Guid.NewGuid());
        ping["ping"] = true;
        return ping;
    }

    public static JsonObject Account()
    {
        JsonObject account = Task("accountManagement", Guid.NewGuid());
        account["operation"] = "getDetails";
        return account;
    }

    private static JsonObject Task(string type, Guid task) => new() { ["taskType"] = type, ["taskUUID"] = task };

    private static void Merge(JsonObject option, JsonObject fields)
    {
        foreach (string name in option.Select(field => field.Key).ToArray())
        {
            JsonNode? value = option[name];
            option.Remove(name);
            if (value is JsonObject table && fields[name] is JsonObject known)
                Merge(table, known);
            else
                fields[name] = value;
        }
    }

    private static JsonObject? Given(JsonObject fields)
    {
        foreach (string name in fields.Where(field => field.Value is null).Select(field => field.Key).ToArray())
            fields.Remove(name);
        return fields.Count == 0 ? null : fields;
    }
}
