using RunwareTts.Audio;

namespace RunwareTts.Tests.Audio;

[Collection(AudioFilesFixture.Name)]
public sealed class CorruptInputTests(AudioFiles files)
{
    private static readonly string[] Victims =
        ["pcm_s24le-24000.wav", "adpcm_ima_wav-24000.wav", "24000-1.flac", "24000-1-80.ogg", "24000-1.opus", "flac-24.oga", "8000-1-8.mp3", "vbr-24.mp3"];

    [Fact]
    public void Every_short_beginning_is_survived()
    {
        foreach (var name in Victims)
        {
            var original = files.Bytes(name);
            for (var length = 0; length < 400; length++)
            {
                var exception = Record.Exception(() => AudioFiles.Read(original[..length]));
                Assert.True(exception is null or AudioFormatException, $"{name} {length}: {exception}");
            }
        }
    }

    [Fact]
    public void Memory_is_not_taken_on_a_header_s_word()
    {
        var head = files.Bytes("24000-1.flac");
        // The largest block, eight channels, 32 bits.
        (head[8], head[9], head[10], head[11]) = (0xFF, 0xFF, 0xFF, 0xFF);
        head[20] |= 0x0F;
        foreach (var bytes in new[] { head[..9000], [.. "ID3\u0004\0\0\u007f\u007f\u007f\u007f"u8, .. new byte[50]], files.Bytes("24000-1-80.ogg")[..3000] })
        {
            Record.Exception(() => AudioFiles.Read(bytes));
            var before = GC.GetAllocatedBytesForCurrentThread();
            Record.Exception(() => AudioFiles.Read(bytes));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, (3 * bytes.Length) + 20_000);
        }
    }

    [Fact]
    public void A_file_crafted_of_false_starts_is_read_a_few_times_at_most()
    {
        var flac = files.Bytes("24000-1.flac");
        var streamInfo = flac[..42];
        streamInfo[4] |= 0x80;
        var frame = flac.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xF8]);
        (byte[] Head, byte[] Piece)[] crafts =
        [
            ([], [.. "OggS"u8, .. new byte[22], 255, .. Enumerable.Repeat((byte)255, 60)]),
            ([], [0xFF, 0xFB, 0x90, 0x00]),
            // Free format: the next frame might be anywhere.
            ([], [0xFF, 0xFB, 0x00, 0x00, 0x01]),
            ([], "ID3\u0004\0\0\0\0\0\0"u8.ToArray()),
            ([], "RIFF\0\0\0\0WAVE"u8.ToArray()),
            // One FLAC file after another, and one frame after another which never ends.
            ([], streamInfo),
            (streamInfo, flac[frame..(frame + 12)]),
        ];
        foreach (var (head, piece) in crafts)
        {
            byte[] crafted = [.. head, .. Enumerable.Repeat(piece, 8_000_000 / piece.Length).SelectMany(bytes => bytes)];
            using CountingStream stream = new(crafted);
            var exception = Record.Exception(() => AudioInfoReader.Read(stream));
            Assert.True(exception is null or AudioFormatException, exception?.ToString());
            Assert.InRange(stream.Given, 0, (4 * crafted.Length) + 1000);
        }
    }
}
