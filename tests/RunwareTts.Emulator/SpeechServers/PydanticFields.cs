using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RunwareTts.Emulator;

/// <summary>
/// Reads a body as pydantic does in its lax mode: a number in a text is a number, null counts as not given, and
/// fields that are not asked for are ignored. Notes every problem.
/// </summary>
internal sealed class PydanticFields(JsonElement body)
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;
    private readonly List<JsonObject> _problems = [];

    public IReadOnlyList<JsonObject> Problems => _problems;

    public string? Text(string name, bool required = false)
    {
        if (Find(name) is not { } value)
        {
            if (required) Note(name, "missing", "Field required");
            return null;
        }
        if (value.ValueKind == JsonValueKind.String) return value.GetString();
        Note(name, "string_type", "Input should be a valid string");
        return null;
    }

    public string? OneOf(string name, params string[] allowed)
    {
        if (Find(name) is not { } value) return null;
        var given = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        if (allowed.Contains(given)) return given;
        var quoted = allowed.Select(one => $"'{one}'").ToArray();
        Note(name, "literal_error", $"Input should be {string.Join(", ", quoted[..^1])} or {quoted[^1]}");
        return null;
    }

    public double? Number(string name, double least, double most)
    {
        if (Find(name) is not { } value) return null;
        if (AsNumber(value) is not { } number)
            Note(name, "float_parsing", "Input should be a valid number, unable to parse string as a number");
        else if (number < least)
            NoteLeast(name, least);
        else if (number > most)
            Note(name, "less_than_equal", string.Create(Culture, $"Input should be less than or equal to {most}"));
        else
            return number;
        return null;
    }

    public long? Integer(string name, long least = long.MinValue)
    {
        if (Find(name) is not { } value) return null;
        if (AsNumber(value) is not { } number || number != Math.Truncate(number))
            Note(name, "int_parsing", "Input should be a valid integer, unable to parse string as an integer");
        else if (number < least)
            NoteLeast(name, least);
        else
            return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var exact) ? exact : (long)number;
        return null;
    }

    public bool? Flag(string name)
    {
        if (Find(name) is not { } value) return null;
        switch (value.ValueKind == JsonValueKind.String ? value.GetString()!.ToLowerInvariant() : value.GetRawText())
        {
            case "true" or "1" or "yes" or "on":
                return true;
            case "false" or "0" or "no" or "off":
                return false;
            default:
                Note(name, "bool_parsing", "Input should be a valid boolean, unable to interpret input");
                return null;
        }
    }

    private void NoteLeast(string name, double least) =>
        Note(name, "greater_than_equal", string.Create(Culture, $"Input should be greater than or equal to {least}"));

    private JsonElement? Find(string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private static double? AsNumber(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.String when double.TryParse(value.GetString(), CultureInfo.InvariantCulture, out var number) =>
            number,
        _ => null,
    };

    private void Note(string name, string type, string message) => _problems.Add(new JsonObject
    {
        ["type"] = type,
        ["loc"] = new JsonArray("body", name),
        ["msg"] = message,
        ["input"] = JsonNode.Parse((Find(name) ?? body).GetRawText()),
    });
}
