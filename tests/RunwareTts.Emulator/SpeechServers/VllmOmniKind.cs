using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RunwareTts.Emulator;

/// <summary>vLLM-Omni 0.30, by its page of the speech API and its adapter for Qwen3-TTS.</summary>
internal sealed class VllmOmniKind(SpeechModel model) : SpeechKind(model)
{
    private const int MostNewTokens = 4096;
    private const int LeastBaseCap = 192;
    private const int BaseCapATextToken = 12;
    private static readonly string[] Tasks = ["CustomVoice", "VoiceDesign", "Base"];
    private static readonly string[] Formats = ["wav", "pcm", "flac", "mp3", "aac", "opus"];

    public override int Slots => 10;

    public override SpeechRefusal NoJson => Malformed([new JsonObject
    {
        ["type"] = "json_invalid",
        ["loc"] = new JsonArray("body", 0),
        ["msg"] = "JSON decode error",
        ["input"] = new JsonObject(),
    }]);

    public override SpeechRefusal Unauthorized => new(401, new JsonObject { ["error"] = "Unauthorized" });

    public override SpeechVerdict Check(JsonElement body, SpeechServerSwitches now)
    {
        if (body.ValueKind != JsonValueKind.Object) return NoJson;
        var fields = new PydanticFields(body);
        var request = new VllmRequest(fields);
        if (fields.Problems.Count > 0) return Malformed(fields.Problems);
        if (request.Model is { } asked && asked != ModelId)
            return SpeechRefusal.Error(404, $"The model `{asked}` does not exist.", "NotFoundError", "model", 404);
        if (fields.Flag("stream") == true || fields.Text("stream_format") is not null)
            return Bad("The emulator does not stream. Leave out stream and stream_format.");

        var task = request.Task ?? (request.Clip ?? request.ClipText) switch
        {
            null => nameof(SpeechModel.CustomVoice),
            _ => nameof(SpeechModel.Base),
        };
        return FindProblem(request, task, now) is { } problem ? Bad(problem)
            : task == nameof(SpeechModel.Base) && request.Voice is not null && IsInline(request.Clip)
                ? new SpeechVerdict.Crash()
                : request.ToJob(ClipSeconds(request));
    }

    public override SpeechPage? FindPage(string path, SpeechServerSwitches now) => path switch
    {
        "/health" => new SpeechPage(null, now.Unhealthy ? 503 : 200),
        "/version" => new SpeechPage(new JsonObject { ["version"] = "0.30.0" }),
        "/v1/models" => new SpeechPage(Models()),
        "/v1/audio/voices" => new SpeechPage(new JsonObject
        {
            ["voices"] = ListOf(Model == SpeechModel.CustomVoice ? Speakers : []),
            ["uploaded_voices"] = new JsonArray(),
        }),
        _ => null,
    };

    public override SpeechRefusal NoPage(int status)
    {
        var phrase = status == 404 ? "Not Found" : "Method Not Allowed";
        return SpeechRefusal.Error(status, phrase, phrase, null, status);
    }

    public override SpeechRefusal BadClip(string message) => Bad(message);

    public override SpeechRefusal Failed(string message) =>
        SpeechRefusal.Error(500, message, "InternalServerError", null, 500);

    public override SpeechRefusal NoEncoder(string format) => Failed($"No encoder for '{format}' is installed.");

    // Even an explicit max_new_tokens does not raise it.
    public override SpeechRefusal? FindOverrun(SpeechJob job, SpeechTake take) =>
        Model == SpeechModel.Base && take.Tokens > Math.Max(LeastBaseCap, BaseCapATextToken * job.TextTokens)
            ? Failed("TTS model did not produce audio output: the generation ran over its cap of tokens.")
            : null;

    public override void Tell(IHeaderDictionary headers, SpeechJob job, SpeechTake take)
    {
        var clip = (int)Math.Ceiling(job.ClipSeconds * SpeechSound.TokensASecond);
        var input = job.TextTokens + clip;
        headers["x-vllm-omni-input-tokens"] = Text(input);
        headers["x-vllm-omni-output-tokens"] = Text(take.Tokens);
        headers["x-vllm-omni-total-tokens"] = Text(input + take.Tokens);
        headers["x-vllm-omni-input-text-tokens"] = Text(job.TextTokens);
        headers["x-vllm-omni-input-audio-tokens"] = Text(clip);

        static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
    }

    private string? FindProblem(VllmRequest request, string task, SpeechServerSwitches now)
    {
        if (task != Model.ToString())
        {
            return $"Qwen3-TTS {Model} checkpoint does not support task_type='{task}'. Use task_type='{Model}' "
                + $"or load the matching {task} checkpoint.";
        }
        if (string.IsNullOrWhiteSpace(request.Text)) return "Input text cannot be empty";
        if (request.Language is { } language && !Languages.Contains(language, StringComparer.OrdinalIgnoreCase))
            return $"Invalid language '{language}'. Supported: {string.Join(", ", Languages)}";
        if (Model == SpeechModel.CustomVoice && request.Voice is { } voice && !Speakers.Contains(voice))
            return $"Invalid voice '{voice}'. Supported: {string.Join(", ", Speakers)}";
        var cloneProblem = Model == SpeechModel.Base ? FindCloneProblem(request) : FindStrayField(request);
        if (cloneProblem is not null) return cloneProblem;
        if (Model == SpeechModel.VoiceDesign && string.IsNullOrEmpty(request.Instructions))
            return "VoiceDesign task requires 'instructions' to describe the voice";
        if (request.Instructions?.Length > now.MaxInstructions)
            return $"Instructions too long (max {now.MaxInstructions} characters)";
        if (request.MaxTokens < 1) return "max_new_tokens must be at least 1";
        if (request.MaxTokens > MostNewTokens) return $"max_new_tokens cannot exceed {MostNewTokens}";
        return request.Rate is null or 8000 or 24000
            ? null
            : $"Qwen3-TTS supports a sample_rate of 8000 or 24000, got {request.Rate}";
    }

    private static string? FindStrayField(VllmRequest request) => request switch
    {
        { ClipText: not null } => "'ref_text' is only valid for Base task",
        { IsVectorOnly: not null } => "'x_vector_only_mode' is only valid for Base task",
        _ => null,
    };

    private static string? FindCloneProblem(VllmRequest request)
    {
        if (request.Clip is not { } clip)
        {
            return request.Voice is { } voice
                ? $"Base task with built-in speaker '{voice}' requires 'ref_audio' for voice cloning"
                : "Base task requires 'ref_audio' or 'speaker_embedding' for voice cloning";
        }
        if (RefAudio.SchemeOf(clip) is not ("http" or "https" or "data" or "file"))
            return "ref_audio must be a URL (http/https), base64 data URL (data:...), or file URI (file://...)";
        if (request.IsVectorOnly != true && string.IsNullOrWhiteSpace(request.ClipText))
        {
            return "Base task requires non-empty 'ref_text' (transcript of the reference audio) unless "
                + "'x_vector_only_mode' is enabled";
        }
        return RefAudio.SchemeOf(clip) switch
        {
            "file" => "Cannot load local files without --allowed-local-media-path.",
            "data" => RefAudio.Decode(clip) is { } bytes ? RefAudio.FindProblem(bytes) : "Invalid data URL",
            _ => null,
        };
    }

    private static bool IsInline(string? clip) => clip is not null && RefAudio.SchemeOf(clip) == "data";

    private double ClipSeconds(VllmRequest request) =>
        Model == SpeechModel.Base && request.IsVectorOnly != true && RefAudio.Decode(request.Clip) is { } bytes
            ? RefAudio.Seconds(bytes) ?? 0
            : 0;

    private JsonObject Models() => new()
    {
        ["object"] = "list",
        ["data"] = new JsonArray(new JsonObject
        {
            ["id"] = ModelId,
            ["object"] = "model",
            ["created"] = 1_796_000_000,
            ["owned_by"] = "vllm",
            ["root"] = ModelId,
            ["parent"] = null,
            ["max_model_len"] = 4096,
            ["permission"] = new JsonArray(),
        }),
    };

    private static SpeechRefusal Bad(string message) =>
        SpeechRefusal.Error(400, message, "BadRequestError", null, 400);

    private static SpeechRefusal Malformed(IReadOnlyList<JsonObject> problems)
    {
        var lines = problems.Select(problem => $"\n  {Wire.Json(problem)}");
        var count = problems.Count == 1 ? "1 validation error:" : $"{problems.Count} validation errors:";
        return SpeechRefusal.Error(400, count + string.Concat(lines), "Bad Request", null, 400);
    }

    private sealed class VllmRequest(PydanticFields fields)
    {
        public string? Text { get; } = fields.Text("input", required: true);
        public string? Model { get; } = fields.Text("model");
        public string? Voice { get; } = (fields.Text("voice") ?? fields.Text("speaker"))?.ToLowerInvariant();
        public string? Instructions { get; } = fields.Text("instructions");
        public string Format { get; } = fields.OneOf("response_format", Formats) ?? "wav";
        public double Speed { get; } = fields.Number("speed", LeastSpeed, MostSpeed) ?? 1;
        public string? Task { get; } = fields.OneOf("task_type", Tasks);
        public string? Language { get; } = fields.Text("language");
        public string? Clip { get; } = fields.Text("ref_audio");
        public string? ClipText { get; } = fields.Text("ref_text");
        public bool? IsVectorOnly { get; } = fields.Flag("x_vector_only_mode");
        public long? MaxTokens { get; } = fields.Integer("max_new_tokens");
        public long? Seed { get; } = fields.Integer("seed", 0);
        public long? Rate { get; } = fields.Integer("sample_rate", 1);

        public SpeechJob ToJob(double clipSeconds) => new()
        {
            Text = Text!,
            Voice = Voice,
            Instructions = Instructions,
            Seed = Seed,
            Speed = Speed,
            Format = Format,
            Rate = (int)(Rate ?? 24000),
            MaxTokens = (int)(MaxTokens ?? SpeechJob.UsualMaxTokens),
            Clip = Clip,
            ClipSeconds = clipSeconds,
        };
    }
}
