using System.Diagnostics;
using System.Globalization;

namespace RunwareTts.Benchmarks;

/// <summary>Import-Module in fresh processes: this module, and one of a single empty cmdlet without views, interleaved.</summary>
internal static class ImportBenchmark
{
    private const int Rounds = 20;

    private const string MakeEmpty = """
        $ErrorActionPreference = 'Stop'
        Set-Location -LiteralPath $args[0]
        Add-Type -OutputAssembly "$PWD/Empty.dll" -TypeDefinition 'using System.Management.Automation; [Cmdlet("Get", "Nothing")] public sealed class GetNothingCommand : Cmdlet { }'
        New-ModuleManifest -Path "$PWD/Empty.psd1" -RootModule Empty.dll -CmdletsToExport Get-Nothing -FunctionsToExport @() -AliasesToExport @() -VariablesToExport @()
        """;

    private const string Measure = """
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        Import-Module -Name $args[0] -ErrorAction Stop
        $clock.Stop()
        $clock.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)
        """;

    public static async Task<int> RunAsync()
    {
        string ours = Path.Combine(FindRoot(), "artifacts", "RunwareTts", "RunwareTts.psd1");
        if (!File.Exists(ours))
            return Refuse("The module is not built: dotnet build src/RunwareTts -c Release");
        DirectoryInfo folder = Directory.CreateTempSubdirectory("tts-import-");
        try
        {
            await PowerShellAsync(folder, MakeEmpty, folder.FullName);
            (string Name, string Path, List<double> Seen)[] modules =
            [
                ("RunwareTts", ours, []),
                ("one empty cmdlet", Path.Combine(folder.FullName, "Empty.psd1"), []),
                ("its dll, no manifest", Path.Combine(folder.FullName, "Empty.dll"), []),
            ];
            for (int round = 0; round < Rounds; round++)
            {
                foreach ((_, string path, List<double> seen) in modules)
                    seen.Add(double.Parse(await PowerShellAsync(folder, Measure, path), CultureInfo.InvariantCulture));
            }

            Console.WriteLine($"{Rounds} fresh processes each, interleaved; medians of Import-Module alone");
            double basis = Median(modules[1].Seen);
            foreach ((string name, _, List<double> seen) in modules)
                Console.WriteLine(FormattableString.Invariant($"{name,-22} {Median(seen),6:0.0} ms {Median(seen) / basis,6:0.00} x"));
            return 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return Refuse("There is no pwsh on PATH.");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> PowerShellAsync(DirectoryInfo folder, string script, string argument)
    {
        string file = Path.Combine(folder.FullName, "script.ps1");
        await File.WriteAllTextAsync(file, script);
        using Process process = Process.Start(new ProcessStartInfo("pwsh", ["-NoProfile", "-NonInteractive", "-File", file, argument]) { RedirectStandardOutput = true })!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"pwsh ended with {process.ExitCode}.");
    }

    private static double Median(List<double> seen)
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

    private static int Refuse(string why)
    {
        Console.Error.WriteLine(why);
        return 2;
    }
}
