using RunwareTts.Audio;

namespace RunwareTts.Tests.Audio;

[Collection(AudioFilesFixture.Name)]
public sealed class OggReaderTests(AudioFiles files)
{
    private const string Mono = "24000-1-80.ogg";

    private static readonly int Samples = TestSignal.SamplesAt(24000);

    [Fact]
    public void Links_of_a_chain_add_up()
    {
        var bytes = files.Bytes(Mono);
        Assert.Equal(3 * Samples, AudioFiles.SamplesOf(AudioFiles.Read(bytes, bytes, bytes)));
    }

    [Fact]
    public void Links_of_different_rates_add_up_in_time()
    {
        var info = AudioFiles.Read(files.Bytes(Mono), files.Bytes("48000-1-224.ogg"));
        Assert.Equal(Samples + (TestSignal.SamplesAt(48000) / 2), AudioFiles.SamplesOf(info));
        Assert.Equal(24000, info.SampleRate);
        Assert.Null(info.Bitrate);
    }

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
    public void A_cut_file_is_as_long_as_its_last_whole_page()
    {
        var bytes = files.Bytes(Mono);
        var cut = bytes[..^10];
        var samples = AudioFiles.SamplesOf(AudioFiles.Read(cut));
        Assert.InRange(samples, 1, Samples - 1);
        Assert.InRange(files.CountDecoded(cut, 1), samples, Samples);
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
    public void A_stream_which_is_no_audio_is_refused()
    {
        var theora = Page(serial: 1, flags: 2, granule: 0, [0x80, .. "theora"u8, .. new byte[40]]);
        Assert.Throws<AudioFormatException>(() => AudioFiles.Read(theora));
        Assert.Throws<AudioFormatException>(() => AudioFiles.Read(files.Bytes(Mono)[..50]));
    }

    private static int LastPage(byte[] ogg) => ogg.AsSpan().LastIndexOf("OggS"u8);

    private static byte[] Page(uint serial, byte flags, long granule, byte[] packet) =>
        OggSeal.Seal([.. "OggS"u8, 0, flags, .. BitConverter.GetBytes(granule), .. BitConverter.GetBytes(serial), 0, 0, 0, 0, 0, 0, 0, 0, 1, (byte)packet.Length, .. packet]);
}
