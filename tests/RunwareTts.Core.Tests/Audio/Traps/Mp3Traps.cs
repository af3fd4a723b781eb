using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using static RunwareTts.Tests.Audio.Twists;

namespace RunwareTts.Tests.Audio;

/// <summary>MP3: tags that say more or less than the frames do, and frames that say nothing.</summary>
internal static class Mp3Traps
{
    private const string Lame = "lame --quiet -b 64 {in} {out}";
    private const string LameVbr = "lame --quiet -V 4 {in} {out}";
    private const string Bare = "lame --quiet -t -b 64 {in} {out}";
    // 64 kbps at 24 kHz need no padding.
    private const int FrameBytes = 192;
    private const int FrameSamples = 576;

    private const string BareVbr = "lame --quiet -t -V 4 {in} {out}";

    // What LAME puts before the sound, and what every decoder adds to it.
    private const int Delay = 576 + 529;

    /// <summary>65 frames each, as both tags say, and what decoders take off the first.</summary>
    private static readonly Truth BothFrames = Truth.Made("frames of both tags", (2 * 65 * FrameSamples) - Delay);

    public static readonly Trap[] All =
    [
        Mp3("lame.mp3", "CBR with LAME's tag: delay and padding", Lame, 64),
        Mp3("lame-vbr.mp3", "VBR with LAME's tag", LameVbr, null),
        Mp3("lame-abr.mp3", "ABR with LAME's tag", "lame --quiet --abr 60 {in} {out}", null),
        Mp3("lame-piped.mp3", "lame to a pipe: no tag", "lame --quiet -b 64 {in} -", 64) with { Truth = Truth.Decoded },
        Mp3("lavc.mp3", "CBR with Lavc's tag", "ffmpeg -nostdin -v error -i {in} -b:a 64k {out}", 64) with { Truth = Truth.Decoded },
        Mp3("lavc-vbr.mp3", "VBR with Lavc's tag, stereo", "ffmpeg -nostdin -v error -i {in} -q:a 2 {out}", null) with { SourceRate = 44100, Channels = 2, Truth = Truth.Decoded },
        Mp3("shine.mp3", "CBR by shine", "ffmpeg -nostdin -v error -i {in} -c:a libshine -b:a 128k {out}", 128) with { SourceRate = 44100, Channels = 2, Truth = Truth.Decoded },
        Mp3("bare.mp3", "CBR without a tag", Bare, 64) with { Truth = Truth.Decoded },
        Mp3("bare-vbr.mp3", "VBR without a tag", BareVbr, null) with { Truth = Truth.Decoded },
        Mp3("mpeg-1.mp3", "MPEG-1, stereo, frames with and without padding", "lame --quiet -b 128 {in} {out}", 128) with { SourceRate = 44100, Channels = 2 },
        Mp3("mpeg-2.5.mp3", "MPEG-2.5", "lame --quiet -b 32 {in} {out}", 32) with { SourceRate = 8000 },
        Mp3("crc.mp3", "frames with checksums, the tag moved by two bytes", "lame --quiet -p -b 64 {in} {out}", 64),
        Mp3("free.mp3", "free format, 130 kbps", "lame --quiet --freeformat -b 130 {in} {out}", 130),
        Mp3("free-44.mp3", "free format, 500 kbps, stereo", "lame --quiet --freeformat -b 500 {in} {out}", 500) with { SourceRate = 44100, Channels = 2 },
        Mp3("vbri.mp3", "a VBRI tag", Bare, 64) with { Twist = Vbri, Truth = Truth.Made("frames", file => ((file.Length / FrameBytes) - 1) * FrameSamples) },
        Mp3("cover.mp3", "an ID3v2 tag with a large picture", "lame --quiet -b 64 --ti {picture} --add-id3v2 {in} {out}", 64),
        Mp3("footer.mp3", "an ID3v2 tag with a footer", Lame, 64) with { Twist = Before(Id3v2(9000, footer: true)) },
        Mp3("id3v1.mp3", "an ID3v1 tag behind", "lame --quiet -b 64 --tt Title --id3v1-only {in} {out}", 64),
        Mp3("ape.mp3", "an APEv2 and an ID3v1 tag behind", Lame, 64) with { Twist = Behind([.. Ape(), .. Id3v1]) },
        Mp3("cut.mp3", "cut in the middle, VBR with a tag", LameVbr, null) with { Twist = Cut(0.5), Truth = Packets(Delay), Faults = ["Truncated"] },
        Mp3("cut-cbr.mp3", "cut in the middle, CBR with a tag", Lame, 64) with { Twist = Cut(0.55), Truth = Packets(Delay), Faults = ["Truncated"] },
        Mp3("cut-frame.mp3", "the last frame is missing", Lame, 64) with { Twist = Cut(FrameBytes), Truth = Packets(Delay), Faults = ["Truncated"] },
        Mp3("cut-bare.mp3", "cut in a frame, without a tag", Bare, 64) with { Twist = Cut(100), Truth = Packets(0), Faults = ["Truncated"] },
        Mp3("joined.mp3", "cat of two with tags", Lame, 64) with { Twist = Twice, Truth = BothFrames, Faults = ["Joined"] },
        Mp3("joined-vbr.mp3", "cat of two VBR with tags", LameVbr, null) with { Twist = Twice, Truth = BothFrames, Faults = ["Joined"] },
        Mp3("joined-id3.mp3", "cat of two with ID3 tags and no others", Bare, 64) with { Twist = bytes => [.. Id3v2(50), .. bytes, .. Id3v1, .. Id3v2(50), .. bytes], Truth = Truth.Made("frames", file => (file.Length - 248) / FrameBytes * FrameSamples), Faults = ["Joined"] },
        Mp3("joined-frames.mp3", "frames joined without tags, as should be", Bare, 64) with { Twist = Twice, Truth = Truth.Decoded },
        Mp3("damaged.mp3", "zeros in the middle", Bare, 64) with { Twist = Zero(0.5, 400), Truth = Truth.Made("frames with a header", file => ((file.Length / FrameBytes) - 2) * FrameSamples), Faults = ["Damaged"] },
        Mp3("zeros.mp3", "300,000 zeros before the first frame", Bare, 64) with { Twist = Before(new byte[300_000]), Truth = Truth.Made("frames", file => (file.Length - 300_000) / FrameBytes * FrameSamples) },
        Mp3("zeros-between.mp3", "300,000 zeros between two frames", Bare, 64) with { Twist = bytes => [.. bytes[..(20 * FrameBytes)], .. new byte[300_000], .. bytes[(20 * FrameBytes)..]], Truth = Truth.Made("frames", file => (file.Length - 300_000) / FrameBytes * FrameSamples), Faults = ["Damaged"] },
        Mp3("trailing.mp3", "a page of text behind", Lame, 64) with { Twist = Behind(Page), Faults = ["TrailingData"] },
    ];

    private static Trap Mp3(string name, string what, string command, int? bitrate) => new(name, what, command, "MP3") { Bitrate = bitrate };

    /// <summary>The frames of the file before it was cut are where ffprobe says; those that are whole are played.</summary>
    private static Truth Packets(int delay) => new("whole frames, ffprobe -show_packets", (trap, file, kitchen) =>
    {
        var whole = kitchen.Make(trap with { Name = "whole-" + trap.Name, Twist = null });
        var packets = Encoding.ASCII.GetString(AudioTool.Run("ffprobe", "-v", "error", "-show_entries", "packet=size,pos", "-of", "csv=p=0", whole));
        var ends = packets.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',', StringSplitOptions.RemoveEmptyEntries).Sum(cell => long.Parse(cell, CultureInfo.InvariantCulture)));
        return (ends.Count(end => end <= new FileInfo(file).Length) * FrameSamples) - delay;
    });

    // As Fraunhofer's encoder has it: version, delay, quality, bytes, frames.
    private static byte[] Vbri(byte[] bytes)
    {
        var tag = bytes[..FrameBytes];
        byte[] vbri = [.. "VBRI"u8, 0, 1, 0, 0, 0, 75];
        vbri.CopyTo(tag, 36);
        BinaryPrimitives.WriteInt32BigEndian(tag.AsSpan(46), bytes.Length + FrameBytes);
        BinaryPrimitives.WriteInt32BigEndian(tag.AsSpan(50), bytes.Length / FrameBytes);
        return [.. tag, .. bytes];
    }
}
