using System.Text.Json;
using System.Text.Json.Serialization;

namespace RunwareTts.Emulator;

/// <summary>A fault or a shape as it is asked for by JSON.</summary>
internal sealed record FaultOrder
{
    private const int MostTimes = 10_000;
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };

    /// <summary>The faults by name; any other name is a shape's.</summary>
    public static readonly IReadOnlyDictionary<string, Func<FaultOrder, Fault>> Faults = new Dictionary<string, Func<FaultOrder, Fault>>
    {
        ["status"] = order => new Fault.Status(order.Status ?? 503, order.BodyText, order.RetryAfter),
        ["error-body"] = order => new Fault.ErrorBody(order.BodyText ?? "{}", order.Status ?? 200),
        ["html-refusal"] = order => new Fault.Html(order.Status ?? 200),
        ["empty"] = _ => new Fault.Empty(),
        ["reset-before-accept"] = _ => new Fault.ResetBeforeAccept(),
        ["reset-after-accept"] = _ => new Fault.ResetAfterAccept(),
        ["cut-answer"] = _ => new Fault.CutAnswer(),
        ["slow"] = order => new Fault.Slow(TimeSpan.FromSeconds(order.Seconds ?? 5)),
        ["cut-download"] = _ => new Fault.CutDownload(),
        ["not-found-download"] = _ => new Fault.NotFoundDownload(),
        ["html-download"] = _ => new Fault.HtmlDownload(),
    };

    /// <summary>submit, poll or download.</summary>
    public required string On { get; init; }

    /// <summary>The name of a fault or of a shape.</summary>
    public required string Fault { get; init; }

    public int Times { get; init; } = 1;
    public int? Status { get; init; }
    public string? RetryAfter { get; init; }
    public double? Seconds { get; init; }

    /// <summary>JSON, or a string that need not be JSON.</summary>
    public JsonElement? Body { get; init; }

    private string? BodyText => Body is { ValueKind: JsonValueKind.String } text ? text.GetString() : Body?.GetRawText();

    /// <exception cref="JsonException">It is not an order.</exception>
    public static FaultOrder Read(Stream json) => JsonSerializer.Deserialize<FaultOrder>(json, Strict) ?? throw new JsonException("null is no order.");

    /// <exception cref="ArgumentException">There is no such place or name, or they do not go together.</exception>
    public void Give(FaultPlan plan)
    {
        if (Times is < 1 or > MostTimes) throw new ArgumentException($"times is 1 to {MostTimes}, not {Times}.");
        var fault = Faults.TryGetValue(Fault, out var make) ? make(this) : new Fault.Shaped(Fault, Status);
        Action<Fault, int> add = On switch
        {
            "submit" => plan.OnSubmit,
            "poll" => plan.OnPoll,
            "download" => plan.OnDownload,
            _ => throw new ArgumentException($"'{On}' is none of submit, poll and download."),
        };
        add(fault, Times);
    }
}
