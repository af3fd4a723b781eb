using System.Text.Json.Nodes;
using RunwareTts.Emulator;

namespace RunwareTts.Tests;

/// <summary>What the emulator counts as paid for, and as paid for twice.</summary>
public sealed class EmulatorChargeTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Equal_contents_count_once_whatever_their_id_and_way(bool lean)
    {
        await using var caller = await PlainCaller.StartAsync(new EmulatorOptions { Lean = lean });
        var once = PlainCaller.Speech("One");
        await caller.SendAsync(once.DeepClone().AsObject());
        await caller.SendAsync(once.DeepClone().AsObject());
        await caller.SendAsync(PlainCaller.Speech("Two"), PlainCaller.Speech("Three"));
        Assert.Equal((3, 3, 0), (caller.Host.Record.ChargedTasks, caller.Host.Record.DistinctChargedRequests, caller.Host.Record.ChargedTwice.Count));

        // The same to be spoken, in another order, without its cost, and polled for.
        JsonObject again = new(PlainCaller.Speech("One", delivery: "async").Reverse().Where(field => field.Key != "includeCost").Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone())));
        await caller.SendAsync(again);
        await caller.SendAsync(PlainCaller.Speech("One"));
        Assert.Equal((5, 3), (caller.Host.Record.ChargedTasks, caller.Host.Record.DistinctChargedRequests));
        var content = JsonNode.Parse(Assert.Single(caller.Host.Record.ChargedTwice))!.AsObject();
        Assert.Equal(["model", "speech", "taskType"], content.Select(field => field.Key));

        var record = await caller.ControlAsync(HttpMethod.Get, "record");
        Assert.Equal((5, 3, 1), ((int)record["chargedTasks"]!, (int)record["distinctChargedRequests"]!, (int)record["chargedTwice"]!));
        Assert.Equal("One", (string?)record["chargedTwiceExamples"]![0]!["speech"]!["text"]);
        Assert.Equal(6, (int)record["tasks"]!["audioInference"]!);
        Assert.Equal(lean ? 0 : 6, caller.Host.Record.Tasks.Count);
    }

    [Theory]
    [InlineData("speech.text", "Hello.")]
    [InlineData("speech.voice", "vivian")]
    [InlineData("outputFormat", "WAV")]
    [InlineData("positivePrompt", "slowly")]
    public async Task What_changes_the_audio_makes_another_content(string field, string value)
    {
        await using var caller = await PlainCaller.StartAsync();
        var other = PlainCaller.Speech();
        (field.Split('.') is [var outer, _] ? other[outer]!.AsObject() : other)[field.Split('.')[^1]] = value;
        await caller.SendAsync(PlainCaller.Speech());
        await caller.SendAsync(other);
        Assert.Equal((2, 2), (caller.Host.Record.ChargedTasks, caller.Host.Record.DistinctChargedRequests));
    }
}
