using System.Text.Json.Nodes;

namespace RunwareTts.Emulator;

/// <summary>Forms of an error. The tasks of the request really fail, and are charged as the service does.</summary>
internal static class ErrorShapes
{
    private static readonly string[] Names = ["taskType", "taskUUID"];

    public static readonly AnswerShape[] Table =
    [
        Failed("errors-200", "errors under HTTP 200", Errors()) with { Status = 200 },
        Failed("errors-400", "errors under HTTP 400", Errors()) with { Status = 400 },
        Failed("errors-nameless", "errors that name no task", Errors(Nameless)),
        Failed("errors-context", "the task's id stands in the error's context", Errors(IntoContext)),
        Failed("error-object", "error is an object, next to the task's id", First(error => Apart(error, new JsonObject { ["error"] = error }))),
        Failed("error-array", "error is an array", reply => new JsonObject { ["error"] = Reply.Array(reply.Faults) }),
        Failed("bare-error", "the error object alone, naming no task", First(Nameless)),
        Failed("bare-errors", "an array of errors alone", reply => Reply.Array(reply.Faults)),
        Failed("bare-errors-nameless", "an array of errors alone, naming no task", reply => Reply.Array(reply.Faults.Select(Nameless))),
        Failed("item-error", "an item of data with status error and an error", Items(error => Apart(error, new JsonObject { ["status"] = "error", ["error"] = error }))),
        Failed("item-flat", "an item of data with status error, code and message", Items(error => error)),
        Failed("legacy", "error: true and errorMessage", First(error => new JsonObject
        {
            ["error"] = true,
            ["errorMessageContentId"] = 1212,
            ["errorId"] = 19,
            ["errorMessage"] = error["message"]?.DeepClone(),
        })),
        Failed("no-code", "an error without a code", Errors(error => Changed(error, "code", null))),
        Failed("parameter-string", "parameter is a string", Errors(error => Changed(error, "parameter", "speech.text"))),
        Failed("parameter-array", "parameter is an array", Errors(error => Changed(error, "parameter", new JsonArray("ttl", "outputType")))),
        Failed("allowed-array", "allowedValues is an array", Errors(error => Changed(error, "allowedValues", new JsonArray("URL", 8)))),
        Failed("allowed-object", "allowedValues is an object", Errors(error => Changed(error, "allowedValues", new JsonObject { ["MP3"] = new JsonArray(8, 64) }))),
        Failed("range", "min, max and multiplier", Errors(error => Changed(Changed(Changed(error, "min", 0.25), "max", 4), "multiplier", 0.01))),
        Partly("partial", "results with an error", Errors()),
        Partly("partial-nameless", "results with an error that names no task", Errors(Nameless)),
        Partly("partial-item", "results, and a failed item among them", Items(error => Apart(error, new JsonObject { ["status"] = "error", ["error"] = error }))),
    ];

    private static AnswerShape Failed(string name, string says, Func<Reply, JsonNode> dress) =>
        new(name, says) { Dress = dress, Failing = Failing.Everything };

    private static AnswerShape Partly(string name, string says, Func<Reply, JsonNode> dress) =>
        new(name, says) { Dress = dress, Failing = Failing.LastResult };

    private static Func<Reply, JsonNode> Errors(Func<JsonObject, JsonObject>? change = null) =>
        reply => Reply.Body(reply.Items, reply.Faults.Select(change ?? (error => error)));

    private static Func<Reply, JsonNode> Items(Func<JsonObject, JsonObject> make) =>
        reply => Reply.Body(reply.Items.Concat(reply.Faults.Select(make)), []);

    // Forms with room for one error tell of the first.
    private static Func<Reply, JsonNode> First(Func<JsonObject, JsonObject> make) =>
        reply => reply.Faults.FirstOrDefault() is { } error ? make(error) : reply.ToJson();

    private static JsonObject Changed(JsonObject error, string name, JsonNode? value)
    {
        error.Remove(name);
        if (value is not null) error[name] = value;
        return error;
    }

    private static JsonObject Nameless(JsonObject error)
    {
        foreach (var name in Names)
            error.Remove(name);
        return error;
    }

    // What names the task moves out of the error and beside it.
    private static JsonObject Apart(JsonObject error, JsonObject around)
    {
        foreach (var name in Names)
        {
            if (error[name]?.DeepClone() is { } value) around[name] = value;
            error.Remove(name);
        }
        if (around.ContainsKey("status")) error.Remove("status");
        return around;
    }

    private static JsonObject IntoContext(JsonObject error)
    {
        var context = Apart(error, []);
        context["deliveryMethod"] = "async";
        error["context"] = context;
        return error;
    }
}
