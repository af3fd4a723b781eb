using System.Collections;
using System.Collections.Specialized;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace RunwareTts.Requests;

/// <summary>Further fields of a task, which the module sends without checking them.</summary>
/// <param name="Json">A JSON object with sorted names, so that equal options have equal text.</param>
public sealed record RequestOption(string Json)
{
    private static readonly Regex Query = new(@"(""https?:[^""?#]*)[?#][^""]*""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    /// <summary>The same for a URL that is presigned again: what makes requests equal.</summary>
    internal string Identity => Query.Replace(Json, "$1\"");

    /// <summary>The table that a cell of a CSV holds as a JSON object; null for any other text.</summary>
    public static IDictionary? TableOf(string cell)
    {
        if (!cell.TrimStart().StartsWith('{'))
            return null;
        try
        {
            using JsonDocument json = JsonDocument.Parse(cell);
            return Table(json.RootElement);
        }
        // The second is half a character, such as \ud800.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The cell for the table of a result. Other texts stay as they are, so that a row refuses them.</summary>
    internal static string? TextOf(object? option) =>
        option is IDictionary table && OptionRules.Read(table, isKnown: false, new Findings()) is { } read
            ? read.Json : option?.ToString();

    /// <summary>The fields as a table for a result, which is a row again. Presigned URLs are masked.</summary>
    internal OrderedDictionary ToTable()
    {
        using JsonDocument json = JsonDocument.Parse(Json);
        return Table(json.RootElement);
    }

    /// <summary>The fields to send. The caller may change them.</summary>
    internal JsonObject ToJson() => (JsonObject)JsonNode.Parse(Json)!;

    private static OrderedDictionary Table(JsonElement element)
    {
        OrderedDictionary table = [];
        foreach (JsonProperty field in element.EnumerateObject())
            table[field.Name] = Value(field.Value);
        return table;
    }

    private static object? Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => Table(value),
        JsonValueKind.Array => value.EnumerateArray().Select(Value).ToArray(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => value.TryGetInt32(out int whole) ? whole
            : value.TryGetDecimal(out decimal number) ? number : value.GetDouble(),
        _ => Presigned.MaskUrl(value.GetString()!),
    };
}
