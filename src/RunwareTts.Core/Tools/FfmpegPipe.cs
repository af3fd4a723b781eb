using System.Globalization;
using RunwareTts.Joining;

namespace RunwareTts.Tools;

/// <summary>Samples through ffmpeg as a child process, out of a file of any format or into one.</summary>
internal static class FfmpegPipe
{
    /// <exception cref="TtsException">OfflineToolMissing, OfflineToolFailed.</exception>
    public static Task DecodeAsync(PlacedPart part, PcmFormat pcm, Func<Stream, Task> read, CancellationToken token)
    {
        WorkFolder folder = WorkFolder.Of(part.Path);
        return ChildProcess.ReadAsync(
            Program.Ffmpeg.Require($"{part.Format} is decoded by ffmpeg (WAV needs no decoder)."),
            folder,
            [
                // What it is is known, so that nothing else is tried; and a path is a path and no address.
                "-nostdin", "-v", "error", "-f", part.Format.ToLowerInvariant(), "-i", "file:"
                    + folder.NameOf(part.Path),
                "-map", "0:a:0", "-c:a", "pcm_" + pcm.Name, "-f", pcm.Name, "pipe:1",
            ],
            read,
            token);
    }

    /// <param name="target">The file that it writes.</param>
    /// <param name="format">Its format.</param>
    /// <param name="bitrate">kbps; null for a lossless format.</param>
    /// <param name="metadata">A file as FfMetadata makes them; null for none.</param>
    /// <param name="pcm">What it is fed with.</param>
    /// <param name="feed">Writes the samples.</param>
    /// <param name="token">Kills it.</param>
    /// <exception cref="TtsException">OfflineToolMissing, OfflineToolFailed.</exception>
    public static Task EncodeAsync(string target, string format, int? bitrate, string? metadata, PcmFormat pcm, Func<Stream, Task> feed, CancellationToken token)
    {
        WorkFolder folder = WorkFolder.Of(target);
        List<string> arguments = ["-nostdin", "-v", "error", "-y", "-f", pcm.Name, "-ar", Number(pcm.Rate), "-ac", Number(pcm.Channels)];
        int mark = Preamble;
        if (mark > 0)
            arguments.AddRange(["-skip_initial_bytes", Number(mark)]);
        arguments.AddRange(["-i", "pipe:0"]);
        arguments.AddRange(metadata is null ? ["-map_metadata", "-1"]
            : ["-f", "ffmetadata", "-i", "file:" + folder.NameOf(metadata), "-map", "0:a", "-map_metadata", "1"]);
        arguments.AddRange(["-fflags", "+bitexact", "-c:a", Ffmpeg.Codecs[format]]);
        if (bitrate is { } kbps)
            arguments.AddRange(["-b:a", $"{Number(kbps)}k"]);
        // The tags of an MP3 file are written here, for both ways of joining it.
        if (format == "MP3")
            arguments.AddRange(["-id3v2_version", "0"]);
        arguments.AddRange(["-f", format.ToLowerInvariant(), "file:" + folder.NameOf(target)]);
        return ChildProcess.FeedAsync(Program.Ffmpeg.Require(Why(format)), folder, arguments, feed, token);
    }

    public static string Why(string format) => $"{format} is encoded by ffmpeg (WAV needs no encoder).";

    // .NET Framework writes the byte order mark of the console into a child's input.
    private static int Preamble =>
#if NET
        0;
#else
        Console.InputEncoding.GetPreamble().Length;
#endif

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
