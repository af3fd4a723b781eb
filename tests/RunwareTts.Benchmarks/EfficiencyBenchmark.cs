using System.Diagnostics;
using System.Globalization;

namespace RunwareTts.Benchmarks;

/// <summary>
/// The processor time of rows through the cmdlet, through Core and through a bare loop: each in a process of its own,
/// with its start, in turn.
/// </summary>
internal static class EfficiencyBenchmark
{
    private const int Rounds = 3;
    private const int Rows = 3_000;
    private const int Throttle = 16;
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(50);

    private const string Cmdlet = """
        $ErrorActionPreference = 'Stop'
        $module, $endpoint, $key, $folder, $count, $throttle = $args
        Import-Module $module
        $rows = foreach ($n in 1..$count) {
            $id = "row-$('{0:000000}' -f $n)"
            $text = "This is row number $n, and it is read aloud to nobody."
            [pscustomobject]@{ Id = $id; Text = $text; Voice = 'ryan'; Language = 'English' }
        }
        $made = 0
        $rows | New-TtsSpeech -OutputDirectory $folder -ThrottleLimit $throttle -Endpoint $endpoint -ApiKey $key |
            ForEach-Object { $made++ }
        if ($made -ne $count) { throw "$made of $count rows have a result." }
        $spent = [Diagnostics.Process]::GetCurrentProcess()
        $peak = $spent.PeakWorkingSet64
        $spent.TotalProcessorTime.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture) + " $peak"
        """;

    public static async Task<int> RunAsync()
    {
        if (FreshPowerShell.WhyNot is { } why)
            return FreshPowerShell.Refuse(why);
        using EmulatorProcess emulator = EmulatorProcess.Start(Latency, "silence");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("runwaretts-benchmark-");
        try
        {
            Way[] ways =
            [
                new("New-TtsSpeech", output => FreshPowerShell.RunAsync(folder, Cmdlet, FreshPowerShell.Module,
                    emulator.Endpoint.ToString(), EmulatorProcess.Key, output, $"{Rows}", $"{Throttle}")),
                new("Core", output => RunSelfAsync("core", emulator.Endpoint, output)),
                new("flushing bare loop", output => RunSelfAsync("flushing", emulator.Endpoint, output)),
                new("bare loop", output => RunSelfAsync("bare", emulator.Endpoint, output)),
            ];
            // It warms the emulator. What is deleted between two runs would make the files of the next one dearer.
            await MeasureAsync(ways[^1], Path.Combine(folder.FullName, "warm"));
            for (int round = 1; round <= Rounds; round++)
            {
                foreach (Way way in ways)
                    way.Runs.Add(await MeasureAsync(way, Path.Combine(folder.FullName, $"{way.Name} {round}")));
            }

            Report(ways);
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>One way in this process; its processor time and its memory are the output.</summary>
    public static async Task RunOnceAsync(string way, Uri endpoint, string output, int count = Rows)
    {
        if (way == "core")
        {
            BatchRun.Run(endpoint, output, Throttle, BatchRun.Rows("row", count), _ => { });
        }
        else
        {
            using BareLoop loop = new(endpoint);
            await loop.RunAsync(output, Throttle, BatchRun.Rows("row", count), toDisk: way == "flushing");
        }

        using Process me = Process.GetCurrentProcess();
        double spent = me.TotalProcessorTime.TotalMilliseconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{spent} {me.PeakWorkingSet64}"));
    }

    private static async Task<Run> MeasureAsync(Way way, string output)
    {
        Stopwatch clock = Stopwatch.StartNew();
        string[] printed = (await way.RunAsync(output)).Trim().Split(' ');
        return new Run(
            clock.Elapsed.TotalMilliseconds,
            double.Parse(printed[0], CultureInfo.InvariantCulture),
            double.Parse(printed[1], CultureInfo.InvariantCulture) / (1024 * 1024));
    }

    private static async Task<string> RunSelfAsync(string way, Uri endpoint, string output)
    {
        string[] arguments = [.. Self(), "efficiency", way, endpoint.ToString(), output];
        using Process process = Process.Start(
            new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true })!;
        string printed = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? printed
            : throw new InvalidOperationException($"{way} ended with {process.ExitCode}.");
    }

    private static string[] Self() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
            ? [typeof(EfficiencyBenchmark).Assembly.Location] : [];

    private static void Report(Way[] ways)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Rows} rows of {Latency.TotalMilliseconds} ms, {Throttle} at once; {Rounds} rounds in turn, medians"));
        Way bare = ways[^1];
        foreach (Way way in ways)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{way.Name,-18} processor {way.Of(r => r.Processor) / Rows:0.000} ms a row, "
                + $"{way.Of(r => r.Processor) / bare.Of(r => r.Processor):0.00} x bare loop; "
                + $"wall {way.Of(r => r.Wall) / bare.Of(r => r.Wall):0.00} x; peak {way.Of(r => r.Peak):0} MB"));
    }

    /// <param name="Wall">Milliseconds, with the start of the process.</param>
    /// <param name="Processor">Milliseconds, with the start of the process.</param>
    /// <param name="Peak">MB.</param>
    private sealed record Run(double Wall, double Processor, double Peak);

    private sealed record Way(string Name, Func<string, Task<string>> RunAsync)
    {
        public List<Run> Runs { get; } = [];

        public double Of(Func<Run, double> value) => FreshPowerShell.Median([.. Runs.Select(value)]);
    }
}
