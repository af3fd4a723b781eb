using System.Text.Json;
using RunwareTts.Requests;

namespace RunwareTts.Providers.Runware;

/// <summary>Writes requests as task objects. What was not given is not sent, so that the service's own defaults hold.</summary>
internal static class WireRequest
{
    public static void Inference(Utf8JsonWriter json, Guid task, SpeechRequest request, bool wait)
    {
        json.WriteStartObject();
        json.WriteString("taskType", "audioInference");
        json.WriteString("taskUUID", task);
        json.WriteString("model", request.Model);
        if ((request.VoiceDescription ?? request.Style) is { } prompt)
            json.WriteString("positivePrompt", prompt);

        json.WriteStartObject("speech");
        json.WriteString("text", request.Text);
        json.WriteString("voice", request.Voice);
        if (request.Language is not null)
            json.WriteString("language", request.Language);
        if (request.Speed is { } speed)
            json.WriteNumber("speed", speed);
        json.WriteEndObject();

        json.WriteString("outputFormat", request.OutputFormat);
        if (request.OutputType is not null)
            json.WriteString("outputType", request.OutputType);
        AudioSettings(json, request);
        if (request.MaxNewTokens is { } tokens)
        {
            json.WriteStartObject("settings");
            json.WriteNumber("maxNewTokens", tokens);
            json.WriteEndObject();
        }

        if (request.NumberResults > 1)
            json.WriteNumber("numberResults", request.NumberResults);
        if (request.Ttl is { } ttl)
            json.WriteNumber("ttl", ttl);
        if (request.WebhookUrl is { } webhook)
            json.WriteString("webhookURL", webhook.OriginalString);
        if (request.UploadEndpoint is { } upload)
            json.WriteString("uploadEndpoint", upload.OriginalString);

        json.WriteString("deliveryMethod", wait ? "sync" : "async");
        json.WriteBoolean("includeCost", true);
        json.WriteEndObject();
    }

    public static void Response(Utf8JsonWriter json, Guid task)
    {
        json.WriteStartObject();
        json.WriteString("taskType", "getResponse");
        json.WriteString("taskUUID", task);
        json.WriteEndObject();
    }

    public static void Details(Utf8JsonWriter json, Guid task)
    {
        json.WriteStartObject();
        json.WriteString("taskType", "getTaskDetails");
        json.WriteString("taskUUID", task);
        json.WriteEndObject();
    }

    public static void Ping(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("taskType", "ping");
        json.WriteString("taskUUID", Guid.NewGuid());
        json.WriteBoolean("ping", true);
        json.WriteEndObject();
    }

    public static void Account(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("taskType", "accountManagement");
        json.WriteString("taskUUID", Guid.NewGuid());
        json.WriteString("operation", "getDetails");
        json.WriteEndObject();
    }

    private static void AudioSettings(Utf8JsonWriter json, SpeechRequest request)
    {
        if (request.Bitrate is null && request.SampleRate is null && request.Channels is null)
            return;
        json.WriteStartObject("audioSettings");
        if (request.Bitrate is { } bitrate)
            json.WriteNumber("bitrate", bitrate);
        if (request.SampleRate is { } sampleRate)
            json.WriteNumber("sampleRate", sampleRate);
        if (request.Channels is { } channels)
            json.WriteNumber("channels", channels);
        json.WriteEndObject();
    }
}
