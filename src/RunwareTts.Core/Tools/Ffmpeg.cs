using System.Globalization;
using RunwareTts.Providers.Offline;

namespace RunwareTts.Tools;

/// <summary>Encodes a WAV file into another format by ffmpeg as a child process.</summary>
internal static class Ffmpeg
{
    // What one filter does; beyond twice the tempo, it would leave samples out.
    private const double MinTempo = 0.5;
    private const double MaxTempo = 2;

    public static readonly IReadOnlyDictionary<string, string> Codecs = new Dictionary<string, string>
    {
        ["MP3"] = "libmp3lame",
        ["OGG"] = "libvorbis",
        ["FLAC"] = "flac",
        ["WAV"] = "pcm_s16le",
    };

    public static async Task EncodeAsync(string wavFile, string target, string format, EncodingPlan plan, double tempo, CancellationToken token)
    {
        string program = Program.Ffmpeg.Require(Why(format, tempo));
        WorkFolder folder = WorkFolder.Of(wavFile);
        List<string> arguments = ["-nostdin", "-v", "error", "-y", "-i", folder.NameOf(wavFile), "-map_metadata",
            "-1", "-fflags", "+bitexact"];
        if (tempo is not 1)
            arguments.AddRange(["-af", Tempo(tempo)]);
        if (plan.SampleRate is { } rate)
            arguments.AddRange(["-ar", Number(rate)]);
        if (plan.Channels is { } channels)
            arguments.AddRange(["-ac", Number(channels)]);
        arguments.AddRange(["-c:a", Codecs[format]]);
        if (plan.Bitrate is { } bitrate)
            arguments.AddRange(["-b:a", $"{Number(bitrate)}k"]);
        arguments.Add(folder.NameOf(target));
        await ChildProcess.RunAsync(program, folder, arguments, token).ConfigureAwait(false);
    }

    private static string Why(string format, double tempo) =>
        tempo < 1 ? "Speech this slow is stretched by ffmpeg."
        : tempo > 1 ? "Speech this fast is shortened by ffmpeg, because this espeak-ng does not go "
            + "beyond 450 words a minute."
        : $"{format} is encoded by ffmpeg (WAV needs no encoder).";

    private static string Tempo(double tempo)
    {
        List<double> steps = [];
        for (; tempo < MinTempo; tempo /= MinTempo)
            steps.Add(MinTempo);
        for (; tempo > MaxTempo; tempo /= MaxTempo)
            steps.Add(MaxTempo);
        steps.Add(tempo);
        return string.Join(",", steps.Select(s => $"atempo={s.ToString("0.######", CultureInfo.InvariantCulture)}"));
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
