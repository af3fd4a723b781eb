using RunwareTts.Audio;
using RunwareTts.Joining;
using RunwareTts.Tests.Audio;

namespace RunwareTts.Tests.Joining;

/// <summary>A decoder gives the same sound for MP3 parts joined by frames as for each of them alone.</summary>
public sealed class Mp3JoinTests : IDisposable
{
    private readonly JoinKitchen _kitchen = new();

    public void Dispose() => _kitchen.Dispose();

    [ToolTheory("ffmpeg")]
    [InlineData(24000, 1, 64, 0.1)]
    public void Sounds_as_its_parts_do(int rate, int channels, int kbps, double gap) =>
        Check(rate, channels, kbps, gap, count: 3);

    [ToolTheory("ffmpeg")]
    [Trait("Lane", "Slow")]
    [InlineData(44100, 2, 128, 0.1)]
    [InlineData(24000, 1, 160, 0.2)]
    [InlineData(24000, 2, 64, 0.1)]
    [InlineData(48000, 1, 64, 0.1)]
    [InlineData(16000, 1, 32, 0.15)]
    [InlineData(16000, 1, 16, 0.15)]
    [InlineData(8000, 1, 16, 0.3)]
    public void Sounds_as_its_parts_do_at_every_rate(int rate, int channels, int kbps, double gap) =>
        Check(rate, channels, kbps, gap, count: 8);

    private void Check(int rate, int channels, int kbps, double gap, int count)
    {
        JoinPart[] parts = _kitchen.Bake("mp3", rate, channels, count, "-b:a", $"{kbps}k");
        JoinKitchen.JoinFrames(_kitchen["book.mp3"], gap, parts);

        short[] whole = JoinKitchen.Decode(_kitchen["book.mp3"]);
        Assert.NotEmpty(whole);
        int frame = rate >= 32000 ? 1152 : 576;
        long start = 0;
        foreach (JoinPart part in parts)
        {
            short[] alone = JoinKitchen.Decode(part.Path);
            // The last samples of a part alone lack the silence that follows in the joined file.
            int end = alone.Length - (frame * channels);
            int late = Enumerable.Range(0, frame).First(n => Matches(whole, (start + n) * channels, alone, end));
            Assert.InRange(late, 0, frame - 1);
            start += (alone.Length / channels) + (long)Math.Round(gap * rate);
        }

        TtsAudioInfo info = AudioInfoReader.ReadFile(_kitchen["book.mp3"]);
        Assert.Empty(info.Faults);
        Assert.Equal(whole.Length / channels, AudioFiles.SamplesOf(info));
        Assert.InRange((whole.Length / channels) - (start - (long)Math.Round(gap * rate)), 0, frame - 1);
    }

    [ToolTheory("ffmpeg")]
    [InlineData("")]
    public async Task Keeps_the_bitrate_and_tells_players_how_long_it_is(string _)
    {
        JoinPart[] parts = _kitchen.Bake("mp3", 24000, 1, 6, "-b:a", "64k");
        TtsJoinedSpeech joined = await JoinKitchen.JoinAsync(new JoinOptions(_kitchen["book.mp3"]) { Gap = 0.3 }, parts);

        Assert.Equal(64, joined.Audio.Bitrate);
        string shown = AudioTool.Probe(joined.Path)["duration_ts"];
        // ffprobe counts in 14112000ths of a second.
        Assert.Equal(joined.Duration.TotalSeconds, double.Parse(shown, System.Globalization.CultureInfo.InvariantCulture) / 14112000, 0.1);
    }

    [ToolTheory("ffmpeg")]
    [InlineData("")]
    public async Task Leaves_out_the_tags_of_the_parts(string _)
    {
        JoinPart[] parts = _kitchen.Bake("mp3", 24000, 1, 3, "-b:a", "64k", "-metadata", "title=Part", "-write_id3v1", "1");
        TtsJoinedSpeech joined = await JoinKitchen.JoinAsync(new JoinOptions(_kitchen["book.mp3"]) { Gap = 0.1 }, parts);

        byte[] bytes = File.ReadAllBytes(joined.Path);
        Assert.Equal(0xFF, bytes[0]);
        Assert.Equal(-1, bytes.AsSpan().IndexOf("ID3"u8));
        Assert.Equal(-1, bytes.AsSpan().IndexOf("TAGPart"u8));
        Assert.Equal(1, Count(bytes, "Info") + Count(bytes, "Xing"));
        Assert.Empty(joined.Audio.Faults);
    }

    private static int Count(byte[] bytes, string mark) => System.Text.Encoding.Latin1.GetString(bytes).Split(mark).Length - 1;

    // Decoders round as they go, so that the last bit may differ.
    private static bool Matches(short[] whole, long at, short[] alone, int end)
    {
        for (int n = 0; n < end; n++)
        {
            if (at + n >= whole.Length || Math.Abs(whole[at + n] - alone[n]) > 2)
                return false;
        }

        return true;
    }
}
