using System.Text.Json;

namespace RunwareTts.Runware;

/// <summary>Careful looks into JSON of which nothing is certain.</summary>
internal static class WireJson
{
    public static JsonElement? Get(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) ? value : null;

    public static string? Text(JsonElement element, string name) =>
        Get(element, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public static Guid? Id(JsonElement element, string name) =>
        Guid.TryParse(Text(element, name), out Guid id) ? id : null;

    public static decimal? Number(JsonElement element, string name) =>
        Get(element, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDecimal(out decimal number) ? number : null;
}
