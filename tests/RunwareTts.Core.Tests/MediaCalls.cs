using System.Text.Json.Nodes;

namespace RunwareTts.Tests;

/// <summary>Tasks of Base and of stored media, as they travel.</summary>
internal static class MediaCalls
{
    public static JsonObject Clone(string clip, string text = "Hello", string delivery = "sync") => new()
    {
        ["taskType"] = "audioInference",
        ["taskUUID"] = PlainCaller.NewId(),
        ["model"] = "alibaba:qwen@3-tts-1.7b-base",
        ["inputs"] = new JsonObject { ["audio"] = clip },
        ["speech"] = new JsonObject { ["text"] = text, ["voice"] = "clone" },
        ["settings"] = new JsonObject { ["transcript"] = "What the clip says." },
        ["deliveryMethod"] = delivery,
        ["includeCost"] = true,
    };

    public static JsonObject Upload(string media, string? uuid = null) => new()
    {
        ["taskType"] = "mediaStorage",
        ["taskUUID"] = uuid ?? PlainCaller.NewId(),
        ["operation"] = "upload",
        ["media"] = media,
    };

    public static JsonObject Delete(string mediaUuid) => new()
    {
        ["taskType"] = "mediaStorage",
        ["taskUUID"] = PlainCaller.NewId(),
        ["operation"] = "delete",
        ["mediaUUID"] = mediaUuid,
    };

    /// <summary>The item that answers it.</summary>
    public static async Task<JsonNode> UploadAsync(PlainCaller caller, string media) =>
        Assert.Single((await caller.SendAsync(Upload(media))).Body["data"]!.AsArray())!;

    /// <summary>Sets a field by its dotted name; without a value it is taken out.</summary>
    public static void Set(JsonObject task, string field, JsonNode? value)
    {
        var names = field.Split('.');
        var parent = names is [var outer, _] ? (task[outer] ??= new JsonObject()).AsObject() : task;
        if (value is null) parent.Remove(names[^1]);
        else parent[names[^1]] = value;
    }
}
