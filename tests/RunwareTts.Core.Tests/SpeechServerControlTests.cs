using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using RunwareTts.Emulator;
using static RunwareTts.Emulator.SpeechServerKind;

namespace RunwareTts.Tests;

/// <summary>The pages of the speech servers, and how they are driven from outside.</summary>
public sealed class SpeechServerControlTests
{
    [Theory]
    [InlineData(VllmOmni, "vllm", "Qwen/Qwen3-TTS-12Hz-1.7B-CustomVoice")]
    [InlineData(SglangOmni, "sglang-omni", "Qwen/Qwen3-TTS-12Hz-1.7B-CustomVoice")]
    [InlineData(Plain, "qwen", "qwen3-tts")]
    public async Task Models_and_voices_tell_the_kinds_apart(SpeechServerKind kind, string owner, string id)
    {
        await using var caller = await SpeechCaller.StartAsync(kind);
        var model = JsonNode.Parse((await caller.GetAsync("/v1/models")).Body)!["data"]![0]!;
        Assert.Equal((owner, id), ((string?)model["owned_by"], (string?)model["id"]));
        var voices = JsonNode.Parse((await caller.GetAsync("/v1/audio/voices")).Body)!;
        var first = voices["voices"]![0]!;
        Assert.Equal("aiden", (string?)(kind == Plain ? first["id"] : first));
        Assert.Equal(kind != Plain, voices["uploaded_voices"] is not null);
        Assert.Equal(kind == SglangOmni, voices["cache_stats"] is not null);
        Assert.Equal(HttpStatusCode.NotFound, (await caller.GetAsync("/v2")).Status);
    }

    [Theory]
    [InlineData(VllmOmni, HttpStatusCode.ServiceUnavailable, "")]
    [InlineData(SglangOmni, HttpStatusCode.ServiceUnavailable, "unhealthy")]
    [InlineData(Plain, HttpStatusCode.OK, "initializing")]
    public async Task Health_is_told_in_three_ways(SpeechServerKind kind, HttpStatusCode sick, string word)
    {
        await using var caller = await SpeechCaller.StartAsync(kind);
        Assert.Equal(HttpStatusCode.OK, (await caller.GetAsync("/health")).Status);
        caller.Server.Switches = new SpeechServerSwitches { Unhealthy = true };
        var (status, body) = await caller.GetAsync("/health");
        Assert.Equal(sick, status);
        Assert.Equal(word, body.Length == 0 ? "" : (string?)JsonNode.Parse(body)!["status"]);
    }

    [Theory]
    [InlineData(VllmOmni, """{"error":"Unauthorized"}""")]
    [InlineData(Plain, """{"detail":"Not authenticated"}""")]
    public async Task A_key_can_be_asked_for(SpeechServerKind kind, string shape)
    {
        var switches = new SpeechServerSwitches { Key = "secret" };
        await using var caller = await SpeechCaller.StartAsync(kind, switches: switches);
        var (status, body) = await caller.RefusedAsync("""{"input":"Hi"}""");
        Assert.Equal((HttpStatusCode.Unauthorized, shape), (status, body.ToJsonString()));
        Assert.Equal(HttpStatusCode.Unauthorized, (await caller.GetAsync("/v1/models")).Status);
        Assert.Equal(HttpStatusCode.OK, (await caller.GetAsync("/health")).Status);
    }

    [Fact]
    public async Task A_proxy_limits_bodies()
    {
        await using var caller = await SpeechCaller.StartAsync(switches: new SpeechServerSwitches { MaxBody = 100 });
        var request = new JsonObject { ["input"] = new string('a', 100) };
        using var response = await caller.SpeakAsync(request.ToJsonString());
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task The_control_endpoint_answers_while_the_server_is_down()
    {
        await using var caller = await SpeechCaller.StartAsync();
        var switches = await caller.ControlAsync(HttpMethod.Post, "switches", """{"delay":0.01,"slots":3}""");
        Assert.Equal((0.01, 3, true), ((double)switches["delay"]!, (int)switches["slots"]!, (bool)switches["tiny"]!));
        Assert.NotEmpty(await caller.ClipOfAsync("""{"input":"Hi","seed":5}"""));

        Assert.False((bool)(await caller.ControlAsync(HttpMethod.Post, "crash"))["up"]!);
        await Assert.ThrowsAsync<HttpRequestException>(() => caller.SpeakAsync("""{"input":"Hi"}"""));
        var record = await caller.ControlAsync(HttpMethod.Get, "record");
        Assert.Equal((1, 1), ((int)record["crashes"]!, (int)record["spoken"]!["Hi"]!));
        Assert.Equal(5, (int)record["accepted"]![0]!["seed"]!);

        Assert.True((bool)(await caller.ControlAsync(HttpMethod.Post, "up"))["up"]!);
        Assert.Null((await caller.ControlAsync(HttpMethod.Delete, "switches"))["slots"]);
        Assert.Equal(0, (int)(await caller.ControlAsync(HttpMethod.Delete, "record"))["answered"]!);
        Assert.NotEmpty(await caller.ClipOfAsync("""{"input":"Hi"}"""));
    }

    [Fact]
    public void The_program_takes_its_kind_model_and_switches()
    {
        var options = SpeechArguments.Read(
            ["--speech-server", "sglang", "--model", "Base", "--port", "8091", "--switches", """{"slots":2}"""])!;
        Assert.Equal((SglangOmni, SpeechModel.Base, 8091), (options.Kind, options.Model, options.Port));
        Assert.Equal(2, options.Switches.Slots);
        Assert.Null(SpeechArguments.Read(["--speech-server", "other"]));
        Assert.Null(SpeechArguments.Read(["--speech-server", "vllm", "--model", "0"]));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"delays":1}""")]
    [InlineData("""{"delay":-1}""")]
    [InlineData("""{"slots":0}""")]
    [InlineData("""{"busyStatus":500}""")]
    public void What_is_no_switch_is_refused(string json) =>
        Assert.ThrowsAny<JsonException>(() => new SpeechServerSwitches().With(json));
}
