using System.Text.Json;

namespace RunwareTts.Emulator;

/// <summary>A task of a model that has no rules here: its common fields are read, the rest is let in.</summary>
internal static class OtherModel
{
    public static bool Is(JsonElement task) =>
        task.TryGetProperty("model", out var model)
        && model.ValueKind == JsonValueKind.String
        && !PageRules.Models.Contains(model.GetString());

    /// <summary>Null when there are problems.</summary>
    public static AudioOrder? Read(JsonElement task, List<ApiError> problems)
    {
        var fields = new Fields(task, "", problems);
        var uuid = fields.Uuid("taskUUID");
        var model = fields.Text("model", required: true);
        var outputType = fields.OneOf("outputType", PageRules.OutputTypes, "URL");
        var format = fields.OneOf("outputFormat", PageRules.Formats, "MP3");
        var delivery = fields.OneOf("deliveryMethod", PageRules.DeliveryMethods, "sync");
        var webhook = fields.Link("webhookURL");
        var upload = fields.Link("uploadEndpoint");
        var includeCost = fields.Boolean("includeCost") ?? false;
        var results = fields.Integer("numberResults", 1) ?? 1;
        var speech = fields.Inner("speech", required: true);
        var text = speech?.Text("text", required: true);
        var voice = speech?.Text("voice") ?? PageRules.AutoVoice;
        if (problems.Count > 0) return null;

        // The language and the speed may be in words of that model: the voice here does not follow them.
        const double Speed = 1;
        var (language, tokens) = (PageRules.Languages[0], PageRules.MaxNewTokensDefault);
        var order = new SpeakOrder(text!, model!, voice, null, language, Speed, format!, null, null, null, tokens, 0);
        return new AudioOrder(uuid!, order, outputType!, delivery == "async", webhook, upload, includeCost, results);
    }
}
