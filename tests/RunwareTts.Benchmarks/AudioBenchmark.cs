using System.ComponentModel;
using System.Globalization;
using System.Text;
using RunwareTts.Audio;
using RunwareTts.Tests.Audio;

namespace RunwareTts.Benchmarks;

/// <summary>Which readers know how long a file is: this module, ffprobe and mediainfo, beside the truth, on the files of the tests.</summary>
internal static class AudioBenchmark
{
    // Mediainfo tells no more than milliseconds.
    private const double Tolerance = 0.001;

    public static void Run()
    {
        using var kitchen = new TrapKitchen();
        var right = new int[3];
        Console.WriteLine("| file | what it is | truth, s | known by | RunwareTts | faults | ffprobe | mediainfo |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var trap in Trap.All)
        {
            var file = kitchen.Make(trap);
            var truth = (double)trap.Truth.Count(trap, file, kitchen) / trap.Rate;
            var info = AudioInfoReader.ReadFile(file);
            double?[] told = [info.Duration.TotalSeconds, Ffprobe(file), Mediainfo(file)];
            for (var reader = 0; reader < told.Length; reader++) right[reader] += IsRight(told[reader], truth) ? 1 : 0;
            var cells = told.Select(seconds => Cell(seconds, truth)).ToArray();
            Console.WriteLine($"| `{trap.Name}` | {trap.What} | {Text(truth)} | {trap.Truth.By} | {cells[0]} | {string.Join(", ", info.Faults)} | {cells[1]} | {cells[2]} |");
        }

        Console.WriteLine($"| right of {Trap.All.Count} | | | | {right[0]} | | {right[1]} | {right[2]} |");
        Console.WriteLine();
        Console.WriteLine("| file | what it is | RunwareTts: AudioInvalid | ffprobe |");
        Console.WriteLine("|---|---|---|---|");
        foreach (var file in NoAudio.All)
            Console.WriteLine($"| `{file.Name}` | {file.What} | {Refusal(file.Make(kitchen))} | {FfprobeNames(file, kitchen)} |");
    }

    private static bool IsRight(double? seconds, double truth) => Math.Abs((seconds ?? 0) - truth) < Tolerance;

    private static string Cell(double? seconds, double truth) =>
        (seconds is null ? "none" : Text(seconds.Value)) is var text && IsRight(seconds, truth) ? text : $"**{text}**";

    private static string Text(double seconds) => seconds.ToString("0.0000", CultureInfo.InvariantCulture);

    private static double? Ffprobe(string file) => Seconds("ffprobe", "-v", "quiet", "-show_entries", "format=duration", "-of", "csv=p=0", file);

    private static double? Mediainfo(string file) => Seconds("mediainfo", "--Output=General;%Duration%", file) / 1000;

    private static double? Seconds(string tool, params string[] arguments) =>
        double.TryParse(Told(tool, arguments), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) ? seconds : null;

    private static string Told(string tool, params string[] arguments)
    {
        try
        {
            return Encoding.UTF8.GetString(AudioTool.Run(tool, arguments)).Trim();
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception)
        {
            // It cannot read the file, or is not installed.
            return "";
        }
    }

    private static string Refusal(byte[] bytes)
    {
        try
        {
            return AudioInfoReader.Read(new MemoryStream(bytes)).ToString();
        }
        catch (AudioFormatException e)
        {
            return e.Message;
        }
    }

    private static string FfprobeNames(NoAudio file, TrapKitchen kitchen)
    {
        var path = Path.Combine(Path.GetTempPath(), file.Name);
        File.WriteAllBytes(path, file.Make(kitchen));
        var told = Told("ffprobe", "-v", "quiet", "-show_entries", "format=format_name,duration", "-of", "csv=p=0", path);
        File.Delete(path);
        return told.Length == 0 ? "an error" : told.Replace("\"", "", StringComparison.Ordinal).Replace(",", ", ", StringComparison.Ordinal);
    }
}
