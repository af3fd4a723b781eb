using System.Diagnostics;
using System.Text;

namespace RunwareTts.ModuleTests;

/// <summary>A real PowerShell 7 as a program, where there is one.</summary>
internal static class PowerShellHost
{
    private static readonly Lazy<string?> Lack = new(FindLack);

    /// <summary>Why the Pester suite cannot run here; null when it can.</summary>
    public static string? WhyNot => Lack.Value;

    public static bool IsThere => Path is not null;

    private static string? Path { get; } = Find();

    /// <summary>Runs it to its end, or kills it and all that it started.</summary>
    /// <returns>The exit code, null after a kill, and all that was written.</returns>
    public static async Task<(int? ExitCode, string Output)> RunAsync(TimeSpan patience, params string[] arguments)
    {
        ProcessStartInfo start = new(Path!, ["-NoProfile", "-NonInteractive", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            WorkingDirectory = Repository.Root,
        };
        start.Environment["NO_COLOR"] = "1";
        start.Environment.Remove("RUNWARE_API_KEY");
        start.Environment.Remove("RUNWARE_API_URL");

        using Process process = Process.Start(start)!;
        StringBuilder output = new();
        void Add(object sender, DataReceivedEventArgs line)
        {
            lock (output)
                output.AppendLine(line.Data);
        }

        process.OutputDataReceived += Add;
        process.ErrorDataReceived += Add;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        process.StandardInput.Close();

        using CancellationTokenSource time = new(patience);
        int? exitCode = null;
        try
        {
            await process.WaitForExitAsync(time.Token);
            exitCode = process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
        }

        lock (output)
            return (exitCode, output.ToString());
    }

    private static string? FindLack()
    {
        if (Path is null)
            return "The Pester suite was SKIPPED: there is no pwsh on PATH. Install PowerShell 7.4 or later (https://aka.ms/powershell) and Pester 5.";
        const string Question = "exit [int](-not (Get-Module -Name Pester -ListAvailable | Where-Object { $_.Version.Major -eq 5 }))";
        (int? exitCode, _) = RunAsync(TimeSpan.FromMinutes(1), "-Command", Question).GetAwaiter().GetResult();
        return exitCode == 0 ? null : "The Pester suite was SKIPPED: pwsh has no Pester 5. Run: Install-Module Pester -MaximumVersion 5.99 -Scope CurrentUser -Force";
    }

    private static string? Find()
    {
        string file = OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh";
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => System.IO.Path.Combine(folder.Trim('"'), file))
            .FirstOrDefault(File.Exists);
    }
}
