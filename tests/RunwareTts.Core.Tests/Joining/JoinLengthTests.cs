using RunwareTts.Joining;
using RunwareTts.Tests.Audio;

namespace RunwareTts.Tests.Joining;

public sealed class JoinLengthTests : IDisposable
{
    private const int Frame = 1152;
    private readonly JoinKitchen _kitchen = new();

    public void Dispose() => _kitchen.Dispose();

    [ToolTheory("ffmpeg")]
    [InlineData("wav", "flac", 44100, 2, 0.25)]
    [InlineData("mp3", "ogg", 24000, 1, 0.3)]
    [InlineData("mp3", "mp3", 24000, 1, 0)]
    [InlineData("mp3", "mp3", 24000, 1, 0.2)]
    public async Task Is_that_of_the_parts_and_gaps(string from, string to, int rate, int channels, double gap) =>
        await CheckAsync(from, to, rate, channels, gap, count: 4);

    [ToolTheory("ffmpeg")]
    [Trait("Lane", "Slow")]
    [InlineData("wav", "wav", 24000, 1, 0)]
    [InlineData("wav", "wav", 44100, 2, 0.25)]
    [InlineData("flac", "flac", 22050, 1, 0.1)]
    [InlineData("flac", "wav", 48000, 2, 0)]
    [InlineData("ogg", "ogg", 24000, 1, 0.3)]
    [InlineData("ogg", "ogg", 22050, 1, 0)]
    [InlineData("ogg", "ogg", 48000, 2, 0)]
    [InlineData("ogg", "mp3", 24000, 1, 0.3)]
    [InlineData("mp3", "wav", 24000, 2, 0)]
    [InlineData("mp3", "flac", 44100, 2, 0)]
    [InlineData("mp3", "mp3", 8000, 1, 0)]
    [InlineData("mp3", "mp3", 16000, 1, 0.05)]
    [InlineData("mp3", "mp3", 44100, 2, 0)]
    [InlineData("mp3", "mp3", 48000, 2, 0.5)]
    public async Task Is_that_of_every_format(string from, string to, int rate, int channels, double gap) =>
        await CheckAsync(from, to, rate, channels, gap, count: 9);

    private async Task CheckAsync(string from, string to, int rate, int channels, double gap, int count)
    {
        string[] codec = from == "ogg" ? ["-c:a", "libvorbis"] : [];
        JoinPart[] parts = _kitchen.Bake(from, rate, channels, count, codec);
        long expected = parts.Sum(p => JoinKitchen.SamplesOf(p.Path)) + ((count - 1) * (long)Math.Round(gap * rate));

        TtsJoinedSpeech joined = await JoinKitchen.JoinAsync(new JoinOptions(_kitchen["book." + to]) { Gap = gap }, parts);

        long stated = JoinKitchen.SamplesOf(joined.Path);
        Assert.Empty(joined.Audio.Faults);
        Assert.Equal((rate, channels, count), (joined.Audio.SampleRate, joined.Audio.Channels, joined.Parts));
        Assert.InRange(stated - expected, 0, to == "mp3" ? Frame - 1 : 0);
        Assert.Equal(stated, JoinKitchen.Decode(joined.Path).Length / channels);
        Assert.Equal(new FileInfo(joined.Path).Length, joined.Size);
        Assert.Empty(_kitchen.Leftovers);
    }

    /// <summary>A frame more at each joint would be a quarter of an hour in a long book.</summary>
    [ToolTheory("ffmpeg")]
    [Trait("Lane", "Slow")]
    [InlineData(0.1)]
    [InlineData(0.125)]
    public void Does_not_drift_over_a_thousand_parts(double gap)
    {
        JoinPart[] parts = [.. Enumerable.Repeat(_kitchen.Bake("mp3", 24000, 1, 5, "-b:a", "32k"), 200).SelectMany(p => p)];
        JoinKitchen.JoinFrames(_kitchen["book.mp3"], gap, parts);
        long expected = (200 * parts.Take(5).Sum(p => JoinKitchen.SamplesOf(p.Path))) + (999 * (long)(gap * 24000));
        Assert.InRange(JoinKitchen.SamplesOf(_kitchen["book.mp3"]) - expected, 0, 575);
    }
}
