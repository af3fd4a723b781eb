using System.Net;
using RunwareTts.Emulator;
using static RunwareTts.Emulator.SpeechServerKind;

namespace RunwareTts.Tests;

/// <summary>Speech servers under load, and how they die and come back.</summary>
public sealed class SpeechServerLifeTests
{
    private static readonly SpeechServerSwitches Tiny = new() { Tiny = true };

    [Fact]
    public async Task Slots_work_at_once_and_the_queue_has_an_end()
    {
        await using var caller = await SpeechCaller.StartAsync(
            SglangOmni, switches: Tiny with { Slots = 2, Queue = 1, HangText = "wait" });
        var waiting = Enumerable.Range(0, 3).Select(_ => caller.SpeakAsync(Request("wait"))).ToArray();
        await UntilAsync(() => caller.Server is { Working: 2, Waiting: 1 });
        var (status, body) = await caller.RefusedAsync(Request("late"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Equal("The request queue is full.", (string?)body["error"]!["message"]);

        caller.Server.Switches = caller.Server.Switches with { BusyStatus = 429 };
        (status, body) = await caller.RefusedAsync(Request("late"));
        Assert.Equal((HttpStatusCode.TooManyRequests, "admission_rejected"), (status, (string?)body["error"]!["code"]));

        // Another slot lets the one in the queue in.
        caller.Server.Switches = caller.Server.Switches with { Slots = 3 };
        await UntilAsync(() => caller.Server is { Working: 3, Waiting: 0 });
        await caller.Server.CrashAsync();
        foreach (var one in waiting)
            await Assert.ThrowsAsync<HttpRequestException>(() => one);
        Assert.Equal((3, 3), (caller.Server.Record.PeakConcurrency, caller.Server.Record.Lost["wait"]));
    }

    [Fact]
    public async Task Down_answers_what_it_began_and_comes_back_on_its_port()
    {
        await using var caller = await SpeechCaller.StartAsync(switches: Tiny with { Delay = 0.2 });
        var url = caller.Server.Url;
        var begun = caller.SpeakAsync(Request("begun"));
        await UntilAsync(() => caller.Server.Working == 1);
        await caller.Server.DownAsync();
        Assert.Equal(HttpStatusCode.OK, (await begun).StatusCode);
        await Assert.ThrowsAsync<HttpRequestException>(() => caller.SpeakAsync(Request("down")));

        for (var round = 0; round < 3; round++)
        {
            await caller.Server.UpAsync();
            Assert.NotEmpty(await caller.ClipOfAsync(Request("up")));
            await caller.Server.DownAsync();
        }
        Assert.Equal(url, caller.Server.Url);
        Assert.Equal((1, 3, 0), (Times(caller, "begun"), Times(caller, "up"), Times(caller, "down")));
    }

    [Fact]
    public async Task A_crash_in_the_middle_loses_what_it_worked_on()
    {
        await using var caller = await SpeechCaller.StartAsync(switches: Tiny with { CrashAfter = 3, UpAfter = 0 });
        foreach (var text in new[] { "one", "two" })
            Assert.NotEmpty(await caller.ClipOfAsync(Request(text)));
        await Assert.ThrowsAsync<HttpRequestException>(() => caller.SpeakAsync(Request("three")));
        await UntilAsync(() => caller.Server is { IsUp: true, Record.Crashes: 1 });
        Assert.NotEmpty(await caller.ClipOfAsync(Request("three")));
        var record = caller.Server.Record;
        Assert.Equal((4, 3, 1, 1), (record.Begun, record.Answered, record.Lost["three"], record.Spoken["three"]));
    }

    [Fact]
    public async Task A_text_can_fail_or_kill()
    {
        await using var caller = await SpeechCaller.StartAsync(
            switches: Tiny with { FailText = "fail", CrashText = "kill" });
        var (status, body) = await caller.RefusedAsync(Request("fail this"));
        Assert.Equal(HttpStatusCode.InternalServerError, status);
        Assert.Equal("InternalServerError", (string?)body["error"]!["type"]);
        await Assert.ThrowsAsync<HttpRequestException>(() => caller.SpeakAsync(Request("kill this")));
        await UntilAsync(() => !caller.Server.IsUp);
        await Assert.ThrowsAsync<HttpRequestException>(() => caller.SpeakAsync(Request("anything")));
    }

    [Fact]
    public async Task A_voice_beside_an_inline_clip_kills_Vllm()
    {
        await using var caller = await SpeechCaller.StartAsync(VllmOmni, SpeechModel.Base);
        var json = $$"""{"input":"Hi","voice":"ryan","ref_audio":"{{SpeechCaller.Clip()}}","ref_text":"a"}""";
        var deadly = json.Replace("\"input\"", "\"task_type\":\"Base\",\"input\"", StringComparison.Ordinal);
        await Assert.ThrowsAsync<HttpRequestException>(() => caller.SpeakAsync(deadly));
        await UntilAsync(() => !caller.Server.IsUp);
        await caller.Server.UpAsync();
        var alive = deadly.Replace("\"voice\":\"ryan\",", "", StringComparison.Ordinal);
        Assert.NotEmpty(await caller.ClipOfAsync(alive));
    }

    [Fact]
    public async Task Two_thousand_texts_are_each_spoken_once()
    {
        await using var caller = await SpeechCaller.StartAsync(switches: Tiny with { Slots = 4 });
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 2000),
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (number, _) => await caller.ClipOfAsync(Request($"Row {number}")));
        var record = caller.Server.Record;
        Assert.Equal((2000, 2000), (record.Answered, record.Spoken.Count));
        Assert.InRange(record.PeakConcurrency, 1, 4);
        Assert.Empty(record.Lost);
    }

    private static string Request(string text) => $$"""{"input":"{{text}}"}""";

    private static int Times(SpeechCaller caller, string text) =>
        caller.Server.Record.Spoken.GetValueOrDefault(text);

    private static async Task UntilAsync(Func<bool> isSo)
    {
        while (!isSo())
            await Task.Delay(5);
    }
}
