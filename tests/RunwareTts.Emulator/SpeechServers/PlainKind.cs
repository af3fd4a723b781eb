using System.Text.Json;
using System.Text.Json.Nodes;

namespace RunwareTts.Emulator;

/// <summary>
/// A small FastAPI server: its style is instruct, it ignores the fields that it does not know (seed, max_new_tokens,
/// instructions, ref_audio), and its health page is always HTTP 200.
/// </summary>
internal sealed class PlainKind(SpeechModel model) : SpeechKind(model)
{
    private const int MostLetters = 4096;
    private static readonly string[] ModelNames = ["qwen3-tts", "tts-1", "tts-1-hd"];
    private static readonly string[] Formats = ["mp3", "opus", "aac", "flac", "wav", "pcm"];
    private static readonly string[] Aliases = ["alloy", "echo", "fable", "nova", "onyx", "shimmer"];

    public override int Slots => 1;

    public override SpeechRefusal NoJson => SpeechRefusal.Detail(422, new JsonArray(new JsonObject
    {
        ["type"] = "json_invalid",
        ["loc"] = new JsonArray("body", 0),
        ["msg"] = "JSON decode error",
        ["input"] = new JsonObject(),
    }));

    public override SpeechRefusal Unauthorized => SpeechRefusal.Detail(401, "Not authenticated");

    public override SpeechVerdict Check(JsonElement body, SpeechServerSwitches now)
    {
        if (body.ValueKind != JsonValueKind.Object) return NoJson;
        var fields = new PydanticFields(body);
        var text = fields.Text("input", required: true);
        var name = fields.Text("model") ?? ModelNames[0];
        var job = new SpeechJob
        {
            Text = text ?? "",
            Voice = fields.Text("voice"),
            Instructions = fields.Text("instruct"),
            Format = fields.OneOf("response_format", Formats) ?? Formats[0],
            Speed = fields.Number("speed", LeastSpeed, MostSpeed) ?? 1,
        };
        // Whatever it is; a language that it does not know is taken too.
        fields.Text("language");
        if (fields.Problems.Count > 0) return SpeechRefusal.Detail(422, new JsonArray([.. fields.Problems]));
        if (job.Text.Length > MostLetters) return TooLong(job.Text);
        if (!ModelNames.Contains(name))
        {
            var names = string.Join(", ", ModelNames);
            return Problem(400, "invalid_model", $"Unsupported model: {name}. Supported: {names}");
        }
        if (string.IsNullOrWhiteSpace(job.Text))
            return Problem(400, "invalid_input", "Input text is empty after normalization");
        return FindFailure(job) is { } failure ? Failed(failure) : job;
    }

    public override SpeechPage? FindPage(string path, SpeechServerSwitches now) => path switch
    {
        "/health" => new SpeechPage(new JsonObject
        {
            ["status"] = now.Unhealthy ? "initializing" : "healthy",
            ["backend"] = new JsonObject { ["name"] = "official", ["model_id"] = ModelId, ["ready"] = !now.Unhealthy },
        }),
        "/v1/models" => new SpeechPage(new JsonObject
        {
            ["object"] = "list",
            ["data"] = new JsonArray([.. ModelNames.Select(name => new JsonObject
            {
                ["id"] = name,
                ["object"] = "model",
                ["created"] = 1_737_734_400,
                ["owned_by"] = "qwen",
            })]),
        }),
        "/v1/voices" or "/v1/audio/voices" => new SpeechPage(Voices()),
        _ => null,
    };

    public override SpeechRefusal NoPage(int status) =>
        SpeechRefusal.Detail(status, status == 404 ? "Not Found" : "Method Not Allowed");

    public override SpeechRefusal BadClip(string message) => Problem(400, "invalid_audio", message);

    public override SpeechRefusal Failed(string message) =>
        Problem(500, "processing_error", $"Speech generation failed: {message}");

    public override SpeechRefusal NoEncoder(string format) => Failed($"No encoder for {format} is installed.");

    public override SpeechRefusal Busy(int status) => SpeechRefusal.Detail(status, "The server is busy.");

    public override void Tell(IHeaderDictionary headers, SpeechJob job, SpeechTake take) =>
        headers.ContentDisposition = $"attachment; filename=speech.{job.Format}";

    private string? FindFailure(SpeechJob job) => Model switch
    {
        SpeechModel.Base => "the model is Base; it does not support generate_custom_voice",
        SpeechModel.VoiceDesign when string.IsNullOrEmpty(job.Instructions) => "instruct is required for voice design",
        SpeechModel.CustomVoice when job.Voice is { } voice
            && !Speakers.Concat(Aliases).Contains(voice, StringComparer.OrdinalIgnoreCase) =>
            $"Unsupported speakers: ['{voice}']. Supported: {string.Join(", ", Speakers)}",
        _ => null,
    };

    private JsonObject Voices()
    {
        var names = Model == SpeechModel.CustomVoice ? Speakers.Concat(Aliases) : [];
        return new JsonObject
        {
            ["voices"] = new JsonArray([.. names.Select(name => new JsonObject
            {
                ["id"] = name,
                ["name"] = name,
                ["language"] = "Auto",
                ["description"] = $"Qwen3-TTS voice: {name}",
            })]),
            ["languages"] = ListOf(Languages),
        };
    }

    private static SpeechRefusal TooLong(string text) => SpeechRefusal.Detail(422, new JsonArray(new JsonObject
    {
        ["type"] = "string_too_long",
        ["loc"] = new JsonArray("body", "input"),
        ["msg"] = $"String should have at most {MostLetters} characters",
        ["input"] = text,
        ["ctx"] = new JsonObject { ["max_length"] = MostLetters },
    }));

    private static SpeechRefusal Problem(int status, string error, string message) =>
        SpeechRefusal.Detail(status, new JsonObject
        {
            ["error"] = error,
            ["message"] = message,
            ["type"] = status < 500 ? "invalid_request_error" : "server_error",
        });
}
