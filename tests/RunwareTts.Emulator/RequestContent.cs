using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RunwareTts.Emulator;

/// <summary>What a task asks for, whoever asks and however it is sent: equal for requests that would be paid for twice.</summary>
internal static class RequestContent
{
    private const string Inputs = "inputs";
    private static readonly string[] LeftOut = ["taskUUID", "deliveryMethod", "includeCost"];

    /// <summary>A clip counts by its digest, whichever way it came.</summary>
    public static byte[] Of(JsonElement task, string? clip)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = Wire.Encoder }))
            Write(writer, clip is null ? task : WithDigest(task, clip), LeftOut);
        return buffer.WrittenSpan.ToArray();
    }

    private static JsonElement WithDigest(JsonElement task, string clip)
    {
        var copy = JsonObject.Create(task)!;
        copy[Inputs] = new JsonObject { ["audio"] = clip };
        return JsonSerializer.SerializeToElement(copy);
    }

    // By name, so that the order of the fields makes no difference.
    private static void Write(Utf8JsonWriter writer, JsonElement element, string[] leftOut)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            element.WriteTo(writer);
            return;
        }
        writer.WriteStartObject();
        foreach (var property in element.EnumerateObject().Where(property => !leftOut.Contains(property.Name)).OrderBy(property => property.Name, StringComparer.Ordinal))
        {
            writer.WritePropertyName(property.Name);
            Write(writer, property.Value, []);
        }
        writer.WriteEndObject();
    }
}
