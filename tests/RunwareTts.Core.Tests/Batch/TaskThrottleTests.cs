using RunwareTts.Batch;

namespace RunwareTts.Tests.Batch;

/// <summary>The slots of tasks in flight: never too many, none lost, and every row gets one.</summary>
public sealed class TaskThrottleTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly BatchLog _log = new();

    [Fact]
    public async Task Whoever_waits_for_a_closed_gate_comes_in_when_it_opens()
    {
        for (int i = 0; i < 40; i++)
        {
            TaskThrottle throttle = new(1, _log);
            // Parts of a millisecond are what a date in Retry-After leaves, and what a timer does not wait for.
            throttle.Lower(throttle.Now, TimeSpan.FromMilliseconds(3 + i % 5 + 0.9));
            await throttle.EnterAsync(1, CancellationToken.None).WaitAsync(Patience);
        }
    }

    [Fact]
    public async Task A_closed_gate_lets_nobody_in_and_opens_for_all()
    {
        TaskThrottle throttle = new(8, _log);
        TimeSpan asked = TimeSpan.FromMilliseconds(300);
        TimeSpan closed = throttle.Now;
        throttle.Lower(closed, asked);
        throttle.Lower(closed, TimeSpan.FromMilliseconds(1));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(row => throttle.EnterAsync(row, CancellationToken.None))).WaitAsync(Patience);
        Assert.True(throttle.Now - closed >= asked, $"{throttle.Now - closed}");
        Assert.Contains("after 0.3 s", Told()[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_come_in_by_their_numbers_whenever_they_asked()
    {
        TaskThrottle throttle = new(1, _log);
        await Take(throttle, 0);
        List<int> served = [];
        int[] rows = [.. Enumerable.Range(1, 200)];
        new Random(5).Shuffle(rows);
        Task[] waiting = [.. rows.Select(GoAsync)];
        throttle.Release();
        await Task.WhenAll(waiting).WaitAsync(Patience);
        Assert.Equal(Enumerable.Range(1, 200), served);

        async Task GoAsync(int row)
        {
            await Take(throttle, row);
            served.Add(row);
            throttle.Release();
        }
    }

    [Fact]
    public void A_push_back_halves_once_a_round_and_what_goes_well_brings_it_back()
    {
        TaskThrottle throttle = new(16, _log);
        TimeSpan sent = throttle.Now;
        for (int i = 0; i < 16; i++)
            throttle.Lower(sent, null);
        for (int i = 0; i < 4; i++)
        {
            Thread.Sleep(1);
            throttle.Lower(throttle.Now, null);
        }

        Assert.Equal(new[] { 8, 4, 2, 1, 1 }.Select(n => $"The service is busy: throttle lowered to {n}."), Told());

        // One slot more for each round of accepted tasks, up to the limit.
        List<string> raised = [];
        int tasks = 0;
        for (; raised.Count < 15 && tasks < 1000; tasks++)
        {
            throttle.Raise();
            raised.AddRange(Told());
        }

        Assert.InRange(tasks, 16 * 15 / 2, 16 * 15 / 2 + 16);
        Assert.Equal(Enumerable.Range(2, 15).Select(n => $"Throttle raised to {n}."), raised);
        for (int i = 0; i < 100; i++)
            throttle.Raise();
        Assert.Empty(Told());
    }

    [Fact]
    public async Task After_a_cut_slots_are_given_again_when_enough_came_back()
    {
        TaskThrottle throttle = new(4, _log);
        for (int row = 0; row < 4; row++)
            await Take(throttle, row);
        Task next = throttle.EnterAsync(4, CancellationToken.None);
        throttle.Lower(throttle.Now, null);
        throttle.Release();
        throttle.Release();
        Assert.False(next.IsCompleted);
        throttle.Release();
        await next.WaitAsync(Patience);
    }

    [Theory]
    [Trait("Lane", "Slow")]
    [InlineData(1, 3)]
    [InlineData(2, 1)]
    [InlineData(3, 16)]
    public async Task Thousands_come_and_go_and_give_up_and_no_slot_is_lost(int seed, int most)
    {
        TaskThrottle throttle = new(most, _log);
        int inside = 0;
        int tooMany = 0;
        int next = 0;
        await Task.WhenAll(Enumerable.Range(0, 24).Select(thread => Task.Run(async () =>
        {
            Random random = new(seed * 100 + thread);
            for (int i = 0; i < 400; i++)
            {
                TaskSlot slot = new(throttle, Interlocked.Increment(ref next));
                using CancellationTokenSource gone = new();
                if (random.Next(2) == 0)
                    _ = slot.EnterAsync(gone.Token);
                switch (random.Next(8))
                {
                    case 0:
                        // Asked for, and not needed after all.
                        slot.Release();
                        continue;
                    case 1:
                        gone.Cancel();
                        break;
                    case 2:
                        gone.CancelAfter(TimeSpan.FromMilliseconds(random.Next(3)));
                        break;
                }

                try
                {
                    for (int tries = random.Next(1, 4); tries > 0; tries--)
                    {
                        TimeSpan sent = throttle.Now;
                        await slot.EnterAsync(gone.Token);
                        if (Interlocked.Increment(ref inside) > most)
                            tooMany++;
                        if (random.Next(3) == 0)
                            await Task.Yield();
                        Interlocked.Decrement(ref inside);
                        if (random.Next(10) == 0)
                            throttle.Lower(sent, random.Next(20) == 0 ? TimeSpan.FromMilliseconds(random.NextDouble() * 3) : null);
                        else
                            throttle.Raise();
                        slot.Release();
                    }
                }
                catch (OperationCanceledException)
                {
                    // Gave up.
                }

                slot.Release();
                slot.Release();
            }
        }))).WaitAsync(Patience);
        Assert.Equal(0, tooMany);
        for (int i = 0; i < 1000; i++)
            throttle.Raise();
        await Task.WhenAll(Enumerable.Range(0, most).Select(row => throttle.EnterAsync(row, CancellationToken.None))).WaitAsync(Patience);
        Assert.False(throttle.EnterAsync(0, CancellationToken.None).IsCompleted);
    }

    private string[] Told() => [.. _log.Take().OfType<BatchEvent.Verbose>().Select(told => told.Message)];

    private static async Task Take(TaskThrottle throttle, int row) => await throttle.EnterAsync(row, CancellationToken.None).WaitAsync(Patience);
}
