using RunwareTts.Batch;
using RunwareTts.Catalog;
using RunwareTts.Emulator;
using RunwareTts.Ledger;
using RunwareTts.Requests;

namespace RunwareTts.Tests.Batch;

/// <summary>Tasks that one pipeline submits and another one waits for, at a quarter of the documented times.</summary>
public sealed class PollCountTests
{
    private const int Rows = 40;
    private const double Scale = 0.25;

    private static readonly BatchOptions Options = Service.Quick with
    {
        FirstPoll = TimeSpan.FromSeconds(0.75 * Scale),
        TaskTime = SpeechCatalog.TaskTime with
        {
            MinSeconds = SpeechCatalog.TaskTime.MinSeconds * Scale,
            MaxSeconds = SpeechCatalog.TaskTime.MaxSeconds * Scale,
        },
    };

    /// <summary>The service as documented; much faster; slower: then a second run knows its times.</summary>
    [Theory]
    [InlineData(4.2, true)]
    [InlineData(0.2, true)]
    [InlineData(9, false)]
    public async Task Forty_tasks_of_another_pipeline_take_at_most_two_and_a_half_polls_each(
        double seconds, bool isFirst)
    {
        using TempFolder folder = new();
        await using Service service = await Service.StartAsync(
            new EmulatorOptions { TaskTime = TimeSpan.FromSeconds(seconds * Scale) }, TinyVoice.SpeakAsync);
        if (!isFirst)
            Poll(service, folder.Path, "earlier");
        Assert.InRange(Poll(service, folder.Path, "row") / (double)Rows, 1, 2.5);
    }

    [Fact]
    public async Task The_ledger_has_between_which_polls_a_task_ended()
    {
        using TempFolder folder = new();
        await using Service service = await Service.StartAsync(
            new EmulatorOptions { TaskTime = TimeSpan.FromSeconds(4.2 * Scale) }, TinyVoice.SpeakAsync);
        Poll(service, folder.Path, "row");
        service.Run([new() { Text = "One that waits." }], folder.Path, Options);
        using TaskLedger ledger = LedgerLocation.OpenDirectory(folder.Path);
        TaskSpan[] spans = [.. new TaskTimes(ledger.Recent(), service.Provider().Name, Options.Endpoint).Spans];
        Assert.Equal(Rows + 1, spans.Length);
        Assert.All(spans, s => Assert.True(s.Open <= s.Seen));
        Assert.All(spans, s => Assert.Equal("CustomVoice", s.Kind.Model));
        // Its answer came at its end.
        Assert.InRange(spans[^1].Open / spans[^1].Seen, 0.9, 1);
    }

    private static int Poll(Service service, string folder, string name)
    {
        SpeechRow[] rows = [.. Enumerable.Range(0, Rows).Select(i => new SpeechRow { Text = $"This is {name} {i}.", Id = $"{name}{i}" })];
        TaskRow[] tasks = [.. service.Run(rows, folder, Options with { Wait = false })
            .OfType<BatchEvent.TaskSubmitted>().Select(e => Waits.RowOf(e.Task))];
        int before = service.Sent("getResponse").Length;
        Assert.Equal(Rows, Waits.Run(service.Provider(), tasks, folder, Options).Spoken().Length);
        return service.Sent("getResponse").Length - before;
    }
}
