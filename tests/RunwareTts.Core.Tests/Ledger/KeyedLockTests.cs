using RunwareTts.Ledger;

namespace RunwareTts.Tests.Ledger;

/// <summary>
/// Equal rows, one after the other: never two at once, in their order, and none waits for ever because another gave up.
/// </summary>
public sealed class KeyedLockTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly KeyedLock _lock = new();

    [Fact]
    public async Task The_next_comes_when_the_one_before_is_over()
    {
        IDisposable first = (await Take("a"))!;
        Task<IDisposable?> second = Take("a");
        Task<IDisposable?> third = Take("a");
        Assert.True(Take("b").IsCompletedSuccessfully);
        Assert.False(second.IsCompleted);
        first.Dispose();
        using (await second.WaitAsync(Patience))
            Assert.False(third.IsCompleted);
        using IDisposable? last = await third.WaitAsync(Patience);
    }

    [Fact]
    public async Task Whoever_gives_up_does_not_let_the_next_one_in_too_early()
    {
        using CancellationTokenSource gone = new();
        IDisposable first = (await Take("a"))!;
        Task<IDisposable?> second = Take("a", gone.Token);
        Task<IDisposable?> third = Take("a");
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        await Task.Delay(20);
        Assert.False(third.IsCompleted);
        first.Dispose();
        using IDisposable? last = await third.WaitAsync(Patience);
    }

    [Fact]
    public async Task All_that_came_in_order_go_in_order()
    {
        List<int> seen = [];
        List<Task> rows = [];
        IDisposable first = (await Take("a"))!;
        for (int i = 0; i < 500; i++)
            rows.Add(GoAsync(i));
        first.Dispose();
        await Task.WhenAll(rows).WaitAsync(Patience);
        Assert.Equal(Enumerable.Range(0, 500), seen);

        async Task GoAsync(int row)
        {
            using IDisposable? mine = await Take("a");
            seen.Add(row);
        }
    }

    [Theory]
    [Trait("Lane", "Slow")]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Thousands_from_many_threads_and_some_give_up(int seed)
    {
        const int Threads = 8;
        const int Each = 2500;
        int[] inside = new int[5];
        int[] served = new int[Threads];
        int most = 0;
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(async () =>
        {
            Random random = new(seed * Threads + thread);
            for (int i = 0; i < Each; i++)
            {
                int name = random.Next(inside.Length);
                using CancellationTokenSource gone = new();
                Task<IDisposable?> turn = Take($"{name}", gone.Token);
                if (random.Next(3) == 0)
                    gone.Cancel();
                try
                {
                    using IDisposable? mine = await turn;
                    if (Interlocked.Increment(ref inside[name]) > 1)
                        most = 2;
                    if (random.Next(4) == 0)
                        await Task.Yield();
                    Interlocked.Decrement(ref inside[name]);
                    served[thread]++;
                }
                catch (OperationCanceledException)
                {
                    // Gave up.
                }
            }
        }))).WaitAsync(Patience);
        Assert.Equal(0, most);
        Assert.InRange(served.Sum(), Threads * Each / 2, Threads * Each);
        for (int name = 0; name < inside.Length; name++)
            using (await Take($"{name}").WaitAsync(Patience))
                Assert.Equal(0, inside[name]);
    }

    private Task<IDisposable?> Take(string name, CancellationToken token = default) => _lock.TakeAsync(name, token);
}
