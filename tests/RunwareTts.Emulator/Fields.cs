using System.Text.Json;
using System.Text.RegularExpressions;

namespace RunwareTts.Emulator;

/// <summary>Reads one JSON object and notes every problem. What was never asked for is an unknown parameter.</summary>
internal sealed partial class Fields(JsonElement source, string path, List<ApiError> problems)
{
    private readonly HashSet<string> _asked = [];

    public string? Text(string name, bool required = false) =>
        Find(name, "string", required, JsonValueKind.String) is { } value ? value.GetString() : null;

    public string? OneOf(string name, string[] allowed, string? otherwise = null)
    {
        var found = Find(name, "string", otherwise is null, JsonValueKind.String);
        if (found is null) return source.TryGetProperty(name, out _) ? null : otherwise;
        var given = found.Value.GetString()!;
        // Not the one given: of very many tasks each would keep a copy of its own.
        if (Array.Find(allowed, one => one == given) is { } known) return known;
        problems.Add(ApiError.About("unsupported", path + name, $"'{given}' is not a value of '{path + name}'. Use one of: {string.Join(", ", allowed)}.") with
        {
            Type = "string",
            AllowedValues = allowed,
        });
        return null;
    }

    public string? Uuid(string name)
    {
        var given = Text(name, required: true);
        if (given is null || UuidV4().IsMatch(given)) return given;
        problems.Add(ApiError.About("invalid", path + name, $"'{path + name}' must be a UUID v4.") with { Type = "string" });
        return null;
    }

    public Uri? Link(string name)
    {
        var given = Text(name);
        if (given is null) return null;
        if (Uri.TryCreate(given, UriKind.Absolute, out var link) && link.Scheme is "http" or "https") return link;
        problems.Add(ApiError.About("invalid", path + name, $"'{path + name}' must be an absolute http or https URL.") with { Type = "string" });
        return null;
    }

    public bool? Boolean(string name) =>
        Find(name, "boolean", required: false, JsonValueKind.True, JsonValueKind.False)?.GetBoolean();

    public Fields? Inner(string name, bool required = false) =>
        Find(name, "object", required, JsonValueKind.Object) is { } value ? new Fields(value, $"{path}{name}.", problems) : null;

    public int? Integer(string name, int least, int most = int.MaxValue)
    {
        if (Find(name, "integer", required: false, JsonValueKind.Number) is not { } value) return null;
        if (!value.TryGetDecimal(out var number) || number != decimal.Truncate(number))
        {
            WrongType(name, "integer");
            return null;
        }
        return InRange(name, "integer", number, least, most) ? (int)number : null;
    }

    public int? IntegerOf(string name, int[] allowed)
    {
        var given = Integer(name, int.MinValue);
        if (given is not { } number || allowed.Contains(number)) return given;
        problems.Add(ApiError.About("unsupported", path + name, $"{number} is not a value of '{path + name}'. Use one of: {string.Join(", ", allowed)}.") with
        {
            Type = "integer",
            AllowedValues = [.. allowed.Cast<object>()],
        });
        return null;
    }

    public decimal? Stepped(string name, decimal least, decimal most, decimal step)
    {
        if (Find(name, "float", required: false, JsonValueKind.Number) is not { } value) return null;
        // A number too large for a decimal is out of any range here.
        var number = value.TryGetDecimal(out var parsed) ? parsed : decimal.MaxValue;
        if (!InRange(name, "float", number, least, most)) return null;
        if (number % step == 0) return number;
        problems.Add(ApiError.About("invalid", path + name, FormattableString.Invariant($"'{path + name}' must be a multiple of {step}.")) with
        {
            Type = "float",
            Min = least,
            Max = most,
            Multiplier = step,
        });
        return null;
    }

    public void RefuseUnknown()
    {
        foreach (var property in source.EnumerateObject().Where(property => !_asked.Contains(property.Name)))
        {
            var name = path + property.Name;
            problems.Add(new ApiError("unsupportedParameter", $"'{name}' is not a parameter here.") { Parameters = [name] });
        }
    }

    private bool InRange(string name, string type, decimal number, decimal least, decimal most)
    {
        if (number >= least && number <= most) return true;
        var limited = most < int.MaxValue;
        var range = limited ? FormattableString.Invariant($"from {least} to {most}") : FormattableString.Invariant($"at least {least}, in 32 bits");
        problems.Add(ApiError.About("invalid", path + name, $"'{path + name}' must be {range}.") with
        {
            Type = type,
            Min = least,
            Max = limited ? most : null,
        });
        return false;
    }

    private JsonElement? Find(string name, string type, bool required, params ReadOnlySpan<JsonValueKind> kinds)
    {
        _asked.Add(name);
        if (source.TryGetProperty(name, out var value))
        {
            if (kinds.Contains(value.ValueKind)) return value;
            WrongType(name, type);
        }
        else if (required)
        {
            problems.Add(ApiError.About("missing", path + name, $"'{path + name}' is required.") with { Type = type });
        }
        return null;
    }

    private void WrongType(string name, string type) =>
        problems.Add(ApiError.About("invalid", path + name, $"'{path + name}' must be of type {type}.") with { Type = type });

    [GeneratedRegex(@"\A[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\z", RegexOptions.IgnoreCase)]
    private static partial Regex UuidV4();
}
