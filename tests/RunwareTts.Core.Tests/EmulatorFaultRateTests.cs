using RunwareTts.Emulator;

namespace RunwareTts.Tests;

/// <summary>Faults by chance, by a seed.</summary>
public sealed class EmulatorFaultRateTests
{
    private static readonly Fault[] Quick = [new Fault.Status(500), new Fault.Status(429, RetryAfter: "1"), new Fault.Status(503)];

    [Fact]
    public async Task A_seed_and_the_order_of_requests_decide()
    {
        string one = await RunAsync(7, 200);
        Assert.Equal(one, await RunAsync(7, 200));
        Assert.NotEqual(one, await RunAsync(8, 200));
        Assert.InRange(one.Count(answer => answer != '.'), 20, 60);
        Assert.Equal(Quick.Length + 1, one.Distinct().Count());
    }

    [Theory]
    [InlineData("""{"rate":1,"seed":7}""", true, true, true, true)]
    [InlineData("""{"on":"submit","rate":1}""", true, false, false, false)]
    [InlineData("""{"on":"poll","rate":1,"fault":"reset-after-accept"}""", false, true, false, false)]
    [InlineData("""{"on":"details","rate":1,"fault":"half"}""", false, false, true, false)]
    [InlineData("""{"on":"download","rate":1,"seed":3}""", false, false, false, true)]
    [InlineData("""{"rate":0}""", false, false, false, false)]
    public async Task A_rate_is_for_one_place_or_for_all(string order, params bool[] expected)
    {
        await using var caller = await PlainCaller.StartAsync();
        var id = PlainCaller.NewId();
        var done = await caller.SendAsync(PlainCaller.Speech(uuid: id));
        var url = new Uri((string)done.Body["data"]![0]!["audioURL"]!);
        await caller.ControlAsync(HttpMethod.Post, "fault", order);

        List<bool> faulted = [];
        foreach (var request in new Func<Task<HttpResponseMessage>>[]
        {
            () => caller.SendRawAsync(PlainCaller.Speech()),
            () => caller.SendRawAsync(PlainCaller.Ask("getResponse", id)),
            () => caller.SendRawAsync(PlainCaller.Ask("getTaskDetails", id)),
            () => caller.GetAsync(url),
        })
        {
            var before = caller.Host.Faults.Happened;
            await OutcomeAsync(request);
            faulted.Add(caller.Host.Faults.Happened > before);
        }
        Assert.Equal(expected, faulted);
    }

    [Fact]
    public async Task The_usual_faults_of_every_place_happen_and_nothing_is_charged_twice_for_them()
    {
        await using var caller = await PlainCaller.StartAsync();
        caller.Host.Faults.AtRate(0.5, 1);
        for (var row = 0; row < 60; row++)
        {
            var id = PlainCaller.NewId();
            // As a client does it: the same again until it is known to have arrived.
            string answer;
            do answer = await OutcomeAsync(() => caller.SendRawAsync(PlainCaller.Speech($"Row {row}", id)));
            while (!answer.StartsWith("200 {", StringComparison.Ordinal) && !answer.Contains("conflictTaskUUID", StringComparison.Ordinal));
        }
        Assert.Equal((60, 60), (caller.Host.Record.ChargedTasks, caller.Host.Record.DistinctChargedRequests));
        Assert.InRange(caller.Host.Faults.Happened, 30, 200);
    }

    private static async Task<string> RunAsync(int seed, int requests)
    {
        await using var caller = await PlainCaller.StartAsync();
        caller.Host.Faults.AtRate(FaultPlace.Submit, 0.2, seed, Quick);
        var outcome = new char[requests];
        for (var request = 0; request < requests; request++)
        {
            using var answer = await caller.SendRawAsync(PlainCaller.Speech());
            outcome[request] = answer.IsSuccessStatusCode ? '.' : (char)('a' + Array.FindIndex(Quick, fault => ((Fault.Status)fault).Code == (int)answer.StatusCode));
        }
        return new string(outcome);
    }

    private static async Task<string> OutcomeAsync(Func<Task<HttpResponseMessage>> send)
    {
        try
        {
            using var answer = await send();
            var body = await answer.Content.ReadAsStringAsync();
            return $"{(int)answer.StatusCode} {(body.EndsWith('}') ? body : "garbage")}";
        }
        catch (HttpRequestException)
        {
            return "lost";
        }
    }
}
