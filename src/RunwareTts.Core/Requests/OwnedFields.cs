namespace RunwareTts.Requests;

/// <summary>Fields of a task that -Option may not have, and what to use in their place.</summary>
internal static class OwnedFields
{
    private const string Module = "the module sets it";

    // Whatever is below one of these names is refused too.
    private static readonly Dictionary<string, string> Owners = new(StringComparer.OrdinalIgnoreCase)
    {
        ["taskType"] = Module,
        ["taskUUID"] = Module,
        ["includeCost"] = Module,
        ["deliveryMethod"] = $"{Module}; -Async does not wait for results",
        ["settings.xVectorOnly"] = $"{Module} for a ReferenceAudio without a Transcript",
        ["model"] = Use("Model"),
        ["positivePrompt"] = "use Style or VoiceDescription",
        ["speech.text"] = Use("Text"),
        ["speech.voice"] = Use("Voice"),
        ["speech.language"] = Use("Language"),
        ["speech.speed"] = Use("Speed"),
        ["inputs.audio"] = Use("ReferenceAudio"),
        ["settings.transcript"] = Use("Transcript"),
        ["settings.maxNewTokens"] = Use("MaxNewTokens"),
        ["outputType"] = Use("OutputType"),
        ["outputFormat"] = Use("OutputFormat"),
        ["audioSettings"] = "use Bitrate, SampleRate and Channels",
        ["numberResults"] = Use("NumberResults"),
        ["ttl"] = Use("Ttl"),
        ["webhookURL"] = Use("WebhookUrl"),
        ["uploadEndpoint"] = Use("UploadEndpoint"),
    };

    // The module puts its own fields into these.
    private static readonly string[] Tables = ["speech", "inputs", "settings"];

    /// <summary>What to use for a dotted name, or for one of the names that it is below; null for a free one.</summary>
    public static string? FindOwner(string name) =>
        Owners.TryGetValue(name, out string? owner) ? owner
        : name.LastIndexOf('.') is var dot and > 0 ? FindOwner(name.Substring(0, dot))
        : null;

    /// <summary>The module has fields in this table too.</summary>
    public static bool IsTable(string name) => Array.IndexOf(Tables, name) >= 0;

    /// <summary>A name in which such a table has the service's letter case; all else is sent as given.</summary>
    public static string Spell(string name)
    {
        int dot = name.IndexOf('.');
        string first = dot < 0 ? name : name.Substring(0, dot);
        string? table = Array.Find(Tables, t => t.Equals(first, StringComparison.OrdinalIgnoreCase));
        return table is null || dot < 0 ? table ?? name : $"{table}.{name.Substring(dot + 1)}";
    }

    private static string Use(string parameter) => $"use {parameter}";
}
