using System.Text.Json.Nodes;

namespace RunwareTts.Emulator;

/// <summary>The items that tell of a task, each shape where the reference has it.</summary>
internal static class ResultItems
{
    public const string AudioInference = "audioInference";

    public static JsonObject Acknowledged(AudioOrder order) =>
        new() { ["taskType"] = AudioInference, ["taskUUID"] = order.TaskUuid };

    public static JsonObject Priced(AudioOrder order)
    {
        var item = Acknowledged(order);
        item["cost"] = Plain(order.Cost);
        return item;
    }

    /// <summary>A result in a sync answer: no status.</summary>
    public static JsonObject Finished(AudioTask task, AudioResult result)
    {
        var order = task.Order;
        var item = Acknowledged(order);
        item["audioUUID"] = result.AudioUuid;
        var contentType = PageRules.ContentType(order.Speech.Format);
        if (order.OutputType == "URL") item["audioURL"] = task.UrlOf(result).AbsoluteUri;
        else if (order.OutputType == "base64Data") item["audioBase64Data"] = Convert.ToBase64String(result.Audio!);
        else item["audioDataURI"] = $"data:{contentType};base64,{Convert.ToBase64String(result.Audio!)}";
        if (order.IncludeCost) item["cost"] = Plain(order.CostPerResult);
        return item;
    }

    /// <summary>A result as getResponse shows it.</summary>
    public static JsonObject Polled(AudioTask task, AudioResult result)
    {
        // Read in this order: a result that succeeds in between is only shown one poll later.
        var status = result.Failure is not null ? "error" : result.Audio is not null ? "success" : "processing";
        var item = status == "success" ? Finished(task, result) : Acknowledged(task.Order);
        item["status"] = status;
        if (status == "error") item["error"] = new JsonObject { ["code"] = result.Failure!.Code, ["message"] = result.Failure.Message };
        return item;
    }

    /// <summary>A result as it is posted to a webhook: the flat item, with a status only when it failed.</summary>
    public static JsonObject Told(AudioTask task, AudioResult result) =>
        result.Failure is null ? Finished(task, result) : Polled(task, result);

    /// <summary>The answer to a task as getTaskDetails shows it.</summary>
    public static JsonObject Archived(AudioTask task)
    {
        var failed = task.Results.Where(result => result.Failure is not null).ToArray();
        return Reply.Body(
            task.Results.Except(failed).Select(result => Polled(task, result)),
            failed.Select(result => result.Failure!.ToJson(AudioInference, task.Order.TaskUuid)));
    }

    // Without the division the decimal would carry its trailing zeros onto the wire.
    private static decimal Plain(decimal cost) => cost / 1.0000000000000000000000000000m;
}
