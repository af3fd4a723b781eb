using System.Globalization;

namespace RunwareTts.Benchmarks;

/// <summary>
/// How long Tab takes in a fresh process, beside a cmdlet with a fixed list: the first Tab of a session is slow in
/// PowerShell itself.
/// </summary>
internal static class CompletionBenchmark
{
    private const int Rounds = 20;

    // The lines to complete one after the other, and of each the milliseconds.
    private const string Measure = """
        Import-Module -Name $args[0], $args[1] -ErrorAction Stop
        foreach ($line in $args[2..$args.Count]) {
            $clock = [System.Diagnostics.Stopwatch]::StartNew()
            $found = TabExpansion2 -inputScript $line -cursorColumn $line.Length
            $clock.Stop()
            if ($found.CompletionMatches.Count -lt 3) { throw $line }
            $clock.Elapsed.TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)
        }
        """;

    private const string Fixed = "Get-Nothing -Number ";
    private const string Voice = "New-TtsSpeech -Voice ";
    private const string Bitrate = "New-TtsSpeech -OutputFormat OGG -Bitrate ";

    public static async Task<int> RunAsync()
    {
        if (FreshPowerShell.WhyNot is { } why)
            return FreshPowerShell.Refuse(why);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("tts-completion-");
        try
        {
            await FreshPowerShell.MakeEmptyModuleAsync(folder);
            (string Name, string[] Lines, List<double> Seen)[] ways =
            [
                ("a fixed list, first", [Fixed], []),
                ("-Voice, first", [Voice], []),
                ("-Voice, after a fixed list", [Fixed, Voice], []),
                ("-Bitrate, after -Voice", [Fixed, Voice, Bitrate], []),
                ("-Voice, again", [Fixed, Voice, Voice], []),
                ("-Bitrate, again", [Fixed, Voice, Bitrate, Bitrate], []),
                ("a fixed list, again", [Fixed, Fixed], []),
            ];
            for (int round = 0; round < Rounds; round++)
            {
                foreach ((_, string[] lines, List<double> seen) in ways)
                {
                    string output = await FreshPowerShell.RunAsync(folder, Measure, [Path.Combine(folder.FullName, "Empty.psd1"), FreshPowerShell.Module, .. lines]);
                    seen.Add(double.Parse(output.Trim().Split('\n')[^1], CultureInfo.InvariantCulture));
                }
            }

            Console.WriteLine($"{Rounds} fresh processes each, interleaved; medians of TabExpansion2 alone");
            double basis = FreshPowerShell.Median(ways[0].Seen);
            foreach ((string name, _, List<double> seen) in ways)
                Console.WriteLine(FormattableString.Invariant($"{name,-27} {FreshPowerShell.Median(seen),6:0.0} ms {FreshPowerShell.Median(seen) / basis,6:0.00} x"));
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
