using RunwareTts.Ledger;

namespace RunwareTts.Tests.Ledger;

/// <summary>
/// Many events at once: each completes when it is written and not before, in order, and one bad write fails its own
/// events only.
/// </summary>
public sealed class LedgerWriterTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly List<LedgerEvent> _written = [];

    [Fact]
    public async Task Thousands_of_lines_from_many_threads_are_all_there_and_each_threads_in_order()
    {
        const int Threads = 8;
        const int Each = 1000;
        LedgerWriter writer = new(_written.AddRange);
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(async () =>
        {
            for (int i = 0; i < Each; i++)
            {
                Task line = writer.AppendAsync(Past.Submitted($"{thread} {i}"));
                if (i % 3 == 0)
                    await line;
                if (i == Each - 1)
                    await line;
            }
        }))).WaitAsync(Patience);
        Assert.Equal(Threads * Each, _written.Count);
        foreach (IGrouping<string, string> thread in _written.Select(w => w.Hash!.Split(' ')).GroupBy(h => h[0], h => h[1]))
            Assert.Equal(Enumerable.Range(0, Each).Select(i => $"{i}"), thread);
    }

    [Fact]
    public async Task A_line_is_done_only_when_it_is_written()
    {
        using ManualResetEventSlim disk = new();
        using SemaphoreSlim begun = new(0);
        LedgerWriter writer = new(events =>
        {
            begun.Release();
            disk.Wait(Patience);
            _written.AddRange(events);
        });
        Task first = Task.Run(() => writer.AppendAsync(Past.Submitted("a")));
        Assert.True(await begun.WaitAsync(Patience));
        Task second = writer.AppendAsync(Past.Submitted("b"));
        await Task.Delay(50);
        Assert.False(first.IsCompleted || second.IsCompleted);
        disk.Set();
        await Task.WhenAll(first, second).WaitAsync(Patience);
        Assert.Equal(["a", "b"], _written.Select(w => w.Hash));
    }

    [Fact]
    public async Task A_write_that_fails_fails_its_lines_and_the_next_go_on()
    {
        int writes = 0;
        LedgerWriter writer = new(events =>
        {
            if (++writes % 2 == 1)
                throw new IOException("full");
            _written.AddRange(events);
        });
        for (int i = 0; i < 50; i++)
        {
            await Assert.ThrowsAsync<IOException>(() => writer.AppendAsync(Past.Submitted("lost")));
            await writer.AppendAsync(Past.Submitted($"{i}")).WaitAsync(Patience);
        }

        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"{i}"), _written.Select(w => w.Hash));
    }

    [Fact]
    public async Task The_end_waits_for_what_was_begun_and_not_for_ever()
    {
        LedgerWriter writer = new(_written.AddRange);
        Task[] lines = [.. Enumerable.Range(0, 500).Select(i => writer.AppendAsync(Past.Submitted($"{i}")))];
        writer.Finish(Patience);
        Assert.Equal(500, _written.Count);
        await Task.WhenAll(lines).WaitAsync(Patience);
        writer.Finish(Patience);

        using ManualResetEventSlim disk = new();
        LedgerWriter stuck = new(_ => disk.Wait(Patience));
        Task line = Task.Run(() => stuck.AppendAsync(Past.Submitted("a")));
        await Task.Delay(50);
        stuck.Finish(TimeSpan.FromMilliseconds(50));
        Assert.False(line.IsCompleted);
        disk.Set();
    }

    [Fact]
    public void Only_what_a_next_step_depends_on_is_flushed() =>
        Assert.Equal([LedgerEventKind.Submitted, LedgerEventKind.Saved], Enum.GetValues<LedgerEventKind>()
            .Where(kind => (Past.Submitted("a") with { Event = kind }).IsDependedOn));
}
