using System.Text.Json.Nodes;

namespace RunwareTts.Emulator;

/// <summary>What becomes of the tasks of one request.</summary>
internal sealed class Reply
{
    public JsonArray Data { get; } = [];
    public JsonArray Errors { get; } = [];
    public List<AudioTask> Waiting { get; } = [];
    public bool AnyTaken { get; set; }

    /// <summary>Media was stored.</summary>
    public bool AnyUpload { get; set; }

    /// <summary>The HTTP status that an error asks for.</summary>
    public int? ErrorStatus { get; set; }

    /// <summary>Nothing was asked for but tasks that never were.</summary>
    public bool AllUnknown => Errors.Count > 0 && Errors.All(error => (string?)error!["code"] == ApiError.TaskNotFound);

    /// <summary>What of these tasks is to fail, for the sake of the answer's shape.</summary>
    public Failing Failing { get; init; }

    /// <summary>Copies of the data, for a shape to change.</summary>
    public IEnumerable<JsonObject> Items => Copies(Data);

    /// <summary>Copies of the errors, for a shape to change.</summary>
    public IEnumerable<JsonObject> Faults => Copies(Errors);

    public JsonObject ToJson() => Body(Items, Faults);

    public static JsonObject Body(IEnumerable<JsonObject> items, IEnumerable<JsonObject> errors)
    {
        var (data, faults) = (Array(items), Array(errors));
        var body = new JsonObject();
        if (data.Count > 0 || faults.Count == 0) body["data"] = data;
        if (faults.Count > 0) body["errors"] = faults;
        return body;
    }

    public static JsonArray Array(IEnumerable<JsonObject> items) => new([.. items]);

    /// <summary>Failed results, which getResponse tells among the data, become errors like those of a sync answer.</summary>
    public void LiftFailures()
    {
        foreach (var item in Data.OfType<JsonObject>().Where(item => item.ContainsKey("error")).ToArray())
        {
            Data.Remove(item);
            var error = item["error"]!.DeepClone().AsObject();
            foreach (var name in new[] { "status", "taskType", "taskUUID" })
                error[name] = item[name]?.DeepClone();
            Errors.Add(error);
        }
    }

    private static IEnumerable<JsonObject> Copies(JsonArray nodes) => nodes.Select(node => node!.DeepClone().AsObject());
}
