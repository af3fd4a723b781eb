using System.Globalization;

namespace RunwareTts.Offline;

/// <summary>Encodes a WAV file into another format by ffmpeg as a child process.</summary>
internal static class Ffmpeg
{
    // Half the tempo is the least that one filter does.
    private const double LeastTempo = 0.5;

    public static readonly IReadOnlyDictionary<string, string> Codecs = new Dictionary<string, string>
    {
        ["MP3"] = "libmp3lame",
        ["OGG"] = "libvorbis",
        ["FLAC"] = "flac",
        ["WAV"] = "pcm_s16le",
    };

    public static async Task EncodeAsync(string wavFile, string target, string format, EncodingPlan plan, double tempo, CancellationToken token)
    {
        string program = Program.Ffmpeg.Require(tempo < 1 ? "Speech this slow is stretched by ffmpeg." : $"{format} is encoded by ffmpeg (WAV needs no encoder).");
        List<string> arguments = ["-nostdin", "-v", "error", "-y", "-i", wavFile, "-map_metadata", "-1", "-fflags", "+bitexact"];
        if (tempo < 1)
            arguments.AddRange(["-af", Tempo(tempo)]);
        if (plan.SampleRate is { } rate)
            arguments.AddRange(["-ar", Number(rate)]);
        if (plan.Channels is { } channels)
            arguments.AddRange(["-ac", Number(channels)]);
        arguments.AddRange(["-c:a", Codecs[format]]);
        if (plan.Bitrate is { } bitrate)
            arguments.AddRange(["-b:a", $"{Number(bitrate)}k"]);
        arguments.Add(target);
        await ChildProcess.RunAsync(program, arguments, token).ConfigureAwait(false);
    }

    private static string Tempo(double tempo)
    {
        List<double> steps = [];
        for (; tempo < LeastTempo; tempo /= LeastTempo)
            steps.Add(LeastTempo);
        steps.Add(tempo);
        return string.Join(",", steps.Select(s => $"atempo={s.ToString("0.######", CultureInfo.InvariantCulture)}"));
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
