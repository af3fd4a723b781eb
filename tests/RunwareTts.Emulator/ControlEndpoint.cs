using System.Text.Json;
using System.Text.Json.Nodes;

namespace RunwareTts.Emulator;

/// <summary>/control/fault, /control/forget and /control/record, for whoever drives the emulator from outside of its process.</summary>
internal sealed class ControlEndpoint(EmulatorRecord record, FaultPlan faults, TaskBook book)
{
    public const string Folder = "/control/";
    private const int MostExamples = 10;

    public async Task HandleAsync(HttpContext context)
    {
        switch (context.Request.Method, context.Request.Path.Value)
        {
            case ("GET", Folder + "fault"):
                await Wire.JsonAsync(context, 200, Names());
                break;
            case ("POST", Folder + "fault"):
                await OrderAsync(context);
                break;
            case ("DELETE", Folder + "fault"):
                faults.Clear();
                await Wire.JsonAsync(context, 200, Pending());
                break;
            case ("POST", Folder + "forget"):
                await Wire.JsonAsync(context, 200, new JsonObject { ["forgotten"] = book.Forget() });
                break;
            case ("GET", Folder + "record"):
                await Wire.JsonAsync(context, 200, Seen());
                break;
            default:
                await Wire.TextAsync(context, 404, "text/plain", "There are GET, POST and DELETE /control/fault, POST /control/forget, and GET /control/record.");
                break;
        }
    }

    private async Task OrderAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        body.Position = 0;
        try
        {
            FaultOrder.Read(body).Give(faults);
            await Wire.JsonAsync(context, 200, Pending());
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            await Wire.JsonAsync(context, 400, new JsonObject { ["message"] = exception.Message });
        }
    }

    private JsonObject Pending() => new() { ["pending"] = faults.Pending };

    private JsonObject Names()
    {
        var names = Pending();
        names["faults"] = new JsonArray([.. FaultOrder.Faults.Keys.Select(name => JsonValue.Create(name))]);
        names["shapes"] = new JsonObject(AnswerShapes.All.Select(shape => KeyValuePair.Create(shape.Name, (JsonNode?)JsonValue.Create(shape.Says))));
        return names;
    }

    private JsonObject Seen() => new()
    {
        ["requests"] = record.Requests,
        ["tasks"] = new JsonObject(record.TaskCounts.Select(type => KeyValuePair.Create(type.Key, (JsonNode?)JsonValue.Create(type.Value)))),
        ["downloads"] = record.Downloads,
        ["chargedTasks"] = record.ChargedTasks,
        ["charged"] = record.Charged,
        ["distinctChargedRequests"] = record.DistinctChargedRequests,
        ["chargedTwice"] = record.ChargedTwice.Count,
        ["chargedTwiceExamples"] = new JsonArray([.. record.ChargedTwice.Take(MostExamples).Select(content => JsonNode.Parse(content))]),
        ["peakConcurrency"] = record.PeakConcurrency,
        ["pending"] = faults.Pending,
        ["faults"] = faults.Happened,
    };
}
