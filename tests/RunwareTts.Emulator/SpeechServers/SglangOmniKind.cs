using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RunwareTts.Emulator;

/// <summary>SGLang-Omni 0.1.9, by its speech service and its request builder for Qwen3-TTS.</summary>
internal sealed class SglangOmniKind(SpeechModel model) : SpeechKind(model)
{
    private const int MostLetters = 4096;
    private const string DefaultVoice = "default";
    private static readonly string[] CloneFields = ["ref_audio", "ref_text", "x_vector_only_mode"];
    private static readonly string[] Tasks = ["Base", "CustomVoice", "VoiceDesign"];
    private static readonly string[] Formats = ["aac", "flac", "mp3", "opus", "pcm", "wav"];

    // In the order in which it looks at them. A null is a field that was not given.
    private static readonly (string Kind, Func<JsonElement, bool> Fits, string[] Names)[] Types =
    [
        ("a string", value => value.ValueKind == JsonValueKind.String,
            ["model", "input", "voice", "speaker", "response_format", "task_type", "language", "instructions",
                "ref_audio", "ref_text"]),
        ("an integer", value => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
            ["max_new_tokens", "initial_codec_chunk_frames", "token_count", "duration_tokens", "seed", "top_k"]),
        ("a number", value => value.ValueKind == JsonValueKind.Number,
            ["speed", "temperature", "top_p", "repetition_penalty"]),
        ("a boolean", value => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            ["stream", "x_vector_only_mode"]),
    ];

    public override int Slots => 16;

    public override int Queue => 16;

    public override SpeechRefusal NoJson => Bad("speech request body must be valid JSON", null);

    // It has no key of its own; this is what a proxy before it would say.
    public override SpeechRefusal Unauthorized =>
        SpeechRefusal.Error(401, "Invalid API key.", "authentication_error", null, "invalid_api_key");

    public override SpeechVerdict Check(JsonElement body, SpeechServerSwitches now)
    {
        if (body.ValueKind != JsonValueKind.Object) return Bad("speech request body must be a JSON object", null);
        foreach (var (kind, fits, names) in Types)
        {
            if (Array.Find(names, name => Find(body, name) is { } value && !fits(value)) is { } wrong)
                return Bad($"{wrong} must be {kind}", wrong);
        }
        var request = new SglangRequest(body);
        if (now.NeedsModelAndVoice && FindMissing(request) is { } missing)
            return Bad($"{missing} is required", missing);
        if (request.Text is null) return Bad("input: Field required", null);
        if (request.Model is { Length: > 0 } asked && asked != ModelId)
        {
            return SpeechRefusal.Error(
                404, $"The model '{asked}' does not exist.", "invalid_request_error", "model", "model_not_found");
        }
        var refusal = FindBadField(request, body) ?? FindBadClip(request) ?? FindEngineError(request);
        return refusal is null ? request.ToJob() : refusal;
    }

    public override SpeechPage? FindPage(string path, SpeechServerSwitches now) => path switch
    {
        "/health" => new SpeechPage(
            new JsonObject
            {
                ["status"] = now.Unhealthy ? "unhealthy" : "healthy",
                ["running"] = !now.Unhealthy,
            },
            now.Unhealthy ? 503 : 200),
        "/v1/models" => new SpeechPage(Models()),
        "/v1/audio/voices" => new SpeechPage(new JsonObject
        {
            ["voices"] = ListOf(Model == SpeechModel.CustomVoice ? [.. Speakers, DefaultVoice] : [DefaultVoice]),
            ["uploaded_voices"] = new JsonArray(),
            ["cache_stats"] = new JsonObject { ["hits"] = 0, ["misses"] = 0 },
        }),
        _ => null,
    };

    public override SpeechRefusal NoPage(int status) =>
        SpeechRefusal.Detail(status, status == 404 ? "Not Found" : "Method Not Allowed");

    public override SpeechRefusal BadClip(string message) => Bad(message, "ref_audio");

    public override SpeechRefusal Failed(string message) =>
        SpeechRefusal.Error(500, message, "server_error", null, null);

    public override SpeechRefusal NoEncoder(string format) => SpeechRefusal.Error(
        503, $"PyAV, ffmpeg, or avconv is required for response_format='{format}'", "server_error", "response_format",
        null);

    public override void Tell(IHeaderDictionary headers, SpeechJob job, SpeechTake take)
    {
        headers.ContentDisposition = $"attachment; filename=\"speech.{job.Format}\"";
        headers["X-Finish-Reason"] = take.IsCut ? "length" : "stop";
        headers["X-Prompt-Tokens"] = job.TextTokens.ToString(CultureInfo.InvariantCulture);
        headers["X-Completion-Tokens"] = take.Tokens.ToString(CultureInfo.InvariantCulture);
    }

    private static string? FindMissing(SglangRequest request) =>
        string.IsNullOrWhiteSpace(request.Model) ? "model" : string.IsNullOrWhiteSpace(request.Voice) ? "voice" : null;

    private SpeechRefusal? FindBadField(SglangRequest request, JsonElement body)
    {
        if (string.IsNullOrWhiteSpace(request.Text)) return Bad("input must be a non-empty string", "input");
        if (request.Text.Length > MostLetters) return Bad($"input must be at most {MostLetters} characters", "input");
        if (!Formats.Contains(request.Format))
            return Bad($"response_format must be one of: {string.Join(", ", Formats)}", "response_format");
        if (Find(body, "stream") is { ValueKind: JsonValueKind.True })
            return Bad("stream=true is not spoken by the emulator", "stream");
        if (request.Speed is < LeastSpeed or > MostSpeed) return Bad("speed must be between 0.25 and 4.0", "speed");
        if (request.Task is { } task && !Tasks.Contains(Normal(task)))
            return Bad($"task_type must be one of: {string.Join(", ", Tasks)}", "task_type");
        if (Model == SpeechModel.CustomVoice && FindBadCustomVoice(request, body) is { } refusal) return refusal;
        if (request.Language is { } language && !Languages.Contains(language.Trim(), StringComparer.OrdinalIgnoreCase))
            return Bad($"language must be one of: {string.Join(", ", Languages)}", "language");
        if (request.MaxTokens <= 0) return Bad("max_new_tokens must be greater than 0", "max_new_tokens");
        return request.Seed < 0 ? Bad("seed must be greater than or equal to 0", "seed") : null;
    }

    private static SpeechRefusal? FindBadCustomVoice(SglangRequest request, JsonElement body)
    {
        if (request.Task is { } task && Normal(task) != nameof(SpeechModel.CustomVoice))
            return Bad("task_type must be one of: CustomVoice", "task_type");
        if (Array.Find(CloneFields, name => Find(body, name) is not null) is { } field)
            return Bad($"{field} is not supported by this model", field);
        var voice = request.Voice?.Trim().ToLowerInvariant();
        if (voice is null or "" or DefaultVoice || Speakers.Contains(voice)) return null;
        var supported = string.Join(", ", Speakers.Prepend(DefaultVoice));
        return Bad($"Unknown voice '{request.Voice}'. Supported voices: {supported}", "voice");
    }

    private static SpeechRefusal? FindBadClip(SglangRequest request)
    {
        if (request.Clip is not { } clip) return null;
        switch (RefAudio.SchemeOf(clip))
        {
            case "data":
                if (RefAudio.Decode(clip) is not { } bytes)
                    return Bad("ref_audio data URL must include base64 media data", "ref_audio");
                if (!clip.StartsWith("data:audio/", StringComparison.OrdinalIgnoreCase))
                    return Bad("ref_audio data URL must use an audio media type", "ref_audio");
                return bytes.Length > RefAudio.MostBytes
                    ? Bad($"ref_audio must be at most {RefAudio.MostBytes} bytes", "ref_audio")
                    : null;
            case "http" or "https":
                return Uri.TryCreate(clip, UriKind.Absolute, out var url) && !url.IsLoopback
                    ? null
                    : Bad("ref_audio URL resolves to an address that is not public", "ref_audio");
            case "file":
                return Bad("Cannot load local files without --allowed-local-media-path.", "ref_audio");
            case null:
                return Bad($"ref_audio file does not exist: {clip}", "ref_audio");
            default:
                return Bad("ref_audio must be an http, https, data, file:// URL, or local path", "ref_audio");
        }
    }

    // What the checkpoint finds out comes as HTTP 500, though the request is to blame.
    private SpeechRefusal? FindEngineError(SglangRequest request)
    {
        var isClone = request.Clip is not null || request.ClipText is not null;
        var task = request.Task is { } given ? Normal(given) : isClone ? "Base" : "CustomVoice";
        var problem = (Model, task) switch
        {
            (SpeechModel.Base, not "Base") when request.Task is null =>
                "Qwen3-TTS Base requires ref_audio or speaker_embedding; text-only requests require a CustomVoice or "
                    + "VoiceDesign checkpoint",
            _ when task != Model.ToString() => $"Qwen3-TTS {Model} checkpoint does not support {task}",
            (SpeechModel.Base, _) when request.Clip is null =>
                "Qwen3-TTS Base requires reference audio via ref_audio or references[0].audio_path",
            (SpeechModel.Base, _) when request.IsVectorOnly == false && string.IsNullOrEmpty(request.ClipText) =>
                "Qwen3-TTS Base requires non-empty ref_text unless x_vector_only_mode is enabled",
            (SpeechModel.Base, _) when RefAudio.Decode(request.Clip) is { } bytes =>
                RefAudio.FindProblem(bytes),
            (SpeechModel.VoiceDesign, _) when request.Clip is not null =>
                "Qwen3-TTS VoiceDesign does not accept ref_audio",
            (SpeechModel.VoiceDesign, _) when request.ClipText is not null =>
                "Qwen3-TTS VoiceDesign does not accept ref_text",
            (SpeechModel.VoiceDesign, _) when request.IsVectorOnly is not null =>
                "Qwen3-TTS VoiceDesign does not accept x_vector_only_mode",
            (SpeechModel.VoiceDesign, _) when string.IsNullOrWhiteSpace(request.Instructions) =>
                "Qwen3-TTS VoiceDesign requires instructions",
            _ => null,
        };
        return problem is null ? null : Failed(problem);
    }

    private JsonObject Models() => new()
    {
        ["object"] = "list",
        ["data"] = new JsonArray(new JsonObject
        {
            ["id"] = ModelId,
            ["object"] = "model",
            ["created"] = 0,
            ["owned_by"] = "sglang-omni",
            ["permission"] = new JsonArray(new JsonObject
            {
                ["id"] = "modelperm-default",
                ["object"] = "model_permission",
                ["allow_create_engine"] = false,
                ["allow_sampling"] = true,
                ["allow_logprobs"] = true,
            }),
            ["root"] = ModelId,
        }),
    };

    private static string? Normal(string task)
    {
        var plain = task.Trim().Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
        return Array.Find(Tasks, one => one.Equals(plain, StringComparison.OrdinalIgnoreCase));
    }

    private static SpeechRefusal Bad(string message, string? param) =>
        SpeechRefusal.Error(400, message, "BadRequestError", param, 400);

    private static JsonElement? Find(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private sealed class SglangRequest(JsonElement body)
    {
        public string? Text { get; } = Find(body, "input")?.GetString();
        public string? Model { get; } = Find(body, "model")?.GetString();
        public string? Voice { get; } = (Find(body, "voice") ?? Find(body, "speaker"))?.GetString();
        public string? Instructions { get; } = Find(body, "instructions")?.GetString();
        public string Format { get; } =
            Find(body, "response_format")?.GetString()!.Trim().ToLowerInvariant() ?? "wav";
        public double Speed { get; } = Find(body, "speed")?.GetDouble() ?? 1;
        public string? Task { get; } = Find(body, "task_type")?.GetString();
        public string? Language { get; } = Find(body, "language")?.GetString();
        public string? Clip { get; } = Find(body, "ref_audio")?.GetString();
        public string? ClipText { get; } = Find(body, "ref_text")?.GetString();
        public bool? IsVectorOnly { get; } = Find(body, "x_vector_only_mode")?.GetBoolean();
        public long? MaxTokens { get; } = Find(body, "max_new_tokens")?.GetInt64();
        public long? Seed { get; } = Find(body, "seed")?.GetInt64();

        public SpeechJob ToJob() => new()
        {
            Text = Text!,
            Voice = Voice,
            Instructions = Instructions,
            Seed = Seed,
            Speed = Speed,
            Format = Format,
            MaxTokens = (int)Math.Min(MaxTokens ?? SpeechJob.UsualMaxTokens, SpeechJob.UsualMaxTokens * 2),
            Clip = Clip,
        };
    }
}
