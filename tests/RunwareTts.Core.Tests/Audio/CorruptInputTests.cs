using System.Diagnostics;
using RunwareTts.Audio;

namespace RunwareTts.Tests.Audio;

[Collection(AudioFilesFixture.Name)]
public sealed class CorruptInputTests(AudioFiles files)
{
    private const int Rounds = 600;

    private static readonly string[] Victims =
        ["pcm_s24le-24000.wav", "adpcm_ima_wav-24000.wav", "24000-1.flac", "24000-1-80.ogg", "24000-1.opus", "flac-24.oga", "8000-1-8.mp3", "vbr-24.mp3"];

    public static TheoryData<string> Names => [.. Victims];

    [Theory]
    [MemberData(nameof(Names))]
    public void Mutations_give_facts_or_the_one_exception(string name)
    {
        var original = files.Bytes(name);
        var random = new Random(20260101);
        var refused = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var mutant = Mutate(original, random);
            try
            {
                var info = AudioFiles.Read(mutant);
                Assert.True(info.Duration >= TimeSpan.Zero && info.SampleRate > 0 && info.Channels > 0 && info.AverageBitrate >= 0);
            }
            catch (AudioFormatException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 1, Rounds - 1);
    }

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
    public void A_file_crafted_of_false_starts_ends_soon()
    {
        byte[] page = [.. "OggS"u8, .. new byte[22], 255, .. Enumerable.Repeat((byte)255, 60)];
        byte[] frame = [0xFF, 0xFB, 0x90, 0x00];
        var clock = Stopwatch.StartNew();
        foreach (var piece in new[] { page, frame, "ID3\u0004\0\0\0\0\0\0"u8.ToArray(), "RIFF\0\0\0\0WAVE"u8.ToArray() })
        {
            var crafted = new byte[8_000_000 / piece.Length * piece.Length];
            for (var at = 0; at < crafted.Length; at += piece.Length) piece.CopyTo(crafted, at);
            Assert.Throws<AudioFormatException>(() => AudioFiles.Read(crafted));
        }

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(5), clock.Elapsed.ToString());
    }

    private static byte[] Mutate(byte[] original, Random random)
    {
        // Most of what can go wrong stands at the beginning.
        int Spot(int length) => random.Next(random.Next(3) == 0 ? length : Math.Min(length, 128));
        var bytes = new List<byte>(original);
        for (var count = random.Next(1, 5); count > 0 && bytes.Count > 0; count--)
        {
            var at = Spot(bytes.Count);
            switch (random.Next(6))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes[at] = (byte)random.Next(256); break;
                case 2: bytes[at] = random.Next(2) == 0 ? byte.MinValue : byte.MaxValue; break;
                case 3: bytes.RemoveRange(at, Math.Min(random.Next(1, 9), bytes.Count - at)); break;
                case 4: bytes.InsertRange(at, new byte[random.Next(1, 9)]); break;
                default:
                    if (random.Next(4) == 0) bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }

        return [.. bytes];
    }
}
