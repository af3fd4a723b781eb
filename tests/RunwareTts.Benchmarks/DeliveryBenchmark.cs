using System.Diagnostics;
using RunwareTts.Batch;
using RunwareTts.Requests;

namespace RunwareTts.Benchmarks;

/// <summary>Rows that wait for their results: by sync delivery, and by async delivery with polls, interleaved.</summary>
internal static class DeliveryBenchmark
{
    private const int Rounds = 5;
    private const int Rows = 64;
    private const int AtOnce = 4;

    public static async Task RunAsync()
    {
        await using World world = await World.StartAsync();
        BatchOptions options = World.Options;
        TaskPoller poller = new(world.Provider, options, answered: true);
        Random random = new(7);
        List<(double Wall, int Requests)> sync = [];
        List<(double Wall, int Requests)> polled = [];
        for (int round = 0; round < Rounds; round++)
        {
            SpeechRequest[] rows = [.. Enumerable.Range(0, Rows).Select(_ => World.Row(random))];
            sync.Add(await TimeAsync(world, rows, (id, row) => world.Provider.SubmitAsync(id, row, wait: true, CancellationToken.None)));
            polled.Add(await TimeAsync(world, rows, async (id, row) =>
            {
                await world.Provider.SubmitAsync(id, row, wait: false, CancellationToken.None);
                await poller.WaitAsync(World.Polled(id, row), null, CancellationToken.None);
            }));
        }

        Console.WriteLine($"{Rounds} rounds of {Rows} rows, {AtOnce} at once, times a twentieth of 3.7 to 4.8 s; medians");
        Print("sync", sync, sync);
        Print("async, polled", polled, sync);
    }

    private static async Task<(double, int)> TimeAsync(World world, SpeechRequest[] rows, Func<Guid, SpeechRequest, Task> speak)
    {
        int before = world.Record.Requests;
        Stopwatch clock = Stopwatch.StartNew();
        await Parallel.ForEachAsync(rows, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (row, _) => await speak(Guid.NewGuid(), row));
        return (clock.Elapsed.TotalSeconds, world.Record.Requests - before);
    }

    private static void Print(string name, List<(double Wall, int Requests)> seen, List<(double Wall, int Requests)> basis)
    {
        double wall = seen.Select(s => s.Wall).Order().ElementAt(Rounds / 2);
        double of = basis.Select(s => s.Wall).Order().ElementAt(Rounds / 2);
        Console.WriteLine(FormattableString.Invariant($"{name,-14} {wall,6:0.00} s, {wall / of:0.00} x sync, {seen.Average(s => s.Requests) / Rows:0.00} requests a row"));
    }
}
