using System.Diagnostics;

namespace RunwareTts.Tests.Audio;

/// <summary>Runs encoders and decoders, the other opinion in these tests.</summary>
internal static class AudioTool
{
    public static bool IsHere(string tool) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Append("/usr/bin")
            .Any(folder => File.Exists(Path.Combine(folder, tool)) || File.Exists(Path.Combine(folder, tool + ".exe")));

    public static byte[] Run(string tool, params string[] arguments)
    {
        var path = "/usr/bin/" + tool;
        var start = new ProcessStartInfo(File.Exists(path) ? path : tool)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{tool} does not start.");
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        using var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{tool} failed: {errors.Result}");
        return output.ToArray();
    }

    /// <summary>Samples per channel which ffmpeg's decoder really gives.</summary>
    public static long CountDecoded(string file, int channels)
    {
        var pcm = Run("ffmpeg", "-nostdin", "-v", "quiet", "-i", file, "-f", "s16le", "-c:a", "pcm_s16le", "-");
        return pcm.Length / 2 / channels;
    }

    public static Dictionary<string, string> Probe(string file)
    {
        var text = System.Text.Encoding.UTF8.GetString(
            Run("ffprobe", "-v", "error", "-show_entries", "stream=codec_name,sample_rate,channels,duration_ts,bit_rate", "-of", "default=nw=1", file));
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Trim().Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1]);
    }
}
