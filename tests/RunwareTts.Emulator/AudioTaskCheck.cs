using System.Text.Json;

namespace RunwareTts.Emulator;

/// <summary>Checks an audioInference task against the page of its model.</summary>
internal sealed class AudioTaskCheck(MediaStore media, EmulatorSwitches now)
{
    /// <summary>Null when there are problems.</summary>
    public AudioOrder? Read(JsonElement task, List<ApiError> problems)
    {
        var fields = new Fields(task, "", problems);
        fields.Text("taskType");
        var uuid = fields.Uuid("taskUUID");
        var model = fields.OneOf("model", PageRules.Models);
        var prompt = Prompt(fields, model, problems);
        var outputType = fields.OneOf("outputType", PageRules.OutputTypes, "URL");
        var format = fields.OneOf("outputFormat", PageRules.Formats, "MP3");
        var delivery = fields.OneOf("deliveryMethod", PageRules.DeliveryMethods, "sync");
        var webhook = fields.Link("webhookURL");
        var upload = fields.Link("uploadEndpoint");
        var includeCost = fields.Boolean("includeCost") ?? false;
        var results = fields.Integer("numberResults", 1, PageRules.NumberResultsMost(model)) ?? 1;
        if (fields.Integer("ttl", PageRules.TtlLeast) is not null && outputType is not (null or "URL"))
            problems.Add(Together("ttl", "outputType", "'ttl' only applies when 'outputType' is 'URL'."));

        var maxNewTokens = Settings(fields, model, problems);
        var clip = model == PageRules.Base ? new ClipCheck(media, now).Read(fields, problems) : null;

        var encoding = AudioSettings(fields, format, problems);
        var speech = Speech(fields, model, problems);
        fields.RefuseUnknown();
        if (problems.Count > 0) return null;

        var order = speech! with
        {
            Model = model!,
            Prompt = prompt,
            Format = format!,
            Bitrate = encoding.Bitrate,
            SampleRate = encoding.SampleRate,
            Channels = encoding.Channels,
            MaxNewTokens = maxNewTokens,
            Clip = clip?.Sha256,
        };
        return new AudioOrder(uuid!, order, outputType!, delivery == "async", webhook, upload, includeCost, results)
        {
            Doom = clip?.Missing,
        };
    }

    private static int Settings(Fields fields, string? model, List<ApiError> problems)
    {
        const string Transcript = "settings.transcript";
        var settings = fields.Inner("settings");
        var maxNewTokens = settings?.Integer("maxNewTokens", 1) ?? PageRules.MaxNewTokensDefault;
        if (model == PageRules.Base)
        {
            var transcript = settings?.Text("transcript");
            var embeddingOnly = settings?.Boolean("xVectorOnly") ?? false;
            if (string.IsNullOrEmpty(transcript) && !embeddingOnly)
            {
                const string Message = $"'{Transcript}' is required unless 'settings.xVectorOnly' is true.";
                problems.Add(ApiError.About("missing", Transcript, Message) with { Type = "string" });
            }
        }
        settings?.RefuseUnknown();
        return maxNewTokens;
    }

    private static string? Prompt(Fields fields, string? model, List<ApiError> problems)
    {
        if (model == PageRules.Base) return null;
        var needed = model == PageRules.VoiceDesign;
        var prompt = fields.Text("positivePrompt", needed);
        if (needed && prompt is "")
            problems.Add(ApiError.About("missing", "positivePrompt", "'positivePrompt' must describe the voice.") with { Type = "string" });
        return prompt;
    }

    private SpeakOrder? Speech(Fields fields, string? model, List<ApiError> problems)
    {
        if (fields.Inner("speech", required: true) is not { } speech) return null;
        var text = speech.Text("text", required: true);
        if (text is not null && PageRules.Length(text) is 0 or > PageRules.TextLimit)
        {
            problems.Add(ApiError.About("invalid", "speech.text", $"'speech.text' must have 1 to {PageRules.TextLimit} characters.") with
            {
                Type = "string",
                Min = 1,
                Max = PageRules.TextLimit,
            });
        }
        var voice = model switch
        {
            PageRules.CustomVoice => speech.OneOf("voice", now.RefuseAuto ? PageRules.Names : PageRules.Presets),
            PageRules.VoiceDesign => speech.OneOf("voice", PageRules.DesignVoice),
            PageRules.Base => speech.OneOf("voice", PageRules.CloneVoice),
            _ => speech.Text("voice", required: true),
        };
        var language = speech.OneOf("language", PageRules.Languages, "Auto");
        var speed = speech.Stepped("speed", PageRules.SpeedLeast, PageRules.SpeedMost, PageRules.SpeedStep) ?? 1m;
        speech.RefuseUnknown();
        return text is null || voice is null || language is null
            ? null
            : new SpeakOrder(text, "", voice, null, language, (double)speed, "", null, null, null, 0, 0);
    }

    private static (int? Bitrate, int? SampleRate, int? Channels) AudioSettings(Fields fields, string? format, List<ApiError> problems)
    {
        if (fields.Inner("audioSettings") is not { } settings) return default;
        var lossy = format is not null && !PageRules.IsLossless(format);
        var bitrate = settings.Integer("bitrate", PageRules.BitrateLeast);
        var channels = settings.IntegerOf("channels", PageRules.ChannelCounts);
        var sampleRate = lossy ? settings.IntegerOf("sampleRate", PageRules.SampleRates(format!)) : settings.Integer("sampleRate", 1);
        settings.RefuseUnknown();
        if (format is not null && !lossy)
            problems.Add(Together("audioSettings", "outputFormat", $"'audioSettings' must not be provided with {format}."));
        // One wrong value is told once: limits that hang on it are not looked up.
        if (!lossy || problems.Count > 0) return default;

        var rows = PageRules.BitrateRows(format!, channels ?? PageRules.ChannelsDefault, sampleRate);
        if (bitrate is { } kbps && !rows.Any(row => kbps >= row.Least && kbps <= row.Most))
        {
            var (least, most) = (rows.Min(row => row.Least), rows.Max(row => row.Most));
            problems.Add(ApiError.About("invalid", "audioSettings.bitrate", $"The bitrate must be from {least} to {most} kbps here, not {kbps}.") with
            {
                Type = "integer",
                Min = least,
                Max = most,
            });
        }
        return (bitrate, sampleRate, channels);
    }

    private static ApiError Together(string one, string other, string message) =>
        new("incompatibleParameters", message) { Parameters = [one, other] };
}
