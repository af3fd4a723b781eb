using System.Text.Json;
using System.Text.Json.Nodes;

namespace RunwareTts.Emulator;

internal sealed record ApiError(string Code, string Message)
{
    public const string TaskNotFound = "taskNotFound";

    /// <summary>Two names when the rule is about how two parameters go together.</summary>
    public string[] Parameters { get; init; } = [];
    public string? Type { get; init; }
    public object[]? AllowedValues { get; init; }
    public decimal? Min { get; init; }
    public decimal? Max { get; init; }
    public decimal? Multiplier { get; init; }
    public string? Status { get; init; }

    /// <summary>Of an answer that has nothing but errors.</summary>
    public int? HttpStatus { get; init; }

    /// <summary><c>invalid</c> and <c>speech.text</c> make <c>invalidText</c>.</summary>
    public static ApiError About(string kind, string parameter, string message)
    {
        var last = parameter[(parameter.LastIndexOf('.') + 1)..];
        return new($"{kind}{char.ToUpperInvariant(last[0])}{last[1..]}", message) { Parameters = [parameter] };
    }

    public JsonObject ToJson(string? taskType = null, string? taskUuid = null)
    {
        var json = new JsonObject { ["code"] = Code, ["message"] = Message };
        if (Status is not null) json["status"] = Status;
        if (Parameters.Length == 1) json["parameter"] = Parameters[0];
        if (Parameters.Length > 1) json["parameter"] = JsonSerializer.SerializeToNode(Parameters);
        if (Type is not null) json["type"] = Type;
        if (AllowedValues is not null) json["allowedValues"] = JsonSerializer.SerializeToNode(AllowedValues);
        if (Min is not null) json["min"] = Min;
        if (Max is not null) json["max"] = Max;
        if (Multiplier is not null) json["multiplier"] = Multiplier;
        if (taskType is not null) json["taskType"] = taskType;
        if (taskUuid is not null) json["taskUUID"] = taskUuid;
        json["documentation"] = "https://runware.ai/docs/platform/errors";
        return json;
    }
}
