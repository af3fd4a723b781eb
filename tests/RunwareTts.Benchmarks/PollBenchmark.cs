using System.Collections.Concurrent;
using System.Diagnostics;
using RunwareTts.Batch;
using RunwareTts.Providers;
using RunwareTts.Requests;

namespace RunwareTts.Benchmarks;

/// <summary>How often a task is asked for, and how late its end is seen: this module, and the cadences of the official clients, interleaved.</summary>
internal static class PollBenchmark
{
    private const int Rounds = 6;
    private const int Tasks = 64;
    private const int AtOnce = 4;

    public static async Task RunAsync()
    {
        await using World world = await World.StartAsync();
        CountingProvider counting = new(world.Provider);
        BatchOptions options = World.Options;
        TaskPoller poller = new(counting, options, answered: true);
        (string Name, Func<Guid, SpeechRequest, Task> Wait, List<(double Polls, double Delay, double Time)> Seen)[] ways =
        [
            ("RunwareTts", (id, r) => poller.WaitAsync(World.Polled(id, r), null, CancellationToken.None), []),
            ("fixed 2 s (runware-cli)", (id, _) => LoopAsync(counting, id, _ => 2), []),
            ("1, 0.5, x1.5 (official SDKs)", (id, _) => LoopAsync(counting, id, n => n == 0 ? 1 : Math.Min(10, 0.5 * Math.Pow(1.5, n - 1))), []),
        ];

        Random random = new(7);
        for (int round = 0; round < Rounds; round++)
        {
            foreach ((_, Func<Guid, SpeechRequest, Task> wait, List<(double, double, double)> seen) in ways)
            {
                SpeechRequest[] rows = [.. Enumerable.Range(0, Tasks).Select(_ => World.Row(random))];
                ConcurrentBag<(double, double, double)> bag = [];
                await Parallel.ForEachAsync(rows, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (row, token) =>
                {
                    Guid id = Guid.NewGuid();
                    Stopwatch clock = Stopwatch.StartNew();
                    await counting.SubmitAsync(id, row, wait: false, token);
                    await wait(id, row);
                    double time = World.TimeOf(row.Text).TotalSeconds;
                    bag.Add((counting.PollsOf(id), clock.Elapsed.TotalSeconds - time, time));
                });
                seen.AddRange(bag);
            }
        }

        Console.WriteLine($"{Rounds * Tasks} tasks each, {AtOnce} at once, times a twentieth of 3.7 to 4.8 s");
        Console.WriteLine($"{"cadence",-30} {"polls a task",12} {"median delay",13} {"of task time",13}");
        foreach ((string name, _, List<(double Polls, double Delay, double Time)> seen) in ways)
            Console.WriteLine(FormattableString.Invariant($"{name,-30} {seen.Average(s => s.Polls),12:0.00} {Median(seen.Select(s => s.Delay)) * 1000,10:0.0} ms {Median(seen.Select(s => s.Delay / s.Time)) * 100,11:0.0} %"));
    }

    private static async Task LoopAsync(CountingProvider provider, Guid id, Func<int, double> seconds)
    {
        for (int n = 0; ; n++)
        {
            await Task.Delay(TimeSpan.FromSeconds(seconds(n) * World.Scale));
            if ((await provider.PollAsync([id], CancellationToken.None)).TryGetValue(id, out TaskAnswer? answer) && answer.IsFinal(1))
                return;
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    private sealed class CountingProvider(ISpeechProvider inner) : ISpeechProvider
    {
        private readonly ConcurrentDictionary<Guid, int> _polls = new();

        public string Name => inner.Name;

        public bool KeepsVoices => true;

        public bool UploadsResults => true;

        public bool ChargesNothing => false;

        public string? Caution => null;

        public int PollsOf(Guid id) => _polls.GetValueOrDefault(id);

        public string? CautionFor(SpeechRequest request, CancellationToken token = default) => null;

        public TtsException? FindUnsupported(SpeechRequest request, bool wait) => null;

        public void EnsureReady()
        {
        }

        public Task<TaskAnswer> SubmitAsync(Guid task, SpeechRequest request, bool wait, CancellationToken token) => inner.SubmitAsync(task, request, wait, token);

        public Task<IReadOnlyDictionary<Guid, TaskAnswer>> PollAsync(IReadOnlyCollection<Guid> tasks, CancellationToken token)
        {
            foreach (Guid task in tasks)
                _polls.AddOrUpdate(task, 1, (_, n) => n + 1);
            return inner.PollAsync(tasks, token);
        }

        public Task<TaskAnswer?> RecallAsync(Guid task, CancellationToken token) => inner.RecallAsync(task, token);

        public Task<decimal?> PriceAsync(SpeechRequest request, CancellationToken token) => inner.PriceAsync(request, token);

        public Task FetchAsync(SpeechResult result, Stream destination, CancellationToken token) => inner.FetchAsync(result, destination, token);
    }
}
