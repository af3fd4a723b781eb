using static RunwareTts.Tests.Audio.Twists;

namespace RunwareTts.Tests.Audio;

/// <summary>WAV: sizes that nobody could write, chunks around the sound, formats of formats.</summary>
internal static class WavTraps
{
    private const string Plain = "ffmpeg -nostdin -v error -i {in} -bitexact {out}";
    private static readonly int Samples = TestSignal.SamplesAt(24000);
    private static readonly Truth Espeak = Truth.Made("bytes after the header", file => (file.Length - 44) / 2);

    public static readonly Trap[] All =
    [
        new("plain.wav", "sizes as they should be", Plain, "PCM"),
        new("size-0.wav", "sizes 0", Plain, "PCM") { Twist = Sizes(0, 0) },
        new("size-max.wav", "sizes 0xFFFFFFFF, ffmpeg to a pipe", "ffmpeg -nostdin -v error -i {in} -f wav -", "PCM"),
        new("size-7FFFF000.wav", "sizes 0x7FFFF000, espeak-ng to a pipe", "espeak-ng --stdout A.row.of.words", "PCM") { SourceRate = 22050, Truth = Espeak },
        new("size-7FFFFFFF.wav", "data size 0x7FFFFFFF, as lame decodes to a pipe", Plain, "PCM") { Twist = Sizes(0x7FFFFFFF, 0x7FFFFFFF) },
        new("rf64.wav", "RF64: the sizes are in ds64", "ffmpeg -nostdin -v error -i {in} -bitexact -rf64 always {out}", "PCM"),
        new("odd-chunks.wav", "chunks of odd size around the sound", "ffmpeg -nostdin -v error -i {in} -metadata title=odd -metadata artist=even {out}", "PCM") { Twist = OddChunks },
        new("extensible-24.wav", "EXTENSIBLE, 24 bits, sox", "sox {in} -b 24 {out}", "PCM"),
        new("extensible-float.wav", "EXTENSIBLE, float, stereo, sox", "sox {in} -e float -b 32 {out}", "PCM float") { SourceRate = 44100, Channels = 2 },
        new("bits-8.wav", "8 bits, an odd count of them and a byte of padding", "ffmpeg -nostdin -v error -i {in} -c:a pcm_u8 {out}", "PCM"),
        new("mu-law.wav", "mu-law with a fact chunk", "ffmpeg -nostdin -v error -i {in} -c:a pcm_mulaw {out}", "mu-law") { SourceRate = 8000 },
        new("adpcm.wav", "ADPCM, blocks of many samples", "ffmpeg -nostdin -v error -i {in} -c:a adpcm_ima_wav {out}", "ADPCM") { Truth = Truth.Decoded },
        new("no-sound.wav", "a header and no sound", Plain, "PCM") { Twist = bytes => Sizes(36, 0)(bytes[..44]), Truth = Truth.Made("empty", 0) },
        new("cut.wav", "cut in the middle: the size is past the end", Plain, "PCM") { Twist = Cut(0.5), Truth = Truth.Made("bytes left", file => (file.Length - 44) / 2), Faults = ["Truncated"] },
        new("cut-by-2.wav", "one sample lost", Plain, "PCM") { Twist = Cut(2), Truth = Truth.Made("source - 1", Samples - 1), Faults = ["Truncated"] },
        new("cut-rf64.wav", "RF64, cut in the middle", "ffmpeg -nostdin -v error -i {in} -bitexact -rf64 always {out}", "PCM") { Twist = Cut(0.5), Truth = Truth.Made("bytes left", file => (file.Length - 80) / 2), Faults = ["Truncated"] },
        new("joined.wav", "cat of two: players play the first", Plain, "PCM") { Twist = Twice, Faults = ["Joined"] },
        new("two-data.wav", "the samples in two chunks", Plain, "PCM") { Twist = TwoData, Faults = ["Joined"] },
        new("trailing.wav", "a page of text behind", Plain, "PCM") { Twist = Behind(Page), Faults = ["TrailingData"] },
    ];

    private static byte[] TwoData(byte[] wav)
    {
        byte[] made = [.. wav[..44], .. wav[44..10044], .. TestSignal.Chunk("data", wav[10044..])];
        TestSignal.UInt32(10000).CopyTo(made, 40);
        TestSignal.UInt32((uint)made.Length - 8).CopyTo(made, 4);
        return made;
    }

    private static byte[] OddChunks(byte[] wav)
    {
        var odd = TestSignal.Chunk("odd ", new byte[33]);
        byte[] made = [.. wav[..12], .. odd, .. wav[12..], .. odd];
        TestSignal.UInt32((uint)made.Length - 8).CopyTo(made, 4);
        return made;
    }
}
