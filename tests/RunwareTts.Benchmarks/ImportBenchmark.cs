using System.Globalization;

namespace RunwareTts.Benchmarks;

/// <summary>Import-Module in fresh processes: this module, and one of a single empty cmdlet without views, interleaved.</summary>
internal static class ImportBenchmark
{
    private const int Rounds = 20;

    private const string Measure = """
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        Import-Module -Name $args[0] -ErrorAction Stop
        $clock.Stop()
        $clock.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)
        """;

    public static async Task<int> RunAsync()
    {
        if (FreshPowerShell.WhyNot is { } why)
            return FreshPowerShell.Refuse(why);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("tts-import-");
        try
        {
            await FreshPowerShell.MakeEmptyModuleAsync(folder);
            (string Name, string Path, List<double> Seen)[] modules =
            [
                ("RunwareTts", FreshPowerShell.Module, []),
                ("one empty cmdlet", Path.Combine(folder.FullName, "Empty.psd1"), []),
                ("its dll, no manifest", Path.Combine(folder.FullName, "Empty.dll"), []),
            ];
            for (int round = 0; round < Rounds; round++)
            {
                foreach ((_, string path, List<double> seen) in modules)
                    seen.Add(double.Parse(await FreshPowerShell.RunAsync(folder, Measure, path), CultureInfo.InvariantCulture));
            }

            Console.WriteLine($"{Rounds} fresh processes each, interleaved; medians of Import-Module alone");
            double basis = FreshPowerShell.Median(modules[1].Seen);
            foreach ((string name, _, List<double> seen) in modules)
                Console.WriteLine(FormattableString.Invariant($"{name,-22} {FreshPowerShell.Median(seen),6:0.0} ms {FreshPowerShell.Median(seen) / basis,6:0.00} x"));
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
