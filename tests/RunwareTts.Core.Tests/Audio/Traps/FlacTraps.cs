using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using static RunwareTts.Tests.Audio.Twists;

namespace RunwareTts.Tests.Audio;

/// <summary>FLAC: totals that nobody could write, that are too much, or that are the first file's.</summary>
internal static partial class FlacTraps
{
    private const string Plain = "flac -s {in} -o {out}";
    private const string Piped = "ffmpeg -nostdin -v error -i {in} -f flac -";

    /// <summary>What flac -a tells of the file before it was cut.</summary>
    private static readonly Truth WholeFrames = new("whole frames, flac -a", CountWhole) { Tool = "flac" };

    public static readonly Trap[] All =
    [
        new("plain.flac", "a total as it should be", Plain, "FLAC"),
        new("piped.flac", "total 0, ffmpeg to a pipe", Piped, "FLAC"),
        new("silence.flac", "frames of 11 bytes at the end, and no total", "ffmpeg -nostdin -v error -i {silence} -f flac -", "FLAC"),
        new("bits-24.flac", "24 bits, stereo", "sox {in} -b 24 {out}", "FLAC") { SourceRate = 48000, Channels = 2 },
        new("id3v2.flac", "an ID3v2 tag in front, an ID3v1 tag behind", Plain, "FLAC") { Twist = bytes => [.. Id3v2(300), .. bytes, .. Id3v1] },
        new("cover.flac", "a large picture in front of the sound", "flac -s --picture {picture} {in} -o {out}", "FLAC"),
        new("cut.flac", "cut in the middle", Plain, "FLAC") { Twist = Cut(0.5), Truth = WholeFrames, Faults = ["Truncated"] },
        new("cut-by-1.flac", "one byte lost", Plain, "FLAC") { Twist = Cut(1), Truth = WholeFrames, Faults = ["Truncated"] },
        new("cut-piped.flac", "total 0, cut in the middle", Piped, "FLAC") { Twist = Cut(0.5), Truth = WholeFrames, Faults = ["Truncated"] },
        new("joined.flac", "cat of two", Plain, "FLAC") { Twist = Twice, Truth = Truth.Times(2), Faults = ["Joined"] },
        new("joined-piped.flac", "cat of two without totals", Piped, "FLAC") { Twist = Twice, Truth = Truth.Times(2), Faults = ["Joined"] },
        new("joined-frames.flac", "the frames of two under the header of one, ffmpeg -c copy", "ffmpeg -nostdin -v error -i {in} -f flac -", "FLAC") { Twist = OneHeader, Truth = Truth.Times(2), Faults = ["Joined"] },
        new("damaged.flac", "zeros in the middle", Plain, "FLAC") { Twist = Zero(0.4, 2000), Faults = ["Damaged"] },
        new("trailing.flac", "a page of text behind", Plain, "FLAC") { Twist = Behind(Page), Faults = ["TrailingData"] },
    ];

    private static long CountWhole(Trap trap, string file, TrapKitchen kitchen)
    {
        var frames = Encoding.ASCII.GetString(kitchen.Encode("flac -s -a -o {out} " + kitchen.Make(trap with { Name = "whole-" + trap.Name, Twist = null }), ".ana", trap.SourceRate, trap.Channels));
        return Frame().Matches(frames).Where(frame => Number(frame, 1) + (Number(frame, 2) / 8) <= new FileInfo(file).Length).Sum(frame => Number(frame, 3));
    }

    private static long Number(Match match, int group) => long.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?m)^frame=\d+\s+offset=(\d+)\s+bits=(\d+)\s+blocksize=(\d+)")]
    private static partial Regex Frame();

    private static byte[] OneHeader(byte[] flac)
    {
        var start = 4;
        for (var isLast = false; !isLast;)
        {
            isLast = flac[start] >= 0x80;
            start += 4 + (flac[start + 2] << 8) + flac[start + 3];
        }

        return [.. flac, .. flac[start..]];
    }
}
