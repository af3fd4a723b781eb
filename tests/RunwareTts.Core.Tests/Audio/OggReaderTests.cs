using RunwareTts.Audio;

namespace RunwareTts.Tests.Audio;

[Collection(AudioFilesFixture.Name)]
public sealed class OggReaderTests(AudioFiles files)
{
    private const string Mono = "24000-1-80.ogg";

    private static readonly int Samples = TestSignal.SamplesAt(24000);

    [Fact]
    public void Pages_of_another_stream_are_not_counted()
    {
        var bytes = files.Bytes(Mono);
        var alien = Page(serial: 77, flags: 2, granule: 0, "fishead"u8.ToArray());
        var late = Page(serial: 77, flags: 4, granule: 1L << 40, [1, 2, 3]);
        var info = AudioFiles.Read(alien, bytes, late);
        Assert.Equal(Samples, AudioFiles.SamplesOf(info));
        Assert.Equal("Vorbis", info.Codec);
    }

    [Fact]
    public void Junk_and_a_page_without_an_end_of_packet_change_nothing()
    {
        var bytes = files.Bytes(Mono);
        var open = Page(BitConverter.ToUInt32(bytes, 14), flags: 0, granule: -1, [1]);
        Assert.Equal(Samples, AudioFiles.SamplesOf(AudioFiles.Read(bytes, open, "junk OggS junk"u8.ToArray())));
    }

    [Fact]
    public void A_page_with_a_wrong_checksum_is_skipped()
    {
        var bytes = files.Bytes(Mono);
        var last = LastPage(bytes);
        bytes[last + 8] = 0x55;
        Assert.InRange(AudioFiles.SamplesOf(AudioFiles.Read(bytes)), 1, Samples - 1);
    }

    [Fact]
    public void A_stream_without_its_headers_is_refused() =>
        Assert.Throws<AudioFormatException>(() => AudioFiles.Read(files.Bytes(Mono)[..50]));

    private static int LastPage(byte[] ogg) => ogg.AsSpan().LastIndexOf("OggS"u8);

    private static byte[] Page(uint serial, byte flags, long granule, byte[] packet) =>
        OggSeal.Seal([.. "OggS"u8, 0, flags, .. BitConverter.GetBytes(granule), .. BitConverter.GetBytes(serial), 0, 0, 0, 0, 0, 0, 0, 0, 1, (byte)packet.Length, .. packet]);
}
