using RunwareTts.Audio;

namespace RunwareTts.Tests.Audio;

[Collection(AudioFilesFixture.Name)]
public sealed class AudioInfoReaderTests(AudioFiles files)
{
    [Theory]
    [InlineData("pcm_s16le-24000.wav", "WAV")]
    [InlineData("24000-1.flac", "FLAC")]
    [InlineData("24000-1.opus", "OGG")]
    [InlineData("tags.mp3", null)]
    public void The_first_bytes_tell_the_format(string name, string? format) =>
        Assert.Equal(format, AudioInfoReader.Sniff(files.Bytes(name).AsSpan(0, 16)));

    [Fact]
    public void A_bare_frame_is_sniffed_and_text_is_not()
    {
        Assert.Equal("MP3", AudioInfoReader.Sniff([0xFF, 0xF3, 0x84, 0xC4]));
        Assert.Null(AudioInfoReader.Sniff("{\"error\": true}"u8));
        Assert.Null(AudioInfoReader.Sniff("RIFF\0\0\0\0AVI "u8));
        Assert.Null(AudioInfoReader.Sniff([0xFF, 0xF1, 0x50, 0x80]));
        // MPEG layer II.
        Assert.Null(AudioInfoReader.Sniff([0xFF, 0xFD, 0x90, 0x00]));
        Assert.Null(AudioInfoReader.Sniff([]));
    }

    [Fact]
    public void The_name_does_not_matter()
    {
        var path = files["wrong.mp3"];
        File.Copy(files["24000-1.flac"], path);
        Assert.Equal("FLAC", AudioInfoReader.ReadFile(path).Format);
    }

    [Fact]
    public void A_stream_is_read_from_its_beginning()
    {
        var stream = new MemoryStream(files.Bytes("24000-1.flac"));
        stream.Position = stream.Length;
        Assert.Equal("FLAC", AudioInfoReader.Read(stream).Format);
    }

    [Fact]
    public void A_stream_may_give_its_bytes_in_drops()
    {
        using var drops = new DropStream(files.Bytes("24000-1-80.ogg"));
        Assert.Equal(TestSignal.SamplesAt(24000), AudioFiles.SamplesOf(AudioInfoReader.Read(drops)));
    }

    [Fact]
    public void A_stream_that_cannot_seek_is_refused() =>
        Assert.Throws<ArgumentException>(() => AudioInfoReader.Read(new NoSeek()));

    private sealed class DropStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 777));
    }

    private sealed class NoSeek : MemoryStream
    {
        public override bool CanSeek => false;
    }
}
