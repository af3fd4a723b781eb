using System.Diagnostics;

namespace RunwareTts.Benchmarks;

/// <summary>A very large batch: the memory it takes, and how fast a second run finds that nothing is to be done.</summary>
internal static class LargeBatchBenchmark
{
    private const int Rows = 100_000;
    private const int AtOnce = 16;
    private const double Megabyte = 1024 * 1024;
    private static readonly int[] Marks = [1_000, 10_000, 50_000, Rows];

    public static void Run()
    {
        using EmulatorProcess emulator = EmulatorProcess.Start(TimeSpan.Zero, "tiny");
        string folder = Directory.CreateTempSubdirectory("runwaretts-benchmark-").FullName;
        try
        {
            Console.WriteLine($"{Rows} rows, {AtOnce} at once, tasks that take no time");
            Speak(emulator.Endpoint, Path.Combine(folder, "rows"), "Completed");
            // As on the next morning, in a process of its own.
            using Process next = Process.Start(Environment.ProcessPath!, [.. Self(), "large-batch", emulator.Endpoint.ToString(), Path.Combine(folder, "rows")]);
            next.WaitForExit();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Speaks the rows and tells of the memory that was in use meanwhile.</summary>
    /// <param name="endpoint">The emulator.</param>
    /// <param name="folder">OutputDirectory; the one beside it takes the row that warms up.</param>
    /// <param name="status">What is to come of every row.</param>
    public static void Speak(Uri endpoint, string folder, string status)
    {
        BatchRun.Run(endpoint, folder + "-before", AtOnce, BatchRun.Rows(status, 1), _ => { });
        double idle = Peak();
        Console.WriteLine(FormattableString.Invariant($"{status}: {idle:0.0} MB with one row done"));
        Stopwatch clock = Stopwatch.StartNew();
        int done = 0;
        BatchRun.Run(endpoint, folder, AtOnce, BatchRun.Rows("row", Rows), speech =>
        {
            if (speech.Status != status)
                throw new InvalidOperationException($"{speech.Id} is {speech.Status}.");
            if (Marks.Contains(++done))
                Console.WriteLine(FormattableString.Invariant($"{done,8} rows {clock.Elapsed.TotalSeconds,7:0.00} s {done / clock.Elapsed.TotalSeconds,8:0} rows/s, peak {Peak() - idle,5:0.0} MB over idle"));
        });
        if (done != Rows)
            throw new InvalidOperationException($"{done} of {Rows} rows have a result.");
    }

    private static double Peak()
    {
        using Process me = Process.GetCurrentProcess();
        return me.PeakWorkingSet64 / Megabyte;
    }

    private static IEnumerable<string> Self() => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(LargeBatchBenchmark).Assembly.Location] : [];
}
