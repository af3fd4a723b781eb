using System.Text.Json;
using System.Text.Json.Nodes;

namespace RunwareTts.Emulator;

/// <summary>The addresses under /control/ of a speech server, on a port of their own.</summary>
internal sealed class SpeechControl(SpeechServer server)
{
    public const string Folder = "/control/";
    private const string Help = "There are GET, POST and DELETE /control/switches, GET and DELETE /control/record, "
        + "and POST /control/down, /control/up and /control/crash.";

    public async Task HandleAsync(HttpContext context)
    {
        switch (context.Request.Method, context.Request.Path.Value)
        {
            case ("GET", Folder + "switches"):
                await SwitchesAsync(context, server.Switches);
                break;
            case ("POST", Folder + "switches"):
                await ChangeAsync(context);
                break;
            case ("DELETE", Folder + "switches"):
                await SwitchesAsync(context, server.ResetSwitches());
                break;
            case ("GET", Folder + "record"):
                await Wire.JsonAsync(context, 200, Seen());
                break;
            case ("DELETE", Folder + "record"):
                server.Record.Forget();
                await Wire.JsonAsync(context, 200, Seen());
                break;
            case ("POST", Folder + "down"):
                await server.DownAsync();
                await StateAsync(context);
                break;
            case ("POST", Folder + "up"):
                await server.UpAsync();
                await StateAsync(context);
                break;
            case ("POST", Folder + "crash"):
                await server.CrashAsync();
                await StateAsync(context);
                break;
            default:
                await Wire.TextAsync(context, 404, "text/plain", Help);
                break;
        }
    }

    private async Task ChangeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var json = await reader.ReadToEndAsync(context.RequestAborted);
        try
        {
            await SwitchesAsync(context, server.Change(json));
        }
        catch (JsonException exception)
        {
            await Wire.JsonAsync(context, 400, new JsonObject { ["message"] = exception.Message });
        }
    }

    private static Task SwitchesAsync(HttpContext context, SpeechServerSwitches now) =>
        Wire.TextAsync(context, 200, "application/json", now.ToJson());

    private Task StateAsync(HttpContext context) =>
        Wire.JsonAsync(context, 200, new JsonObject { ["up"] = server.IsUp, ["url"] = server.Url.ToString() });

    private JsonObject Seen()
    {
        var record = server.Record;
        return new JsonObject
        {
            ["up"] = server.IsUp,
            ["model"] = server.ModelId,
            ["requests"] = record.Requests,
            ["begun"] = record.Begun,
            ["answered"] = record.Answered,
            ["working"] = server.Working,
            ["waiting"] = server.Waiting,
            ["peakConcurrency"] = record.PeakConcurrency,
            ["crashes"] = record.Crashes,
            ["refused"] = JsonSerializer.SerializeToNode(record.Refused),
            ["refusals"] = JsonSerializer.SerializeToNode(record.Refusals),
            ["spoken"] = JsonSerializer.SerializeToNode(record.Spoken),
            ["lost"] = JsonSerializer.SerializeToNode(record.Lost),
            ["accepted"] = JsonSerializer.SerializeToNode(record.Accepted),
        };
    }
}
