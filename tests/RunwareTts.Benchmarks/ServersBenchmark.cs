using System.Diagnostics;
using RunwareTts.Batch;
using RunwareTts.Emulator;
using RunwareTts.Ledger;
using RunwareTts.Output;
using RunwareTts.Providers.SelfHosted;
using RunwareTts.Requests;

namespace RunwareTts.Benchmarks;

/// <summary>
/// What a very large batch on own servers costs this machine: processor time, memory and ledger a row, and the run that
/// finds nothing to do. The servers are emulated, in processes of their own, and take no time.
/// </summary>
internal static class ServersBenchmark
{
    private const int EncodedRows = 300;
    private const int AtOnce = 32;
    private const int FolderRows = 1000;
    private const double Megabyte = 1024 * 1024;

    /// <param name="rows">How many rows the batch has.</param>
    public static void Run(int rows)
    {
        using ServerProcess first = ServerProcess.Start();
        using ServerProcess second = ServerProcess.Start();
        string folder = Directory.CreateTempSubdirectory("runwaretts-benchmark-").FullName;
        try
        {
            string[] urls = [first.Url, second.Url];
            Speak(urls, Path.Combine(folder, "before"), 100, "");
            Console.WriteLine($"{rows} rows of 0.1 s, two servers, {AtOnce} at once");
            Speak(urls, Path.Combine(folder, "flat"), rows, "one folder, first run");
            Speak(urls, Path.Combine(folder, "flat"), rows, "one folder, again");
            Speak(urls, Path.Combine(folder, "deep"), rows, $"folders of {FolderRows}, first run", isDeep: true);
            Speak(urls, Path.Combine(folder, "wav"), EncodedRows, $"{EncodedRows} rows, WAV");
            Speak(urls, Path.Combine(folder, "ogg"), EncodedRows, $"{EncodedRows} rows, OGG by ffmpeg", "OGG");
            FileInfo ledger = new(Path.Combine(folder, "flat", "tts-ledger.jsonl"));
            Console.WriteLine(FormattableString.Invariant($"ledger: {ledger.Length / (double)rows:0} bytes a row"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Speak(
        string[] urls, string folder, int rows, string name, string format = "WAV", bool isDeep = false)
    {
        using Process me = Process.GetCurrentProcess();
        TimeSpan processor = me.TotalProcessorTime;
        Stopwatch clock = Stopwatch.StartNew();
        ServerFleet fleet = ServerFleet.Read(new Dictionary<string, string[]> { ["CustomVoice"] = urls }, null, null);
        using TaskLedger ledger = LedgerLocation.OpenDirectory(folder);
        OutputPlanner files = new(folder, false, Path.GetFullPath, ledger);
        BatchOptions options = new() { ThrottleLimit = AtOnce, IsVerbose = false };
        using SpeechBatch batch = new(new SelfHostedProvider(fleet), options, files, ledger);
        foreach (int n in Enumerable.Range(1, rows))
        {
            SpeechRow row = new()
            {
                Id = $"row-{n:000000}",
                Text = $"This is row number {n}, and it is read aloud to no one.",
                Voice = "ryan",
                Language = "English",
                OutputFormat = format,
                OutputPath = isDeep ? $"{n / FolderRows:000}/{n:000000}.wav" : null,
            };
            batch.Start(batch.Plan(row, row, row));
            Check(batch.Take(all: false, CancellationToken.None));
        }

        Check(batch.Take(all: true, CancellationToken.None));
        me.Refresh();
        if (name.Length > 0)
            Console.WriteLine(FormattableString.Invariant($"{name,-26} {rows / clock.Elapsed.TotalSeconds,6:0} rows/s, ")
                + FormattableString.Invariant($"{(me.TotalProcessorTime - processor).TotalMilliseconds / rows:0.00} ms of processor a row, ")
                + FormattableString.Invariant($"peak {me.PeakWorkingSet64 / Megabyte:0} MB"));
    }

    private static void Check(IEnumerable<BatchEvent> events)
    {
        foreach (BatchEvent.RowFailed failed in events.OfType<BatchEvent.RowFailed>())
            throw failed.Error;
    }

    private sealed class ServerProcess(Process process, string url) : IDisposable
    {
        public string Url => url;

        public static ServerProcess Start()
        {
            string[] arguments =
            [
                typeof(EmulatorHost).Assembly.Location, "--speech-server", "vllm", "--model", "CustomVoice", "--lean",
                "--switches", """{"tiny":true,"slots":64}""",
            ];
            Process process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
            string line = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The server did not start.");
            return new ServerProcess(process, line.Split(' ')[^1]);
        }

        public void Dispose()
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
        }
    }
}
