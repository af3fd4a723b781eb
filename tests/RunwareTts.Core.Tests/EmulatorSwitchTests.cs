using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using RunwareTts.Emulator;

namespace RunwareTts.Tests;

/// <summary>The emulator's switches.</summary>
public sealed class EmulatorSwitchTests : IAsyncLifetime
{
    private PlainCaller _caller = null!;

    public async Task InitializeAsync() => _caller = await PlainCaller.StartAsync();

    public async Task DisposeAsync() => await _caller.DisposeAsync();

    [Fact]
    public async Task Auto_can_be_refused_by_name()
    {
        var task = PlainCaller.Speech();
        task["speech"]!["voice"] = "auto";
        Assert.True((await _caller.WouldTakeAsync(task))[0]);

        await _caller.ControlAsync(HttpMethod.Post, "switches", """{"refuseAuto":true}""");
        var (status, body) = await _caller.SendAsync(task);
        var error = Assert.Single(body["errors"]!.AsArray())!;
        Assert.Equal((HttpStatusCode.BadRequest, "speech.voice"), (status, (string?)error["parameter"]));
        var allowed = error["allowedValues"]!.AsArray().Select(voice => (string?)voice).ToArray();
        Assert.Equal(9, allowed.Length);
        Assert.DoesNotContain("auto", allowed);

        var reset = await _caller.ControlAsync(HttpMethod.Delete, "switches");
        Assert.False((bool)reset["refuseAuto"]!);
        Assert.True((await _caller.WouldTakeAsync(task))[0]);
    }

    [Fact]
    public async Task Other_models_are_taken_whole_only_with_a_switch()
    {
        var task = PlainCaller.Speech("Hello there, all of you.");
        task["model"] = "minimax:speech@2.8";
        task["speech"]!["emotion"] = "happy";
        task["settings"] = new JsonObject { ["voiceModify"] = new JsonObject { ["pitch"] = 3 } };
        task["seed"] = 7;
        Assert.False((await _caller.WouldTakeAsync(task))[0]);

        _caller.Host.Switches = new EmulatorSwitches { OtherModels = true };
        var (status, body) = await _caller.SendAsync(task);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.NotNull(body["data"]![0]!["audioURL"]);
        var seen = JsonNode.Parse(_caller.Host.Record.Tasks[^1].Json);
        Assert.True(JsonNode.DeepEquals(task, seen), seen!.ToJsonString());
        Assert.Equal(1, _caller.Host.Record.ChargedByModel["minimax:speech@2.8"]);

        var known = PlainCaller.Speech();
        known["seed"] = 7;
        Assert.False((await _caller.WouldTakeAsync(known))[0]);
    }

    [Fact]
    public async Task The_draft_voice_speaks_for_voices_that_it_does_not_know()
    {
        await using var caller = await PlainCaller.StartAsync(
            new EmulatorOptions { Switches = new EmulatorSwitches { OtherModels = true } }, DraftVoice.SpeakAsync);
        var other = PlainCaller.Speech();
        (other["model"], other["speech"]!["voice"]) = ("google:gemini@3.1-flash-tts", "Zephyr");
        var (_, body) = await caller.SendAsync(other, MediaCalls.Clone(Convert.ToBase64String("a recording"u8)));
        Assert.Equal(2, body["data"]!.AsArray().Count);
    }

    [Fact]
    public void The_program_takes_switches_as_JSON()
    {
        var options = Arguments.Read(["--switches", """{"refuseInline":true}"""])!.Options;
        Assert.True(options.Switches.RefuseInline);
        Assert.Null(Arguments.Read(["--switches", "refuseInline"]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("""{"refuseEverything":true}""")]
    [InlineData("""{"refuseAuto":"yes"}""")]
    [InlineData("""{"uploadPolls":-1}""")]
    [InlineData("""{"mediaErrorStatus":42}""")]
    public void What_is_no_switch_is_refused(string json) =>
        Assert.ThrowsAny<JsonException>(() => new EmulatorSwitches().With(json));
}
