using System.Text.Json;

namespace RunwareTts.Providers.Runware;

/// <summary>Careful looks into JSON of which nothing is certain.</summary>
internal static class WireJson
{
    /// <summary>A field; null where it is missing or null.</summary>
    public static JsonElement? Get(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static string? Text(JsonElement element, string name) =>
        Get(element, name) is { ValueKind: JsonValueKind.String } value ? String(value) : null;

    /// <summary>The text of a value of any kind. Half a character in a string cannot be decoded, and is shown as it was written.</summary>
    public static string String(JsonElement value)
    {
        try
        {
            return value.ToString();
        }
        catch (InvalidOperationException)
        {
            return value.GetRawText();
        }
    }

    public static Guid? Id(JsonElement element, string name) =>
        Guid.TryParse(Text(element, name), out Guid id) ? id : null;

    public static decimal? Number(JsonElement element, string name) =>
        Get(element, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDecimal(out decimal number) ? number : null;
}
