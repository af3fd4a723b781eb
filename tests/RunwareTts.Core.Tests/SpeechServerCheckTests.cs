using System.Net;
using System.Text.Json.Nodes;
using RunwareTts.Emulator;
using static RunwareTts.Emulator.SpeechModel;
using static RunwareTts.Emulator.SpeechServerKind;

namespace RunwareTts.Tests;

/// <summary>What the servers of the open weights refuse, and in which shape, by hand-written JSON.</summary>
public sealed class SpeechServerCheckTests
{
    private static readonly string LongStyle = new('a', 501);

    [Theory]
    [InlineData(VllmOmni, CustomVoice, """{"input":"Hi"}""")]
    [InlineData(VllmOmni, CustomVoice, """{"input":"Hi","voice":"Ryan","language":"english","seed":"7","unknown":1}""")]
    [InlineData(VllmOmni, CustomVoice, """{"input":"Hi","max_new_tokens":"4096","sample_rate":8000}""")]
    [InlineData(VllmOmni, VoiceDesign, """{"input":"Hi","task_type":"VoiceDesign","instructions":"warm"}""")]
    [InlineData(VllmOmni, Base, """{"input":"Hi","ref_audio":"CLIP","ref_text":"Hello"}""")]
    [InlineData(VllmOmni, Base, """{"input":"Hi","ref_audio":"https://a.example/a.wav","x_vector_only_mode":true}""")]
    [InlineData(SglangOmni, CustomVoice, """{"input":"Hi","voice":"Ryan","sample_rate":44100,"seed":7,"speed":1.5}""")]
    [InlineData(SglangOmni, CustomVoice, """{"input":"Hi","voice":"default","language":" AUTO "}""")]
    [InlineData(SglangOmni, VoiceDesign, """{"input":"Hi","task_type":"voice_design","instructions":"warm"}""")]
    [InlineData(SglangOmni, Base, """{"input":"Hi","voice":"default","ref_audio":"CLIP"}""")]
    [InlineData(Plain, CustomVoice, """{"input":"Hi","voice":"Vivian","instructions":5,"instruct":"calm","seed":-1}""")]
    [InlineData(Plain, VoiceDesign, """{"input":"Hi","instruct":"warm","language":"Klingon","model":"tts-1"}""")]
    public async Task What_a_kind_takes(SpeechServerKind kind, SpeechModel model, string json)
    {
        await using var caller = await SpeechCaller.StartAsync(kind, model);
        var clip = await caller.ClipOfAsync(json.Replace("CLIP", SpeechCaller.Clip(), StringComparison.Ordinal));
        Assert.Equal("RIFF"u8.ToArray(), clip[..4]);
        Assert.Equal((1, 1), (caller.Server.Record.Answered, caller.Server.Record.Accepted.Count));
        Assert.Equal(1, caller.Server.Record.Spoken["Hi"]);
    }

    [Theory]
    [InlineData(CustomVoice, """{"input":" "}""", "cannot be empty")]
    [InlineData(CustomVoice, """{"input":"Hi","voice":"bob"}""", "Invalid voice 'bob'. Supported: aiden")]
    [InlineData(CustomVoice, """{"input":"Hi","language":"Dutch"}""", "Invalid language 'Dutch'")]
    [InlineData(CustomVoice, """{"input":"Hi","task_type":"Base","ref_audio":"CLIP"}""", "Use task_type='CustomVoice'")]
    [InlineData(CustomVoice, """{"input":"Hi","instructions":"LONG"}""", "Instructions too long (max 500 characters)")]
    [InlineData(CustomVoice, """{"input":"Hi","max_new_tokens":4097}""", "cannot exceed 4096")]
    [InlineData(CustomVoice, """{"input":"Hi","max_new_tokens":0}""", "at least 1")]
    [InlineData(CustomVoice, """{"input":"Hi","sample_rate":44100}""", "8000 or 24000")]
    [InlineData(CustomVoice, """{"input":"Hi","stream":true}""", "does not stream")]
    [InlineData(CustomVoice, """{"input":"Hi","x_vector_only_mode":false}""", "only valid for Base")]
    [InlineData(VoiceDesign, """{"input":"Hi","instructions":"warm"}""", "Use task_type='VoiceDesign'")]
    [InlineData(VoiceDesign, """{"input":"Hi","task_type":"VoiceDesign"}""", "requires 'instructions'")]
    [InlineData(Base, """{"input":"Hi"}""", "Use task_type='Base'")]
    [InlineData(Base, """{"input":"Hi","task_type":"Base","voice":"ryan"}""", "requires 'ref_audio'")]
    [InlineData(Base, """{"input":"Hi","ref_audio":"UklGRg==","ref_text":"Hello"}""", "ref_audio must be a URL")]
    [InlineData(Base, """{"input":"Hi","ref_audio":"file:///a.wav","ref_text":"Hello"}""", "Cannot load local files")]
    [InlineData(Base, """{"input":"Hi","ref_audio":"CLIP"}""", "non-empty 'ref_text'")]
    [InlineData(Base, """{"input":"Hi","ref_audio":"SHORT","ref_text":"Hello"}""", "too short")]
    [InlineData(Base, """{"input":"Hi","ref_audio":"data:audio/wav;base64,aGk=","ref_text":"Hello"}""", "decoded")]
    public async Task Vllm_refuses_in_words(SpeechModel model, string json, string words)
    {
        var error = await RefusalAsync(VllmOmni, model, json);
        Assert.Contains(words, (string?)error["message"], StringComparison.Ordinal);
        Assert.Equal(("BadRequestError", 400), ((string?)error["type"], (int)error["code"]!));
        Assert.Null(error["param"]);
    }

    [Theory]
    [InlineData("{}", "Field required")]
    [InlineData("""{"input":5}""", "valid string")]
    [InlineData("""{"input":"Hi","response_format":"ogg"}""", "'wav', 'pcm', 'flac', 'mp3', 'aac' or 'opus'")]
    [InlineData("""{"input":"Hi","speed":4.01}""", "less than or equal to 4")]
    [InlineData("""{"input":"Hi","seed":-1}""", "greater than or equal to 0")]
    [InlineData("""{"input":"Hi","task_type":"customvoice"}""", "'CustomVoice', 'VoiceDesign' or 'Base'")]
    [InlineData("no json", "JSON decode error")]
    public async Task Vllm_refuses_what_has_not_its_types(string json, string words)
    {
        var error = await RefusalAsync(VllmOmni, CustomVoice, json);
        Assert.Contains(words, (string?)error["message"], StringComparison.Ordinal);
        Assert.Equal("Bad Request", (string?)error["type"]);
    }

    [Theory]
    [InlineData(CustomVoice, """{"input":"Hi","max_new_tokens":"512"}""", "max_new_tokens", "must be an integer")]
    [InlineData(CustomVoice, """{"input":"Hi","max_new_tokens":512.0}""", "max_new_tokens", "must be an integer")]
    [InlineData(CustomVoice, """{"input":"Hi","speed":"1"}""", "speed", "must be a number")]
    [InlineData(CustomVoice, """{"input":"Hi","stream":"no"}""", "stream", "must be a boolean")]
    [InlineData(CustomVoice, """{"input":"Hi","voice":{"id":"ryan"}}""", "voice", "must be a string")]
    [InlineData(CustomVoice, """{"input":"Hi","voice":"bob"}""", "voice", "Unknown voice 'bob'")]
    [InlineData(CustomVoice, """{"input":"Hi","task_type":"Base"}""", "task_type", "CustomVoice")]
    [InlineData(CustomVoice, """{"input":"Hi","ref_text":"Hello"}""", "ref_text", "not supported by this model")]
    [InlineData(CustomVoice, """{"input":"Hi","x_vector_only_mode":true}""", "x_vector_only_mode", "not supported")]
    [InlineData(CustomVoice, """{"input":"Hi","response_format":"ogg"}""", "response_format", "aac, flac, mp3, opus")]
    [InlineData(CustomVoice, """{"input":"Hi","seed":-1}""", "seed", "greater than or equal to 0")]
    [InlineData(CustomVoice, """{"input":"Hi","stream":true}""", "stream", "stream=true")]
    [InlineData(Base, """{"input":"Hi","ref_audio":"UklGRg=="}""", "ref_audio", "file does not exist")]
    [InlineData(Base, """{"input":"Hi","ref_audio":"http://127.0.0.1:1/a.wav"}""", "ref_audio", "not public")]
    [InlineData(Base, """{"input":"Hi","ref_audio":"data:text/plain;base64,aGk="}""", "ref_audio", "audio media type")]
    public async Task Sglang_names_the_field(SpeechModel model, string json, string field, string words)
    {
        var error = await RefusalAsync(SglangOmni, model, json);
        Assert.Contains(words, (string?)error["message"], StringComparison.Ordinal);
        Assert.Equal((field, 400), ((string?)error["param"], (int)error["code"]!));
    }

    [Theory]
    [InlineData(VoiceDesign, """{"input":"Hi","instructions":"warm"}""", "does not support CustomVoice")]
    [InlineData(VoiceDesign, """{"input":"Hi","task_type":"VoiceDesign"}""", "requires instructions")]
    [InlineData(VoiceDesign, """{"input":"Hi","task_type":"VoiceDesign","ref_text":"a"}""", "not accept ref_text")]
    [InlineData(Base, """{"input":"Hi"}""", "text-only requests require")]
    [InlineData(Base, """{"input":"Hi","task_type":"Base"}""", "requires reference audio")]
    public async Task Sglang_says_500_for_what_its_checkpoint_refuses(SpeechModel model, string json, string words)
    {
        var error = await RefusalAsync(SglangOmni, model, json, HttpStatusCode.InternalServerError);
        Assert.Contains(words, (string?)error["message"], StringComparison.Ordinal);
        Assert.Equal("server_error", (string?)error["type"]);
    }

    [Theory]
    [InlineData(VllmOmni, "NotFoundError", "404")]
    [InlineData(SglangOmni, "invalid_request_error", "\"model_not_found\"")]
    public async Task A_model_that_it_does_not_serve_is_not_found(SpeechServerKind kind, string type, string code)
    {
        const string Json = """{"input":"Hi","model":"tts-1"}""";
        var error = await RefusalAsync(kind, CustomVoice, Json, HttpStatusCode.NotFound);
        Assert.Equal((type, "model"), ((string?)error["type"], (string?)error["param"]));
        Assert.Equal(code, error["code"]!.ToJsonString());
    }

    [Fact]
    public async Task A_version_of_Sglang_wants_model_and_voice()
    {
        await using var caller = await SpeechCaller.StartAsync(
            SglangOmni, switches: new SpeechServerSwitches { NeedsModelAndVoice = true });
        var (_, body) = await caller.RefusedAsync("""{"input":"Hi","voice":"ryan"}""");
        Assert.Equal("model is required", (string?)body["error"]!["message"]);
    }

    [Fact]
    public async Task A_plain_server_has_details_of_two_shapes()
    {
        await using var caller = await SpeechCaller.StartAsync(Plain);
        var (status, body) = await caller.RefusedAsync("""{"input":"Hi","response_format":"ogg","speed":9}""");
        Assert.Equal((HttpStatusCode.UnprocessableEntity, 2), (status, body["detail"]!.AsArray().Count));
        Assert.Equal("response_format", (string?)body["detail"]![0]!["loc"]![1]);

        (status, body) = await caller.RefusedAsync("""{"input":"Hi","model":"other"}""");
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_model"), (status, (string?)body["detail"]!["error"]));

        (status, body) = await caller.RefusedAsync("""{"input":"Hi","voice":"bob"}""");
        Assert.Equal(HttpStatusCode.InternalServerError, status);
        Assert.Equal([400, 422, 500], caller.Server.Record.Refused.Keys);
        Assert.Equal(0, caller.Server.Record.Begun);
    }

    [Fact]
    public async Task A_limit_of_instructions_can_be_raised()
    {
        await using var caller = await SpeechCaller.StartAsync(
            switches: new SpeechServerSwitches { MaxInstructions = 2000, Tiny = true });
        var request = new JsonObject { ["input"] = "Hi", ["instructions"] = LongStyle };
        Assert.NotEmpty(await caller.ClipOfAsync(request.ToJsonString()));
    }

    private static async Task<JsonNode> RefusalAsync(
        SpeechServerKind kind, SpeechModel model, string json, HttpStatusCode expected = HttpStatusCode.BadRequest)
    {
        await using var caller = await SpeechCaller.StartAsync(kind, model);
        var (status, body) = await caller.RefusedAsync(json
            .Replace("CLIP", SpeechCaller.Clip(), StringComparison.Ordinal)
            .Replace("SHORT", SpeechCaller.Clip(0.5), StringComparison.Ordinal)
            .Replace("LONG", LongStyle, StringComparison.Ordinal));
        Assert.Equal(expected, status);
        Assert.Equal((0, 1), (caller.Server.Record.Begun, caller.Server.Record.Refused[(int)expected]));
        return body["error"]!;
    }
}
