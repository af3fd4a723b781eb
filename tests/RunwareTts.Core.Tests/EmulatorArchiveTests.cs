using System.Net;
using System.Text.Json.Nodes;
using RunwareTts.Emulator;

namespace RunwareTts.Tests;

/// <summary>What the emulator knows of past tasks: shortly by getResponse, for ever by getTaskDetails.</summary>
public sealed class EmulatorArchiveTests
{
    private static readonly string Id = PlainCaller.NewId();

    [Fact]
    public async Task Details_hold_the_request_and_what_getResponse_tells()
    {
        await using var caller = await PlainCaller.StartAsync();
        var sent = PlainCaller.Speech("Größe “ünd” mehr", Id);
        await caller.SendAsync(sent.DeepClone().AsObject());

        var polled = await caller.SendAsync(PlainCaller.Ask("getResponse", Id));
        var (status, body) = await caller.SendAsync(PlainCaller.Ask("getTaskDetails", Id));
        var item = Assert.Single(body["data"]!.AsArray())!;
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(("getTaskDetails", Id), ((string?)item["taskType"], (string?)item["taskUUID"]));
        Assert.True(JsonNode.DeepEquals(new JsonArray(sent), item["request"]), item.ToJsonString());
        Assert.True(JsonNode.DeepEquals(polled.Body, item["response"]), item.ToJsonString());
        Assert.Equal("success", (string?)item["response"]!["data"]![0]!["status"]);
    }

    [Fact]
    public async Task A_failed_task_has_errors_and_no_data()
    {
        await using var caller = await PlainCaller.StartAsync(speak: (_, _) => throw new InvalidOperationException("No breath."));
        await caller.SendAsync(PlainCaller.Speech(uuid: Id));

        var response = (await DetailsAsync(caller))["response"]!.AsObject();
        var error = Assert.Single(response["errors"]!.AsArray())!;
        Assert.Equal(("inferenceError", "No breath.", Id), ((string?)error["code"], (string?)error["message"], (string?)error["taskUUID"]));
        Assert.False(response.ContainsKey("data"));
    }

    [Fact]
    public async Task A_task_under_way_is_processing_and_is_not_forgotten()
    {
        TaskCompletionSource<byte[]> voice = new();
        await using var caller = await PlainCaller.StartAsync(speak: (_, _) => voice.Task);
        await caller.SendAsync(PlainCaller.Speech(uuid: Id, delivery: "async"));

        Assert.Equal(0, caller.Host.Forget());
        Assert.Equal("processing", (string?)(await DetailsAsync(caller))["response"]!["data"]![0]!["status"]);
        Assert.Equal("processing", (string?)(await caller.SendAsync(PlainCaller.Ask("getResponse", Id))).Body["data"]![0]!["status"]);
        voice.SetResult([1]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_getResponse_forgot_is_in_the_details_and_its_id_is_still_taken(bool lean)
    {
        await using var caller = await PlainCaller.StartAsync(new EmulatorOptions { Lean = lean });
        await caller.SendAsync(PlainCaller.Speech(uuid: Id));

        Assert.Equal(1, (int)(await caller.ControlAsync(HttpMethod.Post, "forget"))["forgotten"]!);
        Assert.Equal(0, (int)(await caller.ControlAsync(HttpMethod.Post, "forget"))["forgotten"]!);
        var polled = await caller.SendAsync(PlainCaller.Ask("getResponse", Id));
        Assert.Equal((HttpStatusCode.OK, """{"data":[]}"""), (polled.Status, polled.Body.ToJsonString()));
        var url = new Uri((string)(await DetailsAsync(caller))["response"]!["data"]![0]!["audioURL"]!);
        using var audio = await caller.GetAsync(url);
        Assert.Equal("audio", await audio.Content.ReadAsStringAsync());
        var again = await caller.SendAsync(PlainCaller.Speech(uuid: Id));
        Assert.Equal("conflictTaskUUID", (string?)again.Body["errors"]![0]!["code"]);
    }

    private static async Task<JsonNode> DetailsAsync(PlainCaller caller) =>
        (await caller.SendAsync(PlainCaller.Ask("getTaskDetails", Id))).Body["data"]![0]!;
}
