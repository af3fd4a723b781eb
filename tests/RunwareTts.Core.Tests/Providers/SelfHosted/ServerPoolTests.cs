using RunwareTts.Providers.SelfHosted;
using RunwareTts.Tests.Providers.Runware;

namespace RunwareTts.Tests.Providers.SelfHosted;

/// <summary>Which server gets the next request, and what happens when none can.</summary>
public sealed class ServerPoolTests
{
    private static readonly Guid Task1 = Guid.NewGuid();

    // Times that never pass in a test, but for those that it is about.
    private static readonly ServerBackoff Patient = new()
    {
        FirstOut = TimeSpan.FromHours(1),
        MaxOut = TimeSpan.FromHours(1),
        AllOut = TimeSpan.FromHours(1),
        FirstBusy = TimeSpan.FromHours(1),
        MaxBusy = TimeSpan.FromHours(1),
    };

    [Fact]
    public async Task The_least_busy_one_gets_the_next_request()
    {
        ServerPool pool = Pool(3);
        List<ServerLease> leases = [];
        for (int n = 0; n < 9; n++)
            leases.Add(await TakeAsync(pool));
        Assert.All(leases.GroupBy(lease => lease.Server), server => Assert.Equal(3, server.Count()));
        pool.Release(leases[4]);
        Assert.Same(leases[4].Server, (await TakeAsync(pool)).Server);
    }

    [Fact]
    public async Task Of_equally_busy_ones_the_fastest_gets_it()
    {
        ServerPool pool = Pool(3);
        ServerLease[] leases = [await TakeAsync(pool), await TakeAsync(pool), await TakeAsync(pool)];
        int[] characters = [10, 1_000_000_000, 10_000];
        for (int n = 0; n < leases.Length; n++)
        {
            pool.Spoke(leases[n], characters[n]);
            pool.Release(leases[n]);
        }

        Assert.Same(leases[1].Server, (await TakeAsync(pool)).Server);
    }

    [Fact]
    public async Task A_server_to_avoid_is_the_last_choice_but_one()
    {
        ServerPool pool = Pool(2);
        SpeechServer avoid = pool.Servers[0];
        for (int n = 0; n < 5; n++)
            Assert.Same(pool.Servers[1], (await pool.TakeAsync(avoid, CancellationToken.None))!.Server);
        ServerPool alone = Pool(1);
        Assert.Same(alone.Servers[0], (await TakeAsync(alone, alone.Servers[0])).Server);
    }

    [Fact]
    public async Task A_closed_server_is_passed_over_and_never_waited_for_while_another_is_open()
    {
        ServerPool pool = Pool(2);
        ServerLease first = await TakeAsync(pool);
        pool.WasBusy(first, null);
        pool.Release(first);
        for (int n = 0; n < 4; n++)
            Assert.NotSame(first.Server, (await TakeAsync(pool)).Server);
    }

    [Fact]
    public async Task One_trial_goes_to_a_server_that_is_out_and_the_others_wait_for_its_answer()
    {
        ServerPool pool = Pool(1, Patient with { FirstOut = TimeSpan.FromMilliseconds(1) });
        ServerLease first = await TakeAsync(pool);
        Assert.Equal(TimeSpan.FromMilliseconds(1), pool.Failed(first, Task1, isDown: true));
        pool.Release(first);

        ServerLease trial = await TakeAsync(pool);
        Task<ServerLease?>[] waiting = [.. Enumerable.Range(0, 3)
            .Select(_ => pool.TakeAsync(null, CancellationToken.None))];
        Assert.All(waiting, wait => Assert.False(wait.IsCompleted));
        pool.Spoke(trial, 10);
        pool.Release(trial);
        ServerLease?[] taken = await Task.WhenAll(waiting).WaitAsync(Listening.Patience);
        Assert.All(taken, Assert.NotNull);
        Assert.Equal(3, taken.Distinct().Count());
    }

    [Fact]
    public async Task A_closed_server_opens_by_itself()
    {
        ServerPool pool = Pool(1);
        ServerLease first = await TakeAsync(pool);
        pool.WasBusy(first, TimeSpan.FromMilliseconds(20));
        pool.Release(first);
        Assert.NotNull(await TakeAsync(pool));
    }

    [Fact]
    public async Task A_wait_can_be_cancelled()
    {
        ServerPool pool = Pool(1);
        ServerLease first = await TakeAsync(pool);
        pool.WasBusy(first, null);
        pool.Release(first);
        using CancellationTokenSource stop = new();
        Task wait = pool.TakeAsync(null, stop.Token);
        Assert.False(wait.IsCompleted);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait.WaitAsync(Listening.Patience));
    }

    [Fact]
    public async Task When_all_are_out_for_too_long_there_is_none_until_one_answers()
    {
        ServerPool pool = Pool(2, Patient with { AllOut = TimeSpan.FromMilliseconds(50) });
        Assert.False(pool.IsUsed);
        ServerLease first = await TakeAsync(pool);
        ServerLease second = await TakeAsync(pool);
        ServerLease old = await TakeAsync(pool);
        Assert.True(pool.IsUsed);

        pool.Failed(first, Task1, isDown: true);
        Assert.False(pool.IsDown);
        pool.Failed(second, Task1, isDown: true);
        Assert.Null(await pool.TakeAsync(null, CancellationToken.None).WaitAsync(Listening.Patience));
        Assert.True(pool.IsDown);
        Assert.Null(await pool.TakeAsync(null, CancellationToken.None));

        pool.Answered(old);
        pool.Release(first);
        Assert.False(pool.IsDown);
        Assert.Same(old.Server, (await TakeAsync(pool)).Server);
    }

    [Fact]
    public async Task Rows_wait_no_longer_because_more_of_them_fail()
    {
        ServerPool pool = Pool(1, Patient with
        {
            FirstOut = TimeSpan.FromMilliseconds(5),
            MaxOut = TimeSpan.FromMilliseconds(5),
            AllOut = TimeSpan.FromMilliseconds(200),
        });
        int trials = 0;
        for (; await pool.TakeAsync(null, CancellationToken.None).WaitAsync(Listening.Patience) is { } lease; trials++)
        {
            pool.Failed(lease, Guid.NewGuid(), isDown: true);
            pool.Release(lease);
        }

        Assert.True(trials > 0);
        Assert.True(pool.IsDown);
    }

    private static ServerPool Pool(int count, ServerBackoff? backoff = null) =>
        new([.. Enumerable.Range(1, count).Select(n => OwnServer.Of(new Uri($"http://gpu{n}.example/")))],
            backoff ?? Patient);

    private static async Task<ServerLease> TakeAsync(ServerPool pool, SpeechServer? avoid = null)
    {
        ServerLease? lease = await pool.TakeAsync(avoid, CancellationToken.None).WaitAsync(Listening.Patience);
        Assert.NotNull(lease);
        return lease;
    }
}
