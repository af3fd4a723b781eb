using RunwareTts.Requests;

namespace RunwareTts.Providers.SelfHosted;

/// <summary>Fields of a server's request that have a parameter, so that -Option may not set them.</summary>
internal static class OwnedServerFields
{
    private static readonly Dictionary<string, string> Owners = new(StringComparer.OrdinalIgnoreCase)
    {
        ["input"] = "use Text",
        ["model"] = "use Model",
        ["task_type"] = "use Model",
        ["voice"] = "use Voice",
        ["speaker"] = "use Voice",
        ["instructions"] = "use Style or VoiceDescription",
        ["instruct"] = "use Style or VoiceDescription",
        ["language"] = "use Language",
        ["speed"] = "use Speed",
        ["response_format"] = "use OutputFormat",
        ["sample_rate"] = "use SampleRate",
        ["max_new_tokens"] = "use MaxNewTokens",
        ["ref_audio"] = "use ReferenceAudio",
        ["references"] = "use ReferenceAudio",
        ["ref_text"] = "use Transcript",
        ["x_vector_only_mode"] = "leave the Transcript out",
        ["stream"] = "results come whole",
        ["stream_format"] = "results come whole",
    };

    /// <summary>The first of them in an option, and what to use instead; null for none.</summary>
    public static (string Field, string Instead)? Find(RequestOption option)
    {
        foreach (string name in option.ToJson().Select(field => field.Key))
        {
            if (Owners.TryGetValue(name, out string? instead))
                return (name, instead);
        }

        return null;
    }
}
