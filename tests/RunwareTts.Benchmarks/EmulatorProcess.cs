using System.Diagnostics;
using System.Globalization;
using RunwareTts.Emulator;
using RunwareTts.Providers.Http;
using RunwareTts.Providers.Runware;

namespace RunwareTts.Benchmarks;

/// <summary>The emulator in a process of its own, with a voice that costs nothing, so that what is measured here is ours.</summary>
internal sealed class EmulatorProcess : IDisposable
{
    private readonly Process _process;

    private EmulatorProcess(Process process, Uri endpoint) => (_process, Endpoint) = (process, endpoint);

    public Uri Endpoint { get; }

    public static string Key => new EmulatorOptions().ApiKey;

    public static EmulatorProcess Start(TimeSpan taskTime, string voice)
    {
        string seconds = taskTime.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        string[] arguments =
        [
            typeof(EmulatorHost).Assembly.Location, "--urls", "http://127.0.0.1:0", "--voice", voice, "--lean",
            "--task-time", seconds,
        ];
        Process process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true })!;
        string line = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The emulator did not start.");
        return new EmulatorProcess(process, new Uri(line.Split(' ')[^1]));
    }

    public static RunwareProvider Provider(Uri endpoint) => new(new RunwareClient(endpoint, ApiKey.From(Key)));

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
