using System.Text.Json;
using System.Text.Json.Serialization;

namespace RunwareTts.Emulator;

/// <summary>
/// How a speech server behaves; can change while it runs. A switch whose name ends with Text acts on each text that
/// contains it, so "" means every text.
/// </summary>
public sealed record SpeechServerSwitches
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Seconds of work for each request: the speed of the server.</summary>
    public double Delay { get; init; }

    /// <summary>How many requests it works on at once. Null: as the kind does (vLLM 10, SGLang 16, Plain 1).</summary>
    public int? Slots { get; init; }

    /// <summary>How many more may wait. Null: as the kind does (SGLang 16, the others any number).</summary>
    public int? Queue { get; init; }

    /// <summary>What the request too many gets: 503, or 429 with the code admission_rejected.</summary>
    public int BusyStatus { get; init; } = 503;

    /// <summary>The bearer token that is asked for; the rest gets 401.</summary>
    public string? Key { get; init; }

    /// <summary>vLLM-Omni's limit of instructions, which a flag of that server raises.</summary>
    public int MaxInstructions { get; init; } = 500;

    /// <summary>Bodies over this number of bytes get 413, as from a proxy before the server. 0: no limit.</summary>
    public int MaxBody { get; init; }

    /// <summary>Every clip is one token of sound, 0.08 s, for very many requests.</summary>
    public bool Tiny { get; init; }

    /// <summary>No header tells the tokens or the finish reason, as vLLM-Omni before 0.28.</summary>
    public bool HeaderMissing { get; init; }

    /// <summary>The Content-Type of each clip, whatever its bytes are.</summary>
    public string? ContentType { get; init; }

    /// <summary>No encoder is installed: wav and pcm only.</summary>
    public bool NoEncoder { get; init; }

    /// <summary>Plain answers a compressed format with a WAV file, under the type of that format.</summary>
    public bool WavForMp3 { get; init; } = true;

    /// <summary>SGLang-Omni wants model and voice in each request, as some of its versions do.</summary>
    public bool NeedsModelAndVoice { get; init; }

    /// <summary>GET /health says that the server is not ready. It speaks all the same.</summary>
    public bool Unhealthy { get; init; }

    /// <summary>HTTP 500 after the work.</summary>
    public string? FailText { get; init; }

    /// <summary>The text is spoken, then near-silence follows up to the cap of tokens.</summary>
    public string? RunawayText { get; init; }

    /// <summary>A hiss that fades takes the place of speech.</summary>
    public string? BabbleText { get; init; }

    /// <summary>The request is taken and never answered.</summary>
    public string? HangText { get; init; }

    /// <summary>The server crashes when it begins to work on it.</summary>
    public string? CrashText { get; init; }

    /// <summary>The server crashes when it begins the request of this number, counted from 1. 0: never.</summary>
    public int CrashAfter { get; init; }

    /// <summary>A crashed server is up again after this number of seconds. Null: when it is told to.</summary>
    public double? UpAfter { get; init; }

    /// <summary>These switches with the ones changed that the JSON object names.</summary>
    /// <exception cref="JsonException">It is no JSON object, or names something that is no switch.</exception>
    public SpeechServerSwitches With(string json)
    {
        using var changes = JsonDocument.Parse(json);
        if (changes.RootElement.ValueKind != JsonValueKind.Object)
            throw new JsonException("Switches are a JSON object.");
        var all = JsonSerializer.SerializeToNode(this, Strict)!.AsObject();
        foreach (var change in changes.RootElement.EnumerateObject())
            all[change.Name] = JsonSerializer.SerializeToNode(change.Value);
        var changed = JsonSerializer.Deserialize<SpeechServerSwitches>(all, Strict)!;
        double?[] numbers = [changed.Delay, changed.UpAfter, changed.Queue, changed.CrashAfter, changed.MaxBody];
        if (numbers.Any(number => number < 0))
            throw new JsonException("A number of a switch is 0 or more.");
        if (changed.Slots < 1 || changed.MaxInstructions < 1)
            throw new JsonException("slots and maxInstructions are 1 or more.");
        if (changed.BusyStatus is not (429 or 503))
            throw new JsonException("busyStatus is 429 or 503.");
        return changed;
    }

    public string ToJson() => JsonSerializer.Serialize(this, Strict);

    internal static bool Hits(string? part, string text) =>
        part is not null && text.Contains(part, StringComparison.Ordinal);
}
