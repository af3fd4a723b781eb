using System.Globalization;

namespace RunwareTts.Tools;

/// <summary>ffmpeg as a child process: it converts files, and decodes and encodes through a pipe.</summary>
internal static class Ffmpeg
{
    /// <summary>kbps where no bitrate is given.</summary>
    public const int DefaultBitrate = 128;

    // The range of one filter; beyond twice the tempo it would leave samples out.
    private const double MinTempo = 0.5;
    private const double MaxTempo = 2;

    private static readonly Dictionary<string, string> Codecs = new()
    {
        ["MP3"] = "libmp3lame",
        ["OGG"] = "libvorbis",
        ["FLAC"] = "flac",
        ["WAV"] = "pcm_s16le",
    };

    // .NET Framework writes the byte order mark of the console into a child's input.
    private static int Preamble =>
#if NET
        0;
#else
        Console.InputEncoding.GetPreamble().Length;
#endif

    public static string RequireEncoder(string format) => Program.Ffmpeg.Require(WhyEncode(format));

    /// <summary>OfflineToolMissing if there is no ffmpeg; else null.</summary>
    public static TtsException? FindMissingEncoder(string format) => Program.Ffmpeg.FindMissing(WhyEncode(format));

    private static string WhyEncode(string format) => $"Encoding {format} requires ffmpeg (WAV requires no encoder).";

    /// <summary>Encodes a file at another tempo; 2 halves its length.</summary>
    public static Task ConvertAsync(
        string source, string target, AudioEncoding encoding, double tempo, CancellationToken token)
    {
        string program = tempo switch
        {
            < 1 => Program.Ffmpeg.Require("Speech this slow requires ffmpeg, which stretches it."),
            > 1 => Program.Ffmpeg.Require("Speech this fast requires ffmpeg, because this espeak-ng does not go "
                + "beyond 450 words a minute."),
            _ => RequireEncoder(encoding.Format),
        };
        WorkFolder folder = WorkFolder.Of(source);
        string[] arguments =
        [
            "-nostdin", "-v", "error", "-y", "-i", "file:" + folder.NameOf(source),
            .. tempo is 1 ? [] : new[] { "-af", TempoFilter(tempo) },
            .. EncodeTo(folder.NameOf(target), encoding),
        ];
        return ChildProcess.RunAsync(program, folder, arguments, token);
    }

    /// <summary>Its Output is the samples of a file.</summary>
    public static ChildProcess Decode(string file, string format, PcmFormat pcm, CancellationToken token)
    {
        WorkFolder folder = WorkFolder.Of(file);
        string program = Program.Ffmpeg.Require($"Decoding {format} requires ffmpeg (WAV requires no decoder).");
        string[] arguments =
        [
            // The format is known, so that no other is tried; and a path is no URL.
            "-nostdin", "-v", "error", "-f", format.ToLowerInvariant(), "-i", "file:" + folder.NameOf(file),
            "-map", "0:a:0", "-c:a", "pcm_" + pcm.Name, "-f", pcm.Name, "pipe:1",
        ];
        return ChildProcess.Start(program, folder, arguments, isFed: false, token);
    }

    /// <summary>Its Input is samples, which it encodes into a file without tags.</summary>
    public static ChildProcess Encode(string target, AudioEncoding encoding, PcmFormat pcm, CancellationToken token)
    {
        WorkFolder folder = WorkFolder.Of(target);
        int preamble = Preamble;
        string[] arguments =
        [
            "-nostdin", "-v", "error", "-y",
            "-f", pcm.Name, "-ar", Number(pcm.SampleRate), "-ac", Number(pcm.Channels),
            .. preamble == 0 ? [] : new[] { "-skip_initial_bytes", Number(preamble) },
            "-i", "pipe:0",
            .. EncodeTo(folder.NameOf(target), encoding),
        ];
        return ChildProcess.Start(RequireEncoder(encoding.Format), folder, arguments, isFed: true, token);
    }

    private static IEnumerable<string> EncodeTo(string target, AudioEncoding encoding)
    {
        List<string> arguments =
            ["-map_metadata", "-1", "-fflags", "+bitexact", "-c:a", Codecs[encoding.Format]];
        if (encoding.Format == "MP3")
            arguments.AddRange(["-id3v2_version", "0"]);
        if (encoding.SampleRate is { } rate)
            arguments.AddRange(["-ar", Number(rate)]);
        if (encoding.Channels is { } channels)
            arguments.AddRange(["-ac", Number(channels)]);
        if (encoding.Bitrate is { } bitrate)
            arguments.AddRange(["-b:a", $"{Number(bitrate)}k"]);
        return [.. arguments, "-f", encoding.Format.ToLowerInvariant(), "file:" + target];
    }

    private static string TempoFilter(double tempo)
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
