using System.Collections;
using System.Globalization;
using System.Text.Json.Nodes;

namespace RunwareTts.Requests;

/// <summary>
/// Reads -Option: a table of further fields of the task, whose names may be dotted and whose values may be tables. They
/// are brought into one form, so that equal options are equal requests.
/// </summary>
internal sealed class OptionRules
{
    private const int MaxDepth = 16;
    private const int MaxValues = 2000;
    private const int MaxCharacters = 1_000_000;
    private const string Parameter = "Option";

    private readonly SortedDictionary<string, JsonNode?> _fields = new(StringComparer.Ordinal);
    private int _values;
    private int _characters;
    private string? _refusal;

    private OptionRules()
    {
    }

    /// <param name="given">The table; null for none.</param>
    /// <param name="isKnown">The model is in the catalogue, so no warning of unchecked fields was given yet.</param>
    /// <param name="findings">What is wrong with it.</param>
    /// <returns>Null where no field has a value.</returns>
    public static RequestOption? Read(IDictionary? given, bool isKnown, Findings findings)
    {
        if (given is null)
            return null;
        OptionRules rules = new();
        rules.ReadTable("", given, 1);
        if (rules._refusal is { } refusal)
        {
            findings.Refuse(Parameter, refusal);
            return null;
        }

        if (rules._fields.Count == 0)
            return null;
        if (isKnown)
            findings.Warnings.Add("Option is sent unchecked: a field that the model does not have is refused or "
                + "ignored, and one that it has may change the audio and the price.");
        return new RequestOption(rules.Nest().ToJsonString());
    }

    private void ReadTable(string path, IDictionary table, int depth)
    {
        if (depth > MaxDepth)
        {
            Refuse($"Option {Name(path)} is nested more than {MaxDepth} levels deep, or contains itself. Give plain "
                + "values.");
            return;
        }

        foreach (DictionaryEntry entry in table)
        {
            if (_refusal is not null)
                return;
            string key = (Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? "").Trim();
            string name = path.Length == 0 ? OwnedFields.Spell(key) : $"{path}.{key}";
            if (Array.Exists(name.Split('.'), part => string.IsNullOrWhiteSpace(part)) || HasHalf(name))
                Refuse($"Option has the name '{Words.Short(name)}', which is not the name of a field. Write names such "
                    + "as settings.temperature, with a single dot between two of them.");
            else if (OwnedFields.FindOwner(name) is { } owner)
                Refuse($"Option may not have {Words.Short(name)}: {owner}.");
            else if (entry.Value is IDictionary nested)
                ReadTable(name, nested, depth + 1);
            else
                ReadField(name, entry.Value, depth);
        }
    }

    private void ReadField(string name, object? value, int depth)
    {
        // Nothing is not given, as in a row.
        if (value is null or DBNull or "")
            return;
        if (OwnedFields.IsTable(name))
            Refuse($"Option {name} holds a {value.GetType().Name}, and the module has fields in it. Give a table, or "
                + $"dotted names such as {name}.seed.");
        else if (Taken(name) is { } taken)
            Refuse($"Option has {Words.Short(taken)} and {Words.Short(name)}, which are one field or exclude each "
                + "other. Leave one of them out.");
        else
            _fields.Add(name, ReadValue(name, value, depth));
    }

    private string? Taken(string name) => _fields.Keys.FirstOrDefault(known =>
        known.Equals(name, StringComparison.OrdinalIgnoreCase)
        || known.StartsWith(name + ".", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith(known + ".", StringComparison.OrdinalIgnoreCase));

    private JsonNode? ReadValue(string name, object? value, int depth)
    {
        if (++_values > MaxValues || depth > MaxDepth)
            return Refuse($"Option {Name(name)} has too many values or levels, or contains itself. Allowed are up to "
                + string.Format(CultureInfo.InvariantCulture, "{0} values in {1} levels.", MaxValues, MaxDepth));
        return value switch
        {
            null or DBNull => Refuse($"Option {Name(name)} has a $null in a list, which cannot be sent. Leave it out."),
            bool flag => JsonValue.Create(flag),
            string text => ReadText(name, text),
            char or Guid or Uri or Enum => ReadText(name, Convert.ToString(value, CultureInfo.InvariantCulture)!),
            sbyte or byte or short or ushort or int or uint or long or ulong or decimal or float or double =>
                ReadNumber(name, (IConvertible)value),
            IDictionary table => ReadObject(name, table, depth + 1),
            IEnumerable list => ReadList(name, list, depth + 1),
            _ => Refuse($"Option {Name(name)} holds a {value.GetType().Name}. Allowed are text, numbers, $true and "
                + "$false, lists and tables."),
        };
    }

    // A table in a list has no fields that the module owns.
    private JsonObject ReadObject(string name, IDictionary table, int depth)
    {
        SortedDictionary<string, JsonNode?> fields = new(StringComparer.Ordinal);
        foreach (DictionaryEntry entry in table)
        {
            string key = Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? "";
            if (entry.Value is null or DBNull or "")
                continue;
            if (HasHalf(key) || fields.ContainsKey(key))
                Refuse($"Option {Name(name)} has a name twice, or one that cannot be sent: '{Words.Short(key)}'.");
            if (_refusal is not null)
                break;
            fields.Add(key, ReadValue($"{name}.{key}", entry.Value, depth));
        }

        return new JsonObject(fields);
    }

    private JsonArray ReadList(string name, IEnumerable list, int depth)
    {
        JsonArray array = [];
        foreach (object? item in list)
        {
            array.Add(ReadValue(name, item, depth));
            if (_refusal is not null)
                break;
        }

        return array;
    }

    private JsonValue? ReadText(string name, string text)
    {
        _characters += text.Length;
        if (_characters > MaxCharacters)
            return Refuse($"Option {Name(name)} is too long. Allowed are "
                + string.Format(CultureInfo.InvariantCulture, "{0} characters in all.", MaxCharacters));
        if (HasHalf(text))
            return Refuse($"Option {Name(name)} has half a character (a lone surrogate), which cannot be sent.");
        // What a result shows in place of a presigned URL.
        return text.EndsWith("?****", StringComparison.Ordinal)
            ? Refuse($"Option {Name(name)} is a URL without its query, which results do not keep. Give it again.")
            : JsonValue.Create(text);
    }

    // 1, 1.0 and 1.00 are one number, and 0.1 + 0.2 is 0.3.
    private JsonNode? ReadNumber(string name, IConvertible value)
    {
        double number = value.ToDouble(CultureInfo.InvariantCulture);
        if (double.IsNaN(number) || double.IsInfinity(number))
            return Refuse($"Option {Name(name)} is not a finite number.");
        const double MinExact = 1e-9;
        const double MaxExact = 1e15;
        bool isExact = value is not (float or double) || number is 0 || Math.Abs(number) is >= MinExact and < MaxExact;
        return isExact
            ? JsonNode.Parse(value.ToDecimal(CultureInfo.InvariantCulture)
                .ToString("0.############################", CultureInfo.InvariantCulture))
            : JsonNode.Parse(number.ToString("R", CultureInfo.InvariantCulture));
    }

    private JsonValue? Refuse(string why)
    {
        _refusal ??= why;
        return null;
    }

    private JsonObject Nest()
    {
        JsonObject root = [];
        foreach (KeyValuePair<string, JsonNode?> field in _fields)
        {
            string[] path = field.Key.Split('.');
            JsonObject at = root;
            for (int i = 0; i < path.Length - 1; i++)
                at = Inside(at, path[i]);
            at[path[path.Length - 1]] = field.Value;
        }

        return root;
    }

    private static JsonObject Inside(JsonObject parent, string name)
    {
        if (parent[name] is not JsonObject child)
            parent[name] = child = [];
        return child;
    }

    private static string Name(string path) => path.Length == 0 ? "" : Words.Short(path);

    private static bool HasHalf(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (i + 1 == text.Length || !char.IsSurrogatePair(text[i], text[i + 1]))
                return true;
            i++;
        }

        return false;
    }
}
