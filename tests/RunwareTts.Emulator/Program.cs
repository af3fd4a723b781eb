using System.Runtime.InteropServices;

namespace RunwareTts.Emulator;

/// <summary>Serves the emulator for a person, or a test of another language, to try.</summary>
internal static class Program
{
    private static Task<int> Main(string[] args) =>
        args.Contains(SpeechArguments.Name) ? ServeSpeechAsync(args) : ServeTasksAsync(args);

    private static async Task<int> ServeSpeechAsync(string[] args)
    {
        if (SpeechArguments.Read(args) is not { } asked)
        {
            await Console.Error.WriteLineAsync(SpeechArguments.Usage);
            return 2;
        }
        await using var server = await SpeechServer.StartAsync(asked);
        // Scripts read the first two lines.
        Console.WriteLine($"listening on {server.Url.GetLeftPart(UriPartial.Authority)}");
        Console.WriteLine($"control on {server.Control}");
        Console.WriteLine();
        Console.WriteLine($"It serves {server.ModelId}.");
        Console.WriteLine("Change how it behaves, end it and start it again, and see what it generated:");
        string switches = """-Method Post -Body '{"delay":0.5,"slots":2}'""";
        Console.WriteLine($"Invoke-RestMethod {server.Control}switches {switches}");
        Console.WriteLine($"Invoke-RestMethod {server.Control}crash -Method Post");
        Console.WriteLine($"Invoke-RestMethod {server.Control}up -Method Post");
        Console.WriteLine($"Invoke-RestMethod {server.Control}record");
        Console.WriteLine();
        Console.WriteLine("Ctrl+C ends it.");
        await WaitForEndAsync();
        return 0;
    }

    private static async Task<int> ServeTasksAsync(string[] args)
    {
        if (Arguments.Read(args) is not { } asked)
        {
            await Console.Error.WriteLineAsync(Arguments.Usage);
            await Console.Error.WriteLineAsync(SpeechArguments.Usage);
            return 2;
        }
        await using var host = await EmulatorHost.StartAsync(asked.Options, asked.Voice);
        host.Faults.AtRate(asked.FaultRate, asked.FaultSeed);
        // Scripts read the first line.
        Console.WriteLine($"listening on {host.Endpoint}");
        Console.WriteLine();
        Console.WriteLine("In PowerShell, point the module at it with:");
        Console.WriteLine($"$env:RUNWARE_API_URL = '{host.Endpoint}'");
        Console.WriteLine($"$env:RUNWARE_API_KEY = '{asked.Options.ApiKey}'");
        Console.WriteLine();
        Console.WriteLine("Ask it for a fault or for another shape of its answers (GET lists them, DELETE forgets them), and for what it saw and charged:");
        Console.WriteLine($$"""Invoke-RestMethod {{host.Control}}fault -Method Post -Body '{"on":"submit","fault":"bare-array","times":1}'""");
        Console.WriteLine($$"""Invoke-RestMethod {{host.Control}}fault -Method Post -Body '{"rate":0.2,"seed":7}'""");
        Console.WriteLine($"Invoke-RestMethod {host.Control}record");
        Console.WriteLine();
        Console.WriteLine("Change how it behaves where no page is clear (GET lists the switches, DELETE resets them):");
        Console.WriteLine($$"""Invoke-RestMethod {{host.Control}}switches -Method Post -Body '{"refuseAuto":true}'""");
        Console.WriteLine($"Invoke-RestMethod {host.Control}forget-media -Method Post");
        Console.WriteLine();
        Console.WriteLine("Ctrl+C ends it.");
        await WaitForEndAsync();
        return 0;
    }

    private static async Task WaitForEndAsync()
    {
        var stop = new TaskCompletionSource();
        void End(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.TrySetResult();
        }
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, End);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, End);
        await stop.Task;
    }
}
