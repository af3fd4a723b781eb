using RunwareTts.Batch;

namespace RunwareTts.Tests.Batch;

/// <summary>The places of tasks in flight: never too many, none lost, and everybody comes in.</summary>
public sealed class PlacesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly List<string> _told = [];

    [Fact]
    public async Task Whoever_waits_for_a_closed_gate_comes_in_when_it_opens()
    {
        for (int i = 0; i < 40; i++)
        {
            Places places = new(1, _ => { });
            // Parts of a millisecond are what a date in Retry-After leaves, and what a timer does not wait for.
            places.PushedBack(places.Now, TimeSpan.FromMilliseconds(3 + i % 5 + 0.9));
            await places.TakeAsync(1, CancellationToken.None).WaitAsync(Patience);
        }
    }

    [Fact]
    public async Task A_closed_gate_lets_nobody_in_and_opens_for_all()
    {
        Places places = new(8, _told.Add);
        TimeSpan asked = TimeSpan.FromMilliseconds(300);
        TimeSpan closed = places.Now;
        places.PushedBack(closed, asked);
        places.PushedBack(closed, TimeSpan.FromMilliseconds(1));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(row => places.TakeAsync(row, CancellationToken.None))).WaitAsync(Patience);
        Assert.True(places.Now - closed >= asked, $"{places.Now - closed}");
        Assert.Contains("after 0.3 s", _told[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_come_in_by_their_numbers_whenever_they_asked()
    {
        Places places = new(1, _told.Add);
        await Take(places, 0);
        List<int> served = [];
        int[] rows = [.. Enumerable.Range(1, 200)];
        new Random(5).Shuffle(rows);
        Task[] waiting = [.. rows.Select(GoAsync)];
        places.Release();
        await Task.WhenAll(waiting).WaitAsync(Patience);
        Assert.Equal(Enumerable.Range(1, 200), served);

        async Task GoAsync(int row)
        {
            await Take(places, row);
            served.Add(row);
            places.Release();
        }
    }

    [Fact]
    public void A_push_back_halves_once_a_round_and_what_goes_well_brings_it_back()
    {
        Places places = new(16, _told.Add);
        TimeSpan sent = places.Now;
        for (int i = 0; i < 16; i++)
            places.PushedBack(sent, null);
        Assert.Equal(8, places.Limit);
        for (int expected = 4; expected >= 1; expected /= 2)
        {
            Thread.Sleep(1);
            places.PushedBack(places.Now, null);
            Assert.Equal(expected, places.Limit);
        }

        Thread.Sleep(1);
        places.PushedBack(places.Now, null);
        Assert.Equal(1, places.Limit);

        // Each round of tasks that go well is one more.
        int tasks = 0;
        for (; places.Limit < 16 && tasks < 1000; tasks++)
            places.Went();
        Assert.InRange(tasks, 16 * 15 / 2, 16 * 15 / 2 + 16);
        for (int i = 0; i < 100; i++)
            places.Went();
        Assert.Equal(16, places.Limit);
        Assert.Equal(
            [.. new[] { 8, 4, 2, 1, 1 }.Select(n => $"The service pushes back: {n} tasks at once."), .. Enumerable.Range(2, 15).Select(n => $"It goes well: {n} tasks at once.")],
            _told);
    }

    [Fact]
    public async Task After_a_cut_places_are_given_again_when_enough_came_back()
    {
        Places places = new(4, _told.Add);
        for (int row = 0; row < 4; row++)
            await Take(places, row);
        Task next = places.TakeAsync(4, CancellationToken.None);
        places.PushedBack(places.Now, null);
        places.Release();
        places.Release();
        Assert.False(next.IsCompleted);
        places.Release();
        await next.WaitAsync(Patience);
    }

    [Theory]
    [Trait("Lane", "Slow")]
    [InlineData(1, 3)]
    [InlineData(2, 1)]
    [InlineData(3, 16)]
    public async Task Thousands_come_and_go_and_give_up_and_no_place_is_lost(int seed, int most)
    {
        Places places = new(most, _ => { });
        int inside = 0;
        int tooMany = 0;
        int next = 0;
        await Task.WhenAll(Enumerable.Range(0, 24).Select(thread => Task.Run(async () =>
        {
            Random random = new(seed * 100 + thread);
            for (int i = 0; i < 400; i++)
            {
                Place place = new(places, Interlocked.Increment(ref next));
                using CancellationTokenSource gone = new();
                if (random.Next(2) == 0)
                    place.Ask(gone.Token);
                switch (random.Next(8))
                {
                    case 0:
                        // Asked for, and not needed after all.
                        place.Release();
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
                        TimeSpan sent = places.Now;
                        await place.EnterAsync(gone.Token);
                        if (Interlocked.Increment(ref inside) > most)
                            tooMany++;
                        if (random.Next(3) == 0)
                            await Task.Yield();
                        Interlocked.Decrement(ref inside);
                        if (random.Next(10) == 0)
                            places.PushedBack(sent, random.Next(20) == 0 ? TimeSpan.FromMilliseconds(random.NextDouble() * 3) : null);
                        else
                            places.Went();
                        place.Release();
                    }
                }
                catch (OperationCanceledException)
                {
                    // Gave up.
                }

                place.Release();
                place.Release();
            }
        }))).WaitAsync(Patience);
        Assert.Equal(0, tooMany);
        for (int i = 0; i < 1000; i++)
            places.Went();
        await Task.WhenAll(Enumerable.Range(0, most).Select(row => places.TakeAsync(row, CancellationToken.None))).WaitAsync(Patience);
        Assert.False(places.TakeAsync(0, CancellationToken.None).IsCompleted);
    }

    private static async Task Take(Places places, int row) => await places.TakeAsync(row, CancellationToken.None).WaitAsync(Patience);
}
