using static RunwareTts.Tests.Audio.Twists;

namespace RunwareTts.Tests.Audio;

/// <summary>OGG: what is in it, and where it ends.</summary>
internal static class OggTraps
{
    private const string Plain = "oggenc -Q -b 64 {in} -o {out}";

    public static readonly Trap[] All =
    [
        Vorbis("plain.ogg", "Vorbis, oggenc", Plain, 64),
        Vorbis("managed.ogg", "Vorbis, bitrate managed, stereo", "oggenc -Q --managed -b 128 {in} -o {out}", 128) with { SourceRate = 44100, Channels = 2 },
        Vorbis("ffmpeg.ogg", "Vorbis, ffmpeg", "ffmpeg -nostdin -v error -i {in} -c:a libvorbis -b:a 80k {out}", 80),
        Vorbis("piped.ogg", "Vorbis, ffmpeg to a pipe", "ffmpeg -nostdin -v error -i {in} -c:a libvorbis -b:a 80k -f ogg -", 80),
        Vorbis("skeleton.ogg", "a skeleton and the sound", "oggenc -Q -k -b 64 {in} -o {out}", 64),
        Vorbis("theora.ogg", "a film and the sound", "ffmpeg -nostdin -v error -f lavfi -i testsrc=s=64x64:d=1.2 -i {in} -c:v libtheora -c:a libvorbis -b:a 64k {out}", 64),
        new("opus.opus", "Opus: counts at 48 kHz, skips its first samples", "opusenc --quiet {in} {out}", "Opus"),
        new("opus.ogg", "Opus under the name of OGG", "ffmpeg -nostdin -v error -i {in} -c:a libopus -f ogg -", "Opus"),
        new("flac.oga", "FLAC in OGG", "flac -s --ogg {in} -o {out}", "FLAC"),
        new("flac.ogg", "FLAC under the name of OGG, frames over many pages", "ffmpeg -nostdin -v error -i {in} -c:a flac -page_duration 20000 -f ogg -", "FLAC") { SourceRate = 48000, Channels = 2 },
        Vorbis("chained.ogg", "cat of two", Plain, 64) with { Twist = Twice, Truth = Truth.Times(2), Faults = ["Joined"] },
        Vorbis("chained-rates.ogg", "cat of 24 and 44.1 kHz", Plain, null) with { FollowedBy = "managed.ogg", Truth = Both(24000, 44100), Faults = ["Joined"] },
        Vorbis("chained-codecs.ogg", "cat of Vorbis and Opus", Plain, null) with { FollowedBy = "opus.opus", Truth = Truth.Times(2), Faults = ["Joined"] },
        Vorbis("cut.ogg", "cut in the middle of a page", Plain, 64) with { Twist = InPage, Truth = LastGranule(), Faults = ["Truncated"] },
        Vorbis("no-end.ogg", "the last page is missing", Plain, 64) with { Twist = NoEnd, Truth = LastGranule(), Faults = ["Truncated"] },
        new("cut.opus", "Opus, the last page is missing", "opusenc --quiet {in} {out}", "Opus") { Twist = NoEnd, Truth = LastGranule(skip: true), Faults = ["Truncated"] },
        Vorbis("cut-joined.ogg", "a cut one and a whole one", Plain, 64) with { Twist = bytes => [.. NoEnd(bytes), .. bytes], Truth = CutAndWhole(), Faults = ["Truncated", "Joined"] },
        Vorbis("damaged.ogg", "a page in the middle is lost", "oggenc -Q -b 80 {in} -o {out}", 80) with { Twist = LosePage, Faults = ["Damaged"] },
        Vorbis("trailing.ogg", "a page of text behind", Plain, 64) with { Twist = Behind(Page), Faults = ["TrailingData"] },
    ];

    private static Trap Vorbis(string name, string what, string command, int? bitrate) => new(name, what, command, "Vorbis") { Bitrate = bitrate };

    private static Truth Both(int rate, int other) =>
        Truth.Made("both sources", TestSignal.SamplesAt(rate) + ((long)TestSignal.SamplesAt(other) * rate / other));

    private static Truth LastGranule(bool skip = false) => Truth.Made("last whole page", file => Granule(file) - (skip ? Skip(file) : 0));

    private static Truth CutAndWhole() => Truth.Made("last whole page + source", file => Granule(file[..file.AsSpan().LastIndexOf("\u0001vorbis"u8)]) + TestSignal.SamplesAt(24000));

    // Of the last page that is whole: the end of the file, or the next page, is where its table says.
    private static long Granule(byte[] ogg) =>
        BitConverter.ToInt64(ogg, Pages(ogg).Last(at => at + 27 + ogg[at + 26] <= ogg.Length && at + 27 + ogg[at + 26] + ogg.AsSpan(at + 27, ogg[at + 26]).ToArray().Sum(b => b) <= ogg.Length && BitConverter.ToInt64(ogg, at + 6) > 0) + 6);

    private static int Skip(byte[] opus) => BitConverter.ToUInt16(opus, opus.AsSpan().IndexOf("OpusHead"u8) + 10);

    private static byte[] InPage(byte[] ogg) => ogg[..^100];

    private static byte[] NoEnd(byte[] ogg) => ogg[..Pages(ogg)[^1]];

    private static byte[] LosePage(byte[] ogg)
    {
        var pages = Pages(ogg);
        return [.. ogg[..pages[^2]], .. ogg[pages[^1]..]];
    }
}
