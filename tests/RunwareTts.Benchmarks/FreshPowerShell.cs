using System.Diagnostics;

namespace RunwareTts.Benchmarks;

/// <summary>PowerShell processes that have done nothing before, and a module of one empty cmdlet to hold this one against.</summary>
internal static class FreshPowerShell
{
    private const string MakeEmpty = """
        $ErrorActionPreference = 'Stop'
        Set-Location -LiteralPath $args[0]
        Add-Type -OutputAssembly "$PWD/Empty.dll" -TypeDefinition 'using System.Management.Automation; [Cmdlet("Get", "Nothing")] public sealed class GetNothingCommand : Cmdlet { [Parameter] [ArgumentCompletions("one", "two", "three")] public string Number { get; set; } }'
        New-ModuleManifest -Path "$PWD/Empty.psd1" -RootModule Empty.dll -CmdletsToExport Get-Nothing -FunctionsToExport @() -AliasesToExport @() -VariablesToExport @()
        """;

    // Its tools have the PowerShell that is started.
    private static readonly string Root = FindRoot();

    public static string Module { get; } = Path.Combine(Root, "artifacts", "RunwareTts", "RunwareTts.psd1");

    /// <summary>Why nothing can be measured, or null.</summary>
    public static string? WhyNot =>
        File.Exists(Module) ? null : "The module is not built: dotnet build src/RunwareTts -c Release";

    public static int Refuse(string why)
    {
        Console.Error.WriteLine(why);
        return 2;
    }

    /// <summary>Leaves Empty.dll and Empty.psd1 in the folder.</summary>
    public static Task MakeEmptyModuleAsync(DirectoryInfo folder) => RunAsync(folder, MakeEmpty, folder.FullName);

    public static async Task<string> RunAsync(DirectoryInfo folder, string script, params string[] arguments)
    {
        string file = Path.Combine(folder.FullName, "script.ps1");
        await File.WriteAllTextAsync(file, script);
        string[] all = ["pwsh", "-NoProfile", "-NonInteractive", "-File", file, .. arguments];
        ProcessStartInfo start = new("dotnet", all) { RedirectStandardOutput = true, WorkingDirectory = Root };
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"pwsh ended with {process.ExitCode}.");
    }

    public static double Median(List<double> seen)
    {
        double[] sorted = [.. seen.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "RunwareTts.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("The benchmarks run from the repository.");
    }
}
