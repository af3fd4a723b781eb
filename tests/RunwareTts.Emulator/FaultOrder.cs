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
        ["status"] = order => new Fault.Status(order.Status ?? 503, order.BodyText, order.RetryAfter)
        {
            ClockAhead = TimeSpan.FromSeconds(order.ClockAhead ?? 0),
            RetryAt = order.RetryAt is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        },
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
        ["disguised-download"] = _ => new Fault.DisguisedDownload(),
        ["short-download"] = _ => new Fault.ShortDownload(),
        ["resampled-download"] = _ => new Fault.ResampledDownload(),
        ["redirect"] = order => new Fault.Redirect(order.Location ?? "https://elsewhere.example/v1", order.Status ?? 307),
        ["mistyped-download"] = order => new Fault.MistypedDownload(order.Type ?? "text/plain"),
        ["encoded-download"] = order => new Fault.EncodedDownload(order.Coding ?? "gzip"),
        ["misnamed-coding-download"] = order => new Fault.MisnamedCodingDownload(order.Coding ?? "gzip"),
        ["duplicate-webhook"] = _ => new Fault.DuplicateWebhook(),
    };

    private static readonly Dictionary<string, FaultPlace> Places = Enum.GetValues<FaultPlace>().ToDictionary(place => place.ToString().ToLowerInvariant());

    /// <summary>submit, poll, details, download, webhook or media. A rate without it is for all of them.</summary>
    public string? On { get; init; }

    /// <summary>The name of a fault or of a shape. A rate without it is for the usual ones.</summary>
    public string? Fault { get; init; }

    public int? Times { get; init; }

    /// <summary>The share of requests, from now on, in place of a number of times.</summary>
    public double? Rate { get; init; }

    public int? Seed { get; init; }
    public int? Status { get; init; }
    public string? RetryAfter { get; init; }

    /// <summary>Seconds from now, sent as a date.</summary>
    public double? RetryAt { get; init; }

    /// <summary>Seconds by which the service's clock is ahead.</summary>
    public double? ClockAhead { get; init; }

    /// <summary>Where a redirect points.</summary>
    public string? Location { get; init; }

    /// <summary>gzip, deflate or br.</summary>
    public string? Coding { get; init; }

    /// <summary>The type of a mistyped download.</summary>
    public string? Type { get; init; }

    public double? Seconds { get; init; }

    /// <summary>JSON, or a string that need not be JSON.</summary>
    public JsonElement? Body { get; init; }

    private string? BodyText => Body is { ValueKind: JsonValueKind.String } text ? text.GetString() : Body?.GetRawText();

    /// <exception cref="JsonException">It is not an order.</exception>
    public static FaultOrder Read(Stream json) => JsonSerializer.Deserialize<FaultOrder>(json, Strict) ?? throw new JsonException("null is no order.");

    /// <exception cref="ArgumentException">There is no such place or name, or they do not go together.</exception>
    public void Give(FaultPlan plan)
    {
        if (Rate is not null) GiveRate(plan, Rate.Value);
        else if (Seed is not null) throw new ArgumentException("A seed goes with a rate.");
        else if (Times is < 1 or > MostTimes) throw new ArgumentException($"times is 1 to {MostTimes}, not {Times}.");
        else plan.On(Place(), Make(), Times ?? 1);
    }

    private void GiveRate(FaultPlan plan, double rate)
    {
        if (Times is not null) throw new ArgumentException("It is a rate or a number of times.");
        if (On is not null) plan.AtRate(Place(), rate, Seed ?? 0, Fault is null ? [] : [Make()]);
        else if (Fault is null) plan.AtRate(rate, Seed ?? 0);
        else throw new ArgumentException("A rate of one fault needs to know on what.");
    }

    private FaultPlace Place() =>
        On is not null && Places.TryGetValue(On, out var place)
            ? place
            : throw new ArgumentException($"'{On}' is none of {string.Join(", ", Places.Keys)}.");

    private Fault Make()
    {
        if (Fault is null) throw new ArgumentException("Which fault?");
        return Faults.TryGetValue(Fault, out var make) ? make(this) : new Fault.Shaped(Fault, Status);
    }
}
