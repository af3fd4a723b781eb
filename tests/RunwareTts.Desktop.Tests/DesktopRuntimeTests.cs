using System.Diagnostics;
using System.Text.Json;
using RunwareTts.Emulator;
using RunwareTts.Providers.Http;
using RunwareTts.Providers.Runware;

namespace RunwareTts.Tests;

public class DesktopRuntimeTests
{
    private const int Rows = 12;
    private static readonly TimeSpan FarTooLong = TimeSpan.FromMinutes(3);

    [DesktopFact]
    public async Task The_build_for_Windows_PowerShell_works_on_its_own_runtime()
    {
        await using Service service = await Service.StartAsync(new EmulatorOptions { TaskTime = TimeSpan.FromSeconds(1) }, TinyVoice.SpeakAsync);
        using TempFolder folder = new();

        (int exitCode, string output) = await RunAsync(Path.Combine(Repository.Root, "artifacts", "RunwareTts", "bin", "netstandard2.0"), service.Endpoint.ToString(), new EmulatorOptions().ApiKey, folder.Path);

        Assert.True(exitCode == 0, output);
        Assert.Equal(Rows, folder.Files.Length);
        Assert.Equal(Rows, service.Record.ChargedTasks);
        // .NET Framework itself lets two go to a host at one time.
        Assert.True(service.Record.PeakConcurrency > Rows / 2, $"Only {service.Record.PeakConcurrency} at one time.");
        Assert.Contains("Grüß Gott, 你好, 😀 1", service.Record.Tasks.Where(t => t.TaskType == "audioInference").Select(Text));
    }

    private static string? Text(SeenTask task)
    {
        using JsonDocument json = JsonDocument.Parse(task.Json);
        return json.RootElement.GetProperty("speech").GetProperty("text").GetString();
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory.Replace("RunwareTts.Desktop.Tests", "RunwareTts.Desktop", StringComparison.Ordinal).Replace("net10.0", "net472", StringComparison.Ordinal), "RunwareTts.Desktop.exe");
        ProcessStartInfo start = DesktopFactAttribute.Runner is { Length: > 0 } runner ? new(runner, [program, .. arguments]) : new(program, arguments);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        // A console whose code page has none of the letters.
        start.Environment["LC_ALL"] = "C";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        try
        {
            await process.WaitForExitAsync().WaitAsync(FarTooLong);
        }
        catch (TimeoutException)
        {
            process.Kill();
        }

        return (process.HasExited ? process.ExitCode : -1, await output + await errors);
    }
}
