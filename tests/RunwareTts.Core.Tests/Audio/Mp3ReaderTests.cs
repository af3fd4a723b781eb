using System.Text;
using RunwareTts.Audio;

namespace RunwareTts.Tests.Audio;

[Collection(AudioFilesFixture.Name)]
public sealed class Mp3ReaderTests(AudioFiles files)
{
    private const int Frame = 576;

    // 64 kbps at 24 kHz, which needs no padding.
    private const int FrameBytes = 192;
    private const string Tagged = "24000-1-64.mp3";
    private const string Bare = "bare.mp3";

    internal static byte[] Id3v2(int size) =>
        [.. "ID3"u8, 4, 0, 0, 0, 0, (byte)(size >> 7), (byte)(size & 127), .. Enumerable.Repeat((byte)0xFF, size)];

    [Theory]
    [InlineData(Tagged)]
    [InlineData("vbr-24.mp3")]
    [InlineData(Bare)]
    public void Tags_around_the_frames_are_not_audio(string name)
    {
        var bytes = files.Bytes(name);
        byte[] id3v1 = [.. "TAG"u8, .. new byte[125]];
        // A tag may hold anything, even whole frames.
        byte[] ape = [.. ApeBlock(0xA0000000), .. Frames(5), .. ApeBlock(0x80000000)];
        var plain = AudioFiles.Read(bytes);
        foreach (var around in new[] { AudioFiles.Read(Id3v2(9000), bytes, id3v1), AudioFiles.Read(Id3v2(1), Id3v2(50), bytes, ape, id3v1) })
        {
            Assert.Equal(plain.Duration, around.Duration);
            Assert.Equal(plain.Bitrate, around.Bitrate);
            Assert.Equal(plain.AverageBitrate, around.AverageBitrate);
        }
    }

    [Fact]
    public void One_sync_in_junk_is_not_believed()
    {
        var bytes = files.Bytes(Bare);
        byte[] junk = [.. new byte[100], .. bytes.AsSpan(bytes.AsSpan().IndexOf((byte)0xFF), 4), .. new byte[2000]];
        Assert.Equal(AudioFiles.Read(bytes).Duration, AudioFiles.Read(junk, bytes).Duration);
        Assert.Throws<AudioFormatException>(() => AudioFiles.Read(junk));
    }

    [Fact]
    public void A_few_frames_in_other_data_are_no_mp3_file()
    {
        Assert.Equal(3 * Frame, AudioFiles.SamplesOf(AudioFiles.Read(Frames(3))));
        Assert.Throws<AudioFormatException>(() => AudioFiles.Read(new byte[100], Frames(3), new byte[900]));
        Assert.Throws<AudioFormatException>(() => AudioFiles.Read(Enumerable.Repeat((byte)1, 70_000).ToArray(), Frames(1000)));
    }

    [Theory]
    [InlineData(Tagged, 300_000)]
    [InlineData(Bare, 300_000)]
    [InlineData("vbr-24.mp3", 70_001)]
    [InlineData(Bare, 5_000_000)]
    public void Zeros_before_the_frames_are_passed_over(string name, int count)
    {
        var bytes = files.Bytes(name);
        var plain = AudioFiles.Read(bytes);
        foreach (var info in new[] { AudioFiles.Read(new byte[count], bytes), AudioFiles.Read(Id3v2(50), new byte[count], bytes) })
            Assert.Equal((plain.Duration, plain.AverageBitrate, 0), (info.Duration, info.AverageBitrate, info.Faults.Count));
    }

    [Theory]
    [InlineData(300_000)]
    [InlineData(5_000_000)]
    public void Zeros_between_the_frames_are_damage_and_the_frames_behind_them_count(int count)
    {
        var info = AudioFiles.Read(Frames(40), new byte[count], Frames(50), new byte[count], Frames(10));
        Assert.Equal((100 * Frame, "Damaged"), (AudioFiles.SamplesOf(info), Assert.Single(info.Faults)));
        // Behind the last frame they may be all that a stopped download has.
        Assert.Throws<AudioFormatException>(() => AudioFiles.Read(Frames(40), new byte[count]));
    }

    [Fact]
    public void Bitrates_which_change_have_no_nominal()
    {
        var info = AudioFiles.Read(files.Bytes(Tagged), files.Bytes("24000-1-128.mp3"));
        Assert.Null(info.Bitrate);
        Assert.Equal(96, info.AverageBitrate);
    }

    [Theory]
    [InlineData(true, false, true)]
    [InlineData(true, true, true)]
    [InlineData(false, true, true)]
    [InlineData(false, true, false)]
    public void Lyrics_and_long_tags_at_the_end_are_no_audio_and_no_fault(bool hasLyrics, bool hasApe, bool hasId3)
    {
        byte[] fields = [.. "LYRICSBEGININD0000200LYR00005"u8, .. "Hello"u8];
        byte[] lyrics = hasLyrics ? [.. fields, .. Encoding.ASCII.GetBytes($"{fields.Length:000000}LYRICS200")] : [];
        byte[] ape = hasApe ? [.. ApeBlock(0x80000000 | 0x20000000), .. new byte[5 * FrameBytes], .. ApeBlock(0x80000000)] : [];
        byte[] id3 = hasId3 ? [.. "TAG+"u8, .. new byte[223], .. "TAG"u8, .. new byte[125]] : [];
        var info = AudioFiles.Read(Frames(4), ape, lyrics, id3);
        Assert.Equal((4 * Frame, 0), (AudioFiles.SamplesOf(info), info.Faults.Count));
    }

    [Fact]
    public void Lyrics_of_a_wrong_size_are_something_behind()
    {
        var info = AudioFiles.Read(Frames(4), [.. "no lyrics begin here at all"u8, .. "000015LYRICS200"u8]);
        Assert.Equal((4 * Frame, "TrailingData"), (AudioFiles.SamplesOf(info), Assert.Single(info.Faults)));
    }

    [Fact]
    public void A_named_pipe_is_not_waited_for()
    {
        if (OperatingSystem.IsWindows())
            return;
        using TempFolder folder = new();
        string pipe = Path.Combine(folder.Path, "pipe.mp3");
        using (var made = System.Diagnostics.Process.Start("mkfifo", pipe))
            made.WaitForExit();
        Assert.Equal("AudioInvalid", Assert.Throws<TtsException>(() => AudioFile.Read(pipe)).ErrorId);
    }

    private byte[] Frames(int count)
    {
        var bytes = files.Bytes(Bare);
        var frame = bytes.AsSpan(bytes.AsSpan().IndexOf((byte)0xFF), FrameBytes).ToArray();
        return [.. Enumerable.Repeat(frame, count).SelectMany(part => part)];
    }

    private static byte[] ApeBlock(uint flags) =>
        [.. "APETAGEX"u8, .. TestSignal.UInt32(2000), .. TestSignal.UInt32((5 * FrameBytes) + 32), .. TestSignal.UInt32(1), .. TestSignal.UInt32(flags), .. new byte[8]];
}
