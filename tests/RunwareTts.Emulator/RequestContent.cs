using System.Buffers;
using System.Text.Json;

namespace RunwareTts.Emulator;

/// <summary>What a task asks for, whoever asks and however it is sent: equal for requests that would be paid for twice.</summary>
internal static class RequestContent
{
    private static readonly string[] LeftOut = ["taskUUID", "deliveryMethod", "includeCost"];

    public static byte[] Of(JsonElement task)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = Wire.Encoder }))
            Write(writer, task, LeftOut);
        return buffer.WrittenSpan.ToArray();
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
