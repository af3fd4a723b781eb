using System.Text.Json;
using System.Text.Json.Nodes;

namespace RunwareTts.Emulator;

/// <summary>The addresses under /control/, for whoever drives the emulator from outside of its process.</summary>
internal sealed class ControlEndpoint(
    EmulatorRecord record,
    FaultPlan faults,
    SwitchBoard switches,
    MediaStore media,
    TaskBook book)
{
    public const string Folder = "/control/";
    private const int MostExamples = 10;
    private const string Help = "There are GET, POST and DELETE /control/fault and /control/switches, "
        + "POST /control/forget and /control/forget-media, and GET /control/record and /control/charges.";

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
            case ("POST", Folder + "forget-media"):
                await Wire.JsonAsync(context, 200, new JsonObject { ["forgotten"] = media.Forget() });
                break;
            case ("GET", Folder + "switches"):
                await SwitchesAsync(context, switches.Now);
                break;
            case ("POST", Folder + "switches"):
                await ChangeAsync(context);
                break;
            case ("DELETE", Folder + "switches"):
                await SwitchesAsync(context, switches.Reset());
                break;
            case ("GET", Folder + "charges"):
                var charges = JsonSerializer.SerializeToNode(record.Charges, JsonSerializerOptions.Web)!;
                await Wire.JsonAsync(context, 200, charges);
                break;
            case ("GET", Folder + "record"):
                await Wire.JsonAsync(context, 200, Seen());
                break;
            default:
                await Wire.TextAsync(context, 404, "text/plain", Help);
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

    private async Task ChangeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var json = await reader.ReadToEndAsync(context.RequestAborted);
        try
        {
            await SwitchesAsync(context, switches.Change(json));
        }
        catch (JsonException exception)
        {
            await Wire.JsonAsync(context, 400, new JsonObject { ["message"] = exception.Message });
        }
    }

    private static Task SwitchesAsync(HttpContext context, EmulatorSwitches now) =>
        Wire.TextAsync(context, 200, "application/json", now.ToJson());

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
        ["tasks"] = Counts(record.TaskCounts),
        ["downloads"] = record.Downloads,
        ["chargedTasks"] = record.ChargedTasks,
        ["charged"] = record.Charged,
        ["chargedByModel"] = Counts(record.ChargedByModel),
        ["distinctChargedRequests"] = record.DistinctChargedRequests,
        ["chargedTwice"] = record.ChargedTwice.Count,
        ["chargedTwiceExamples"] = new JsonArray([.. record.ChargedTwice.Take(MostExamples).Select(content => JsonNode.Parse(content))]),
        ["uploads"] = record.Uploads,
        ["deletes"] = record.Deletes,
        ["bytesUploaded"] = record.BytesUploaded,
        ["peakConcurrency"] = record.PeakConcurrency,
        ["pending"] = faults.Pending,
        ["faults"] = faults.Happened,
    };

    private static JsonObject Counts(IReadOnlyDictionary<string, int> counts) =>
        new(counts.Select(count => KeyValuePair.Create(count.Key, (JsonNode?)JsonValue.Create(count.Value))));
}
