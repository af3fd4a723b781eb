using System.Text.Json;

namespace RunwareTts.Providers.Runware;

/// <summary>One error object of an answer, read from any of the shapes that the service uses.</summary>
/// <param name="Code">The raw code.</param>
/// <param name="Message">The service's words.</param>
/// <param name="Parameters">The fields that it is about.</param>
/// <param name="AllowedValues">What would do, where it lists that.</param>
/// <param name="Range">What would do, where it gives limits.</param>
/// <param name="Documentation">Where it is described.</param>
/// <param name="TaskUuid">The task that it names.</param>
/// <param name="IsTaskState">It says how the task ended, and not how asking for it went.</param>
/// <param name="Context">The answer that it stands in.</param>
internal sealed record WireError(string Code, string Message, IReadOnlyList<string> Parameters, IReadOnlyList<string> AllowedValues, string? Range, string? Documentation, Guid? TaskUuid, bool IsTaskState, WireContext Context)
{
    /// <summary>The code as part of an error id.</summary>
    public string SafeCode => new(Code.Where(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.').ToArray());

    public string Describe(string advice)
    {
        string where = Parameters.Count > 0 ? $", parameter {string.Join(", ", Parameters)}" : "";
        string allowed = AllowedValues.Count > 0 ? $" Allowed: {string.Join(", ", AllowedValues)}." : Range is null ? "" : $" Allowed: {Range}.";
        string link = Documentation is null ? "" : $" See {Documentation}.";
        return $"{Message.TrimEnd('.', ' ')} (Runware code "
            + $"{Code}{where}{(Context.Status >= 300 ? $", HTTP {Context.Status}" : "")}).{allowed} {advice}{link}";
    }

    /// <summary>Nothing of it could be read, so that it may not even be the service that speaks.</summary>
    public bool IsUnreadable { get; init; }

    /// <summary>An error without a body that can be read, as from a proxy.</summary>
    public static WireError Unreadable(string why, WireContext context) =>
        new(CodeOf(context.Status, "unrecognizedResponse"), context.Clean(why), [], [], null, null, null, false, context) { IsUnreadable = true };

    public static WireError Read(JsonElement error, Guid? task, WireContext context)
    {
        if (error.ValueKind != JsonValueKind.Object)
            return Unreadable(WireJson.String(error), context) with { TaskUuid = task };

        return new WireError(
            Text(error, "code") ?? Text(error, "errorId") ?? CodeOf(context.Status, "unknown"),
            context.Clean(Text(error, "message") ?? Text(error, "errorMessage") ?? "The service gave no message"),
            List(error, "parameter", context),
            List(error, "allowedValues", context),
            RangeOf(error),
            Text(error, "documentation"),
            WireJson.Id(error, "taskUUID") ?? (WireJson.Get(error, "context") is { } inner ? WireJson.Id(inner, "taskUUID") : null) ?? task,
            Text(error, "status") == "error",
            context);
    }

    private static string CodeOf(int status, string otherwise) => status >= 300 ? $"http{status}" : otherwise;

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
        WireJson.Get(error, name) is { ValueKind: JsonValueKind.String or JsonValueKind.Number } value && WireJson.String(value) is { Length: > 0 } text ? text : null;

    private static List<string> List(JsonElement error, string name, WireContext context) =>
        [.. (WireJson.Get(error, name) is not { } value ? []
            : value.ValueKind switch
            {
                JsonValueKind.Array => value.EnumerateArray().Select(WireJson.String),
                JsonValueKind.Object => value.EnumerateObject().Select(p => $"{p.Name}: {WireJson.String(p.Value)}"),
                _ => [WireJson.String(value)],
            }).Select(context.Clean)];
}
