using System.Net.Sockets;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Connections.Features;

namespace RunwareTts.Emulator;

/// <summary>Whole answers, cut answers, and no answers.</summary>
internal static class Wire
{
    // Base64 keeps its plus signs, as other services send them.
    public static readonly JavaScriptEncoder Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
    private static readonly JsonSerializerOptions Plain = new() { Encoder = Encoder };

    public static string Json(JsonNode node) => node.ToJsonString(Plain);

    public static Task ErrorAsync(HttpContext context, int status, ApiError error) =>
        JsonAsync(context, status, new JsonObject { ["errors"] = new JsonArray(error.ToJson()) });

    public static Task JsonAsync(HttpContext context, int status, JsonNode body, bool cut = false) =>
        TextAsync(context, status, "application/json", Json(body), cut);

    public static Task TextAsync(HttpContext context, int status, string type, string body, bool cut = false) =>
        BytesAsync(context, status, $"{type}; charset=utf-8", System.Text.Encoding.UTF8.GetBytes(body), cut);

    public static async Task BytesAsync(HttpContext context, int status, string type, byte[] body, bool cut = false)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(cut ? body.AsMemory(0, body.Length / 2) : body, context.RequestAborted);
        if (!cut) return;
        await context.Response.Body.FlushAsync(context.RequestAborted);
        Socket(context)?.Shutdown(SocketShutdown.Send);
        context.Abort();
    }

    /// <summary>A real RST: Kestrel's own Abort may end the connection politely.</summary>
    public static void Reset(HttpContext context)
    {
        if (Socket(context) is { } socket)
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
            socket.Close();
        }
        context.Abort();
    }

    private static Socket? Socket(HttpContext context) => context.Features.Get<IConnectionSocketFeature>()?.Socket;
}
