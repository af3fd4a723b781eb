using System.Text.Json;
using RunwareTts.Providers.Http;

namespace RunwareTts.Providers.Runware;

/// <summary>One error object of an answer, read from any of the shapes that the service uses.</summary>
internal sealed record WireError
{
    /// <summary>The raw code.</summary>
    public required string Code { get; init; }

    /// <summary>The service's words.</summary>
    public required string Message { get; init; }

    public required WireContext Context { get; init; }

    /// <summary>The request fields that it is about.</summary>
    public IReadOnlyList<string> Parameters { get; init; } = [];

    public IReadOnlyList<string> AllowedValues { get; init; } = [];

    /// <summary>The allowed limits, in words.</summary>
    public string? Range { get; init; }

    public string? Documentation { get; init; }

    /// <summary>The task that it names.</summary>
    public Guid? TaskUuid { get; init; }

    /// <summary>It says how the task ended, and not how asking for it went.</summary>
    public bool IsTaskState { get; init; }

    /// <summary>It is about the clip that is to be cloned.</summary>
    public bool IsAboutClip { get; init; }

    /// <summary>Nothing of it could be read, so that it may not even be the service that answers.</summary>
    public bool IsUnreadable { get; init; }

    /// <summary>The code as part of an error id.</summary>
    public string SafeCode => string.Concat(Code.Where(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.'));

    public string Describe(string advice)
    {
        string where = Parameters.Count > 0 ? $", parameter {string.Join(", ", Parameters)}" : "";
        string status = Context.Status >= 300 ? $", HTTP {Context.Status}" : "";
        string allowed = AllowedValues.Count > 0 ? $" Allowed: {string.Join(", ", AllowedValues)}."
            : Range is null ? "" : $" Allowed: {Range}.";
        string link = Documentation is null ? "" : $" See {Documentation}.";
        return $"{Message.TrimEnd('.', ' ')} (Runware code {Code}{where}{status}).{allowed} {advice}{link}";
    }

    /// <summary>An error without a body that can be read, as from a proxy.</summary>
    public static WireError Unreadable(string why, WireContext context) => new()
    {
        Code = CodeOf(context.Status, "unrecognizedResponse"),
        Message = context.Clean(why),
        Context = context,
        IsUnreadable = true,
    };

    public static WireError Read(JsonElement error, Guid? task, WireContext context)
    {
        if (error.ValueKind != JsonValueKind.Object)
            return Unreadable(error.ToText(), context) with { TaskUuid = task };
        return new WireError
        {
            Code = Text(error, "code") ?? Text(error, "errorId") ?? CodeOf(context.Status, "unknown"),
            Message = context.Clean(
                Text(error, "message") ?? Text(error, "errorMessage") ?? "The service gave no message"),
            Context = context,
            Parameters = List(error, "parameter", context),
            AllowedValues = List(error, "allowedValues", context),
            Range = RangeOf(error),
            Documentation = Text(error, "documentation"),
            TaskUuid = error.GetId("taskUUID") ?? error.Get("context")?.GetId("taskUUID") ?? task,
            IsTaskState = Text(error, "status") == "error",
        };
    }

    private static string CodeOf(int status, string otherwise) => status >= 300 ? $"http{status}" : otherwise;

    private static string? RangeOf(JsonElement error)
    {
        string? range = (Text(error, "min"), Text(error, "max")) switch
        {
            (null, null) => null,
            (null, { } max) => $"up to {max}",
            ({ } min, null) => $"{min} or more",
            ({ } min, { } max) => $"{min} to {max}",
        };
        return Text(error, "multiplier") is { } step ? $"{range} in steps of {step}".Trim() : range;
    }

    private static string? Text(JsonElement error, string name) =>
        error.Get(name) is { ValueKind: JsonValueKind.String or JsonValueKind.Number } value
        && value.ToText() is { Length: > 0 } text ? text : null;

    private static string[] List(JsonElement error, string name, WireContext context)
    {
        if (error.Get(name) is not { } value)
            return [];
        IEnumerable<string> items = value.ValueKind switch
        {
            JsonValueKind.Array => value.EnumerateArray().Select(item => item.ToText()),
            JsonValueKind.Object => value.EnumerateObject().Select(p => $"{p.Name}: {p.Value.ToText()}"),
            _ => [value.ToText()],
        };
        return [.. items.Select(context.Clean)];
    }
}
