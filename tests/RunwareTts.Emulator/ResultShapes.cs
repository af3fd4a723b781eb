using System.Text.Json.Nodes;

namespace RunwareTts.Emulator;

/// <summary>Forms of an answer with results, or with results to come.</summary>
internal static class ResultShapes
{
    private static readonly string[] AudioFields = ["audioUUID", "audioURL", "audioBase64Data", "audioDataURI"];

    public static readonly AnswerShape[] Table =
    [
        new("bare-array", "the items alone, no data around them")
        {
            Dress = reply => reply.Errors.Count > 0 ? reply.ToJson() : Reply.Array(reply.Items),
        },
        new("data-object", "data is an object where there is one item")
        {
            Dress = With(body =>
            {
                if (body["data"] is JsonArray { Count: 1 } one) body["data"] = one[0]!.DeepClone();
            }),
        },
        new("errors-empty", "errors: [] with data") { Dress = With(body => body.TryAdd("errors", new JsonArray())) },
        new("errors-null", "errors: null with data") { Dress = With(body => body.TryAdd("errors", null)) },
        new("extra-fields", "unknown fields")
        {
            Dress = With(body =>
            {
                body["code"] = 200;
                body["message"] = "done";
                body["meta"] = new JsonObject { ["status"] = "error", ["items"] = new JsonArray(1, null, new JsonObject()) };
                Each(body, item =>
                {
                    item["error"] = null;
                    item["NSFWContent"] = false;
                    item["timings"] = new JsonObject { ["code"] = "queue", ["inference"] = 1.5 };
                });
            }),
        },
        new("seed-and-status", "every result has a seed and a status")
        {
            Dress = With(body => Each(body, item =>
            {
                if (!HasAudio(item)) return;
                item["seed"] = 4242424242;
                item["status"] = "success";
            })),
        },
        new("single-ack", "one item a task that only names it, whatever numberResults is") { Dress = Items(items => OneEach(items).Select(Named)) },
        new("pending", "status pending, as older pages had it") { Dress = Items(items => items.Select(item => UnderWay(item, "pending"))) },
        new("progress", "status processing, with a progress")
        {
            Dress = Items(items => items.Select(item =>
            {
                var busy = UnderWay(item, "processing");
                busy["progress"] = 42;
                return busy;
            })),
        },
        new("queued", "data: [] for a task that waits in a queue") { Dress = Items(_ => []) },
        new("some-processing", "one result, and the others processing")
        {
            Dress = Items(items => items.GroupBy(Id).SelectMany(task => task.Select((item, index) => index == 0 ? item : UnderWay(item, "processing")))),
        },
        new("some-left-out", "one result, and no word of the others") { Dress = Items(OneEach) },
        new("strangers", "a result of another task among these") { Dress = Items(items => items.SelectMany(item => new[] { Stranger(item), item })) },
        new("shuffled", "the items in another order")
        {
            Dress = Items(items => items.Index().OrderBy(one => one.Index % 2).ThenByDescending(one => one.Index).Select(one => one.Item)),
        },
        new("upper-case-ids", "taskUUID in capitals") { Dress = With(body => Each(body, item => item["taskUUID"] = Id(item).ToUpperInvariant())) },
        new("gzip", "the body compressed") { Sending = Sending.Gzip },
        new("cut", "the connection ends in the middle of the body") { Sending = Sending.Cut },
        new("half", "half of the JSON, as if it were all") { Sending = Sending.Half },
        new("html", "a web page, though the tasks were taken") { Sending = Sending.Page },
    ];

    private static Func<Reply, JsonNode> With(Action<JsonObject> change) => reply =>
    {
        var body = reply.ToJson();
        change(body);
        return body;
    };

    private static Func<Reply, JsonNode> Items(Func<IEnumerable<JsonObject>, IEnumerable<JsonObject>> choose) =>
        reply => Reply.Body(choose(reply.Items), reply.Faults);

    private static void Each(JsonObject body, Action<JsonObject> change)
    {
        foreach (var item in (body["data"] as JsonArray ?? []).OfType<JsonObject>())
            change(item);
    }

    private static IEnumerable<JsonObject> OneEach(IEnumerable<JsonObject> items) => items.DistinctBy(Id);

    private static string Id(JsonObject item) => (string?)item["taskUUID"] ?? "";

    private static bool HasAudio(JsonObject item) => AudioFields.Any(item.ContainsKey);

    private static JsonObject Named(JsonObject item) =>
        new() { ["taskType"] = item["taskType"]?.DeepClone(), ["taskUUID"] = item["taskUUID"]?.DeepClone() };

    private static JsonObject UnderWay(JsonObject item, string status)
    {
        var busy = Named(item);
        busy["status"] = status;
        return busy;
    }

    private static JsonObject Stranger(JsonObject item)
    {
        var other = item.DeepClone().AsObject();
        other["taskUUID"] = Guid.NewGuid();
        return other;
    }
}
