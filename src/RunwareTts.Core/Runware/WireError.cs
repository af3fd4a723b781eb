using System.Text.Json;

namespace RunwareTts.Runware;

/// <summary>One error object of an answer, read from any of the shapes that the service uses.</summary>
internal sealed record WireError(string Code, string Message, IReadOnlyList<string> Parameters, IReadOnlyList<string> AllowedValues, string? Range, string? Documentation, Guid? TaskUuid, int HttpStatus, TimeSpan? RetryAfter)
{
    /// <summary>The code as part of an error id.</summary>
    public string SafeCode => new(Code.Where(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.').ToArray());

    public string Describe(string advice)
    {
        string where = Parameters.Count > 0 ? $", parameter {string.Join(", ", Parameters)}" : "";
        string allowed = AllowedValues.Count > 0 ? $" Allowed: {string.Join(", ", AllowedValues)}." : Range is null ? "" : $" Allowed: {Range}.";
        string link = Documentation is null ? "" : $" See {Documentation}.";
        return $"{Message.TrimEnd('.', ' ')} (Runware code {Code}{where}{(HttpStatus >= 400 ? $", HTTP {HttpStatus}" : "")}).{allowed} {advice}{link}";
    }

    /// <summary>An error without a body that can be read, as from a proxy.</summary>
    public static WireError Unreadable(int status, string why, TimeSpan? retryAfter) =>
        new(status >= 400 ? $"http{status}" : "unrecognizedResponse", why, [], [], null, null, null, status, retryAfter);

    public static WireError Read(JsonElement error, Guid? task, int status, TimeSpan? retryAfter)
    {
        if (error.ValueKind != JsonValueKind.Object)
            return Unreadable(status, error.ToString(), retryAfter) with { TaskUuid = task };

        return new WireError(
            Text(error, "code") ?? Text(error, "errorId") ?? (status >= 400 ? $"http{status}" : "unknown"),
            Text(error, "message") ?? Text(error, "errorMessage") ?? "The service gave no message",
            List(error, "parameter"),
            List(error, "allowedValues"),
            RangeOf(error),
            Text(error, "documentation"),
            WireJson.Id(error, "taskUUID") ?? (error.TryGetProperty("context", out JsonElement context) ? WireJson.Id(context, "taskUUID") : null) ?? task,
            status,
            retryAfter);
    }

    private static string? RangeOf(JsonElement error)
    {
        string? min = Text(error, "min");
        string? max = Text(error, "max");
        string? multiplier = Text(error, "multiplier");
        string range = (min, max) switch
        {
            (null, null) => "",
            (null, _) => $"up to {max}",
            (_, null) => $"{min} or more",
            _ => $"{min} to {max}",
        };
        return multiplier is null ? range.Length == 0 ? null : range : $"{range} in steps of {multiplier}".Trim();
    }

    private static string? Text(JsonElement error, string name) =>
        WireJson.Get(error, name) is { ValueKind: JsonValueKind.String or JsonValueKind.Number } value ? value.ToString() : null;

    private static List<string> List(JsonElement error, string name) =>
        WireJson.Get(error, name) is not { } value ? []
        : value.ValueKind switch
        {
            JsonValueKind.Array => [.. value.EnumerateArray().Select(v => v.ToString())],
            JsonValueKind.Object => [.. value.EnumerateObject().Select(p => $"{p.Name}: {p.Value}")],
            JsonValueKind.Null => [],
            _ => [value.ToString()],
        };
}
