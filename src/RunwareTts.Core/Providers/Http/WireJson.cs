using System.Text.Json;

namespace RunwareTts.Providers.Http;

/// <summary>Careful looks into JSON of which nothing is certain.</summary>
internal static class WireJson
{
    extension(JsonElement element)
    {
        /// <summary>A field; null where it is missing or null.</summary>
        public JsonElement? Get(string name) =>
            element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value)
            && value.ValueKind != JsonValueKind.Null ? value : null;

        public string? GetText(string name) =>
            element.Get(name) is { ValueKind: JsonValueKind.String } value ? value.ToText() : null;

        public Guid? GetId(string name) => Guid.TryParse(element.GetText(name), out Guid id) ? id : null;

        public decimal? GetNumber(string name) =>
            element.Get(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDecimal(out decimal number)
                ? number : null;

        /// <summary>
        /// A value of any kind as text. A string with half a character cannot be decoded, and is shown as it was
        /// written.
        /// </summary>
        public string ToText()
        {
            try
            {
                return element.ToString();
            }
            catch (InvalidOperationException)
            {
                return element.GetRawText();
            }
        }
    }
}
