using RunwareTts.Batch;
using RunwareTts.Emulator;
using RunwareTts.Providers;
using RunwareTts.Providers.SelfHosted;
using RunwareTts.Requests;

namespace RunwareTts.Tests.Batch.OwnServers;

/// <summary>Servers that fail, and texts that make them fail.</summary>
public sealed class OutageTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task When_no_server_answers_the_pipeline_ends_with_one_error_and_the_next_run_goes_on()
    {
        await using Servers servers = await Servers.StartAsync(
            Servers.One(switches: Servers.Quick with { Delay = 0.02, CrashAfter = 10 }),
            Servers.One(switches: Servers.Quick with { Delay = 0.02, CrashAfter = 10 }));
        List<BatchEvent> events = servers.Run(Rows(60), _folder.Path);
        TtsSpeech[] before = events.Spoken();
        Assert.InRange(before.Length, 1, 19);
        // A row that was at both servers when they crashed is an error of its own.
        Assert.All(events.Errors(), e => Assert.Equal("ServiceUnreachable", e.ErrorId));
        TtsException error = events.Errors().First(e => e.EndsPipeline);
        Assert.Equal(TtsErrorKind.ConnectionError, error.Kind);
        Assert.Contains("CustomVoice", error.Message, StringComparison.Ordinal);
        Assert.Contains(servers[0].Url.ToString().TrimEnd('/'), error.Message, StringComparison.Ordinal);
        Assert.Contains(servers[1].Url.ToString().TrimEnd('/'), error.Message, StringComparison.Ordinal);
        Assert.Contains("run the same command", error.Message, StringComparison.Ordinal);

        await servers[0].UpAsync();
        TtsSpeech[] after = servers.Run(Rows(60), _folder.Path).Spoken();
        Assert.Equal(60, after.Length);
        Assert.Equal(before.Length, after.Count(s => s.Status == "Unchanged"));
        AssertOnce(servers);
    }

    [Fact]
    public async Task When_one_model_has_no_server_left_its_rows_are_errors_and_the_others_go_on()
    {
        await using Servers servers = await Servers.StartAsync(Servers.One(), Servers.One(SpeechModel.VoiceDesign));
        await servers[0].DownAsync();
        IEnumerable<SpeechRow> described = Rows(5)
            .Select(r => r with { Id = "d" + r.Id, Voice = null, VoiceDescription = "An old man" });
        SpeechRow[] rows = [.. Rows(5), .. described];
        List<BatchEvent> events = servers.Run(rows, _folder.Path);
        Assert.Equal(5, events.Spoken().Length);
        Assert.Equal(5, events.Errors().Length);
        Assert.All(events.Errors(), e => Assert.Equal(("ServiceUnreachable", false), (e.ErrorId, e.EndsPipeline)));
    }

    [Fact]
    public async Task A_server_that_was_never_used_is_asked_before_the_pipeline_ends()
    {
        await using Servers servers = await Servers.StartAsync(Servers.One(), Servers.One(SpeechModel.Base));
        await servers[0].DownAsync();
        Assert.False(servers.Run(Rows(1)).Errors().Single().EndsPipeline);
        await servers[1].DownAsync();
        Assert.True(servers.Run(Rows(1)).Errors().Single().EndsPipeline);
    }

    [Fact]
    public async Task Rows_wait_for_the_only_server_while_it_starts_again()
    {
        await using Servers servers = await Servers.StartAsync(
            Servers.One(switches: Servers.Quick with { Delay = 0.02, CrashAfter = 20, UpAfter = 0.5 }));
        List<BatchEvent> events = servers.Run(Rows(60), _folder.Path);
        Assert.Empty(events.Errors());
        Assert.Equal(60, events.Spoken().Length);
        AssertOnce(servers);
    }

    [Fact]
    public async Task A_text_that_fails_is_tried_on_one_other_server_and_takes_none_out()
    {
        SpeechServerSwitches failing = Servers.Quick with { FailText = "number 7" };
        await using Servers servers = await Servers.StartAsync(
            Servers.One(switches: failing), Servers.One(switches: failing), Servers.One(switches: failing));
        List<BatchEvent> events = servers.Run(Rows(40), _folder.Path);
        TtsException error = Assert.Single(events.Errors());
        Assert.StartsWith("SelfHosted.", error.ErrorId, StringComparison.Ordinal);
        Assert.Equal(TtsErrorKind.ResourceUnavailable, error.Kind);
        Assert.Contains("twice", error.Message, StringComparison.Ordinal);
        Assert.Equal(39, events.Spoken().Length);
        Assert.Empty(events.OfType<BatchEvent.Warned>());
        Assert.Equal(2, Enumerable.Range(0, 3).Sum(n => servers[n].Record.Refused.GetValueOrDefault(500)));
    }

    [Fact]
    public async Task A_text_that_crashes_servers_does_not_crash_the_third()
    {
        SpeechServerSwitches crashing = Servers.Quick with { CrashText = "number 7" };
        await using Servers servers = await Servers.StartAsync(
            Servers.One(switches: crashing), Servers.One(switches: crashing), Servers.One(switches: crashing));
        List<BatchEvent> events = servers.Run(Rows(40), _folder.Path);
        TtsException error = Assert.Single(events.Errors());
        Assert.Equal(("ServiceUnreachable", false), (error.ErrorId, error.EndsPipeline));
        Assert.Contains("failed twice", error.Message, StringComparison.Ordinal);
        Assert.Equal(39, events.Spoken().Length);
        Assert.Equal(2, Enumerable.Range(0, 3).Sum(n => servers[n].Record.Crashes));
        Assert.Equal(2, events.OfType<BatchEvent.Warned>().Count());
    }

    [Fact]
    public async Task A_server_that_hangs_is_left_out_when_the_time_of_two_rows_is_over()
    {
        await using Servers servers = await Servers.StartAsync(
            Servers.One(switches: Servers.Quick with { HangText = "" }), Servers.One());
        List<BatchEvent> events = servers.Run(
            Rows(40), _folder.Path, Service.Quick with { Timeout = TimeSpan.FromSeconds(1) },
            new() { FirstOut = TimeSpan.FromMinutes(1) });
        Assert.All(events.Errors(), e => Assert.Equal("TaskTimeout", e.ErrorId));
        Assert.InRange(events.Errors().Length, 1, 4);
        Assert.Equal(40 - events.Errors().Length, events.Spoken().Length);
    }

    [Fact]
    public async Task A_key_that_is_refused_in_the_middle_ends_the_pipeline_and_the_server_is_not_ready()
    {
        await using Servers servers = await Servers.StartAsync(Servers.One());
        ServerFleet fleet = ServerFleet.Read(
            new Dictionary<string, string> { ["CustomVoice"] = servers[0].Url.ToString() }, null, null);
        Assert.Single(Batches.Run(new SelfHostedProvider(fleet), Rows(1), null, Service.Quick).Spoken());
        servers[0].Switches = Servers.Quick with { Key = "another" };
        List<BatchEvent> events = Batches.Run(new SelfHostedProvider(fleet), Rows(9), _folder.Path, Service.Quick);
        Assert.Empty(events.Spoken());
        TtsException error = events.Errors()[0];
        Assert.Equal((TtsErrorKind.AuthenticationError, true), (error.Kind, error.EndsPipeline));
        TtsServer server = Assert.Single(Connection.To(fleet).Describe().Servers!);
        Assert.Equal((false, true), (server.IsReady, server.Problem!.Contains("key", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_key_that_is_refused_when_a_server_is_asked_again_ends_the_pipeline_too()
    {
        await using Servers servers = await Servers.StartAsync(Servers.One(switches: Servers.Quick with { Key = "another" }));
        TtsException[] errors = servers.Run(Rows(9), _folder.Path).Errors();
        Assert.All(errors, e => Assert.Equal((TtsErrorKind.AuthenticationError, true), (e.Kind, e.EndsPipeline)));
        Assert.Equal(0, servers[0].Record.Begun);
    }

    [Fact]
    public async Task Results_that_came_before_a_crash_are_kept_and_the_others_can_be_generated_again()
    {
        SpeechServerSwitches dying = Servers.Quick with { Slots = 1, CrashAfter = 2 };
        await using Servers servers = await Servers.StartAsync(Servers.One(switches: dying));
        SpeechRow[] rows = [Rows(1).Single() with { NumberResults = "3" }];
        List<BatchEvent> events = servers.Run(rows, _folder.Path);
        TtsSpeech kept = Assert.Single(events.Spoken());
        Assert.Equal("0001-1.wav", Path.GetFileName(kept.Path));
        Assert.NotEmpty(events.Errors());

        await servers[0].UpAsync();
        events = servers.Run(rows, _folder.Path);
        Assert.Equal(("Unchanged", kept.Path), (events.Spoken().Single().Status, events.Spoken().Single().Path));
        string message = Assert.Single(events.Errors()).Message;
        Assert.Contains("1 of 3 results", message, StringComparison.Ordinal);
        Assert.Contains("-Regenerate", message, StringComparison.Ordinal);
        Assert.DoesNotContain("charged", message, StringComparison.Ordinal);
        Assert.Equal(3, servers.Run(rows, _folder.Path, Service.Quick with { Regenerate = true }).Spoken().Length);
    }

    // An answer may be on its way when its server crashes. Four are in flight at most.
    private static void AssertOnce(Servers servers) =>
        Assert.InRange(servers.Spoken.Values.Sum(times => times - 1), 0, 4);

    private static IEnumerable<SpeechRow> Rows(int count) => Enumerable.Range(1, count)
        .Select(n => new SpeechRow
        {
            Id = $"{n:0000}",
            Text = $"This is number {n}.",
            Voice = "ryan",
            Language = "en",
            OutputFormat = "WAV",
        });
}
