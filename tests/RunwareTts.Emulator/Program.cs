using System.Globalization;
using System.Runtime.InteropServices;

namespace RunwareTts.Emulator;

/// <summary>Serves the emulator for a person, or a test of another language, to try.</summary>
internal static class Program
{
    private const string Usage = "dotnet run --project tests/RunwareTts.Emulator [--urls http://127.0.0.1:8787] [--key emulator-key] [--task-time 0.5]";

    private static async Task<int> Main(string[] args)
    {
        if (Read(args) is not { } options)
        {
            await Console.Error.WriteLineAsync(Usage);
            return 2;
        }
        await using var host = await EmulatorHost.StartAsync(options, DraftVoice.SpeakAsync);
        // Scripts read the first line.
        Console.WriteLine($"listening on {host.Endpoint}");
        Console.WriteLine();
        Console.WriteLine("In PowerShell, point the module at it with:");
        Console.WriteLine($"$env:RUNWARE_API_URL = '{host.Endpoint}'");
        Console.WriteLine($"$env:RUNWARE_API_KEY = '{options.ApiKey}'");
        Console.WriteLine();
        Console.WriteLine("Ask it for a fault or for another shape of its answers (GET lists them, DELETE forgets them), and for what it saw and charged:");
        Console.WriteLine($$"""Invoke-RestMethod {{host.Control}}fault -Method Post -Body '{"on":"submit","fault":"bare-array","times":1}'""");
        Console.WriteLine($"Invoke-RestMethod {host.Control}record");
        Console.WriteLine();
        Console.WriteLine("Ctrl+C ends it.");

        var stop = new TaskCompletionSource();
        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.TrySetResult();
        }
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        await stop.Task;
        return 0;
    }

    private static EmulatorOptions? Read(string[] args)
    {
        var options = new EmulatorOptions { Urls = "http://127.0.0.1:8787" };
        for (var index = 0; index < args.Length; index += 2)
        {
            if (index + 1 == args.Length) return null;
            var value = args[index + 1];
            if (args[index] == "--urls")
                options = options with { Urls = value };
            else if (args[index] == "--key")
                options = options with { ApiKey = value };
            else if (args[index] == "--task-time" && double.TryParse(value, CultureInfo.InvariantCulture, out var seconds) && seconds >= 0)
                options = options with { TaskTime = TimeSpan.FromSeconds(seconds) };
            else
                return null;
        }
        return options;
    }
}
