using System.Text;
using RunwareTts.Audio;
using RunwareTts.Tests.Audio;

namespace RunwareTts.Benchmarks;

/// <summary>Which readers know how long a file is: this module, ffprobe and mediainfo on the files of the tests, beside the truth.</summary>
internal static class AudioBenchmark
{
    public static void Run()
    {
        using var kitchen = new TrapKitchen();
        Console.WriteLine("| file | what | truth, s | known by | RunwareTts | faults | ffprobe | mediainfo |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        foreach (var trap in Trap.All)
        {
            try { 
            var file = kitchen.Make(trap);
            var samples = trap.Truth.Count(trap, file, kitchen);
            var info = AudioInfoReader.ReadFile(file);
            var ours = (long)Math.Round((decimal)info.Duration.Ticks * info.SampleRate / TimeSpan.TicksPerSecond);
            string probe; long dec=0; try { dec = AudioTool.CountDecoded(file, trap.Channels); probe = Encoding.UTF8.GetString(AudioTool.Run("ffprobe", "-v", "quiet", "-show_entries", "format=duration", "-of", "csv=p=0", file)).Trim(); } catch (Exception) { probe = "fails"; }
            var media = Encoding.UTF8.GetString(AudioTool.Run("mediainfo", "--Output=General;%Duration%", file)).Trim();
            Console.WriteLine($"{(samples == ours && info.Faults.SequenceEqual(trap.Faults) && info.Bitrate == trap.Bitrate && info.SampleRate == trap.Rate && info.Channels == trap.Channels && info.Codec == trap.Codec ? "ok " : "BAD")} {trap.Name,-22} truth {samples} ours {ours} ffdec {dec} {info} {info.Bitrate} [{string.Join(",", info.Faults)}] probe {probe} media {media} true {(double)samples/trap.Rate:0.####}");
            } catch (Exception e) { Console.WriteLine($"EXC {trap.Name} {e.GetType().Name} {e.Message}"); }
        }
    }
}
