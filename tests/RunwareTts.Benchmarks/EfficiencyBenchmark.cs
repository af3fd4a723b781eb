using System.Diagnostics;
using RunwareTts.Requests;

namespace RunwareTts.Benchmarks;

/// <summary>The time of a batch and of its process, beside what cannot be beaten and beside a bare loop.</summary>
internal static class EfficiencyBenchmark
{
    private const int Rounds = 5;
    private const int Rows = 1_000;
    private const int Throttle = 16;
    private const int WarmUp = 50;
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(200);

    public static async Task RunAsync()
    {
        using EmulatorProcess emulator = EmulatorProcess.Start(Latency, "silence");
        string folder = Directory.CreateTempSubdirectory("runwaretts-benchmark-").FullName;
        try
        {
            using BareLoop loop = new(emulator.Endpoint);
            (string Name, Func<string, IEnumerable<SpeechRow>, Task> Run, List<(double Wall, double Processor)> Seen)[] ways =
            [
                ("RunwareTts", (where, rows) => Task.Run(() => BatchRun.Run(emulator.Endpoint, where, Throttle, rows, _ => { })), []),
                ("flushing bare loop", (where, rows) => loop.RunAsync(where, Throttle, rows, toDisk: true), []),
                ("bare loop", (where, rows) => loop.RunAsync(where, Throttle, rows), []),
            ];
            foreach ((string name, Func<string, IEnumerable<SpeechRow>, Task> run, _) in ways)
                await run(Path.Combine(folder, name), BatchRun.Rows($"{name} warm", WarmUp));
            for (int round = 0; round < Rounds; round++)
            {
                foreach ((string name, Func<string, IEnumerable<SpeechRow>, Task> run, List<(double, double)> seen) in ways)
                {
                    TimeSpan processor = Environment.CpuUsage.TotalTime;
                    Stopwatch clock = Stopwatch.StartNew();
                    await run(Path.Combine(folder, $"{name} {round}"), BatchRun.Rows($"{name} {round}", Rows));
                    seen.Add((clock.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds / Rows));
                }
            }

            double least = Rows * Latency.TotalSeconds / Throttle;
            Console.WriteLine($"{Rows} rows of {Latency.TotalMilliseconds} ms, {Throttle} at once, {Rounds} rounds; medians");
            foreach ((string name, _, List<(double Wall, double Processor)> seen) in ways)
                Console.WriteLine(FormattableString.Invariant($"{name,-18} wall {Median(seen.Select(s => s.Wall)) / least:0.000} x rows x latency / throttle, processor {Median(seen.Select(s => s.Processor)):0.000} ms a row, {Median(seen.Select(s => s.Processor)) / Median(ways[^1].Seen.Select(s => s.Processor)):0.00} x bare loop"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
