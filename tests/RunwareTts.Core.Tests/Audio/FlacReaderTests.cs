using RunwareTts.Audio;

namespace RunwareTts.Tests.Audio;

[Collection(AudioFilesFixture.Name)]
public sealed class FlacReaderTests(AudioFiles files)
{
    private const int TotalAt = 21;

    [Theory]
    [InlineData(50_001)]
    [InlineData(2304 * 20)]
    [InlineData((2304 * 20) + 1)]
    [InlineData(700)]
    public void Frames_of_silence_are_tiny_and_still_found(int samples)
    {
        var source = files[$"silence-{samples}.wav"];
        File.WriteAllBytes(source, TestSignal.Wav(
            TestSignal.Chunk("fmt ", TestSignal.PcmFormat(24000, 1)), TestSignal.Chunk("data", new byte[samples * 2])));
        var piped = AudioTool.Run("ffmpeg", "-nostdin", "-v", "error", "-i", source, "-f", "flac", "-");
        Assert.Equal(samples, AudioFiles.SamplesOf(AudioFiles.Read(piped)));
    }

    [Fact]
    public void An_id3_tag_may_stand_before_and_one_behind()
    {
        var bytes = files.Bytes("24000-1.flac");
        var before = Mp3ReaderTests.Id3v2(300);
        byte[] behind = [.. "TAG"u8, .. new byte[125]];
        foreach (var flac in new[] { bytes, ForgetTotal(bytes) })
        {
            var info = AudioFiles.Read(before, flac, behind);
            Assert.Equal("FLAC", info.Format);
            Assert.Equal(TestSignal.SamplesAt(24000), AudioFiles.SamplesOf(info));
        }
    }

    [Fact]
    public void A_stream_recorded_from_its_middle_is_not_counted_from_zero()
    {
        var bytes = files.Bytes("24000-1.flac");
        var info = FlacStreamInfo.Parse(bytes.AsSpan(4));
        var start = AudioStart(bytes);
        var second = start + 1;
        while (!FlacFrameHeader.TryParse(bytes.AsSpan(second, FlacFrameHeader.MaxSize), info, out var frame) || frame.FirstSample != info.MaxBlockSize) second++;
        var samples = AudioFiles.SamplesOf(AudioFiles.Read(bytes[..start], bytes[second..]));
        Assert.Equal(TestSignal.SamplesAt(24000) - info.MaxBlockSize, samples);
    }

    [Fact]
    public void A_header_whose_checksum_is_wrong_is_not_believed()
    {
        var bytes = files.Bytes("24000-1.flac");
        var info = FlacStreamInfo.Parse(bytes.AsSpan(4));
        var head = bytes.AsSpan(AudioStart(bytes), FlacFrameHeader.MaxSize);
        Assert.True(FlacFrameHeader.TryParse(head, info, out var frame));
        Assert.Equal((0, info.MaxBlockSize), (frame.FirstSample, frame.BlockSize));
        head[4] ^= 1;
        Assert.False(FlacFrameHeader.TryParse(head, info, out _));
    }

    [Fact]
    public void Without_frames_it_is_corrupt_unless_it_says_so()
    {
        var bytes = files.Bytes("24000-1.flac");
        var at = AudioStart(bytes);
        Assert.Throws<AudioFormatException>(() => AudioFiles.Read(bytes[..at]));
        Assert.Throws<AudioFormatException>(() => AudioFiles.Read(bytes[..(at + 100)]));
        Assert.Throws<AudioFormatException>(() => AudioFiles.Read(bytes[..60]));
        Assert.Equal(TimeSpan.Zero, AudioFiles.Read(ForgetTotal(bytes[..at])).Duration);
    }

    private static int AudioStart(byte[] flac)
    {
        var at = 4;
        for (var isLast = false; !isLast;)
        {
            isLast = flac[at] >= 0x80;
            at += 4 + (flac[at + 2] << 8) + flac[at + 3];
        }

        return at;
    }

    private static byte[] ForgetTotal(byte[] flac)
    {
        var copy = flac.ToArray();
        copy[TotalAt] &= 0xF0;
        Array.Clear(copy, TotalAt + 1, 4);
        return copy;
    }
}
