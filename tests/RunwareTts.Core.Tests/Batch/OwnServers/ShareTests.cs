using RunwareTts.Batch;
using RunwareTts.Emulator;
using RunwareTts.Requests;

namespace RunwareTts.Tests.Batch.OwnServers;

/// <summary>Several servers of one model.</summary>
public sealed class ShareTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("Lane", "Slow")]
    public async Task A_slow_server_and_one_that_dies_and_comes_back_speak_two_thousand_rows_once()
    {
        const int count = 2000;
        // Each works on four requests at a time, so that its speed does not depend on this machine.
        SpeechServerSwitches fast = Servers.Quick with { Delay = 0.1, Slots = 4 };
        await using Servers servers = await Servers.StartAsync(
            Servers.One(switches: fast),
            Servers.One(switches: fast with { CrashAfter = 300, UpAfter = 1.5 }),
            Servers.One(switches: fast with { Delay = 0.3 }));
        List<BatchEvent> events = servers.Run(Rows(count), _folder.Path, Service.Quick with { ThrottleLimit = 30 });

        Assert.Empty(events.Errors());
        Assert.Equal(Enumerable.Range(1, count).Select(n => $"{n:0000}"), events.Spoken().Select(s => s.Id));
        Assert.Equal(count, _folder.Files.Length);
        Assert.Equal(count, servers.Spoken.Count);
        // What the dead server had taken was sent to another one, and nothing else was: it had ten at most.
        Assert.Equal(1, servers[1].Record.Crashes);
        Assert.Empty(servers[0].Record.Lost);
        Assert.Empty(servers[2].Record.Lost);
        Assert.InRange(servers[1].Record.Lost.Count, 1, 10);
        Assert.InRange(servers.Spoken.Values.Sum(times => times - 1), 0, 10);
        Assert.True(servers[1].Record.Answered > 300, "It was used again when it came back.");
        AssertShare(3, servers[0].Record.Answered / (double)servers[2].Record.Answered);
        string down = servers[1].Url.ToString().TrimEnd('/');
        Assert.Single(
            events.OfType<BatchEvent.Warned>(), w => w.Message.Contains(down, StringComparison.Ordinal));

        int begun = Begun(servers);
        Assert.All(servers.Run(Rows(count), _folder.Path).Spoken(), s => Assert.Equal("Unchanged", s.Status));
        Assert.Equal(begun, Begun(servers));
    }

    [Fact]
    public async Task A_single_row_goes_to_the_fastest()
    {
        await using Servers servers = await Servers.StartAsync(
            Servers.One(switches: Servers.Quick with { Delay = 0.2 }), Servers.One());
        servers.Run(Rows(12), null, Service.Quick with { ThrottleLimit = 1 });
        Assert.InRange(servers[0].Record.Answered, 0, 2);
        Assert.InRange(servers[1].Record.Answered, 10, 12);
    }

    [Theory]
    [InlineData(503, SpeechServerKind.SglangOmni)]
    [InlineData(429, SpeechServerKind.SglangOmni)]
    public async Task A_busy_server_gets_less_and_the_batch_stays_as_wide(int status, SpeechServerKind kind)
    {
        SpeechServerSwitches narrow = Servers.Quick with { Delay = 0.02, Slots = 1, Queue = 0, BusyStatus = status };
        await using Servers servers = await Servers.StartAsync(
            Servers.One(switches: narrow, kind: kind), Servers.One(switches: narrow with { Slots = 16 }, kind: kind));
        List<BatchEvent> events = servers.Run(
            Rows(200), _folder.Path, Service.Quick with { ThrottleLimit = 16, IsVerbose = true });

        Assert.Empty(events.Errors());
        Assert.All(servers.Spoken.Values, times => Assert.Equal(1, times));
        Assert.True(servers[0].Record.Refused.ContainsKey(status));
        Assert.InRange(servers[0].Record.Refused[status], 1, 100);
        Assert.DoesNotContain(
            events.OfType<BatchEvent.Verbose>(), v => v.Message.Contains("hrottle", StringComparison.Ordinal));
        Assert.True(servers[0].Record.Answered > 0);
        Assert.True(servers[1].Record.PeakConcurrency > 8);
    }

    private static void AssertShare(double expected, double found) =>
        Assert.InRange(found, expected * 0.8, expected * 1.2);

    private static int Begun(Servers servers) =>
        servers[0].Record.Begun + servers[1].Record.Begun + servers[2].Record.Begun;

    private static IEnumerable<SpeechRow> Rows(int count) => Enumerable.Range(1, count)
        .Select(n => new SpeechRow
        {
            Id = $"{n:0000}",
            Text = $"This is row number {n}.",
            Voice = "ryan",
            Language = "en",
            OutputFormat = "WAV",
        });
}
