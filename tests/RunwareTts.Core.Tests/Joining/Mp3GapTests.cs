using RunwareTts.Joining;
using RunwareTts.Tests.Audio;
using RunwareTts.Tests.Providers.Offline;

namespace RunwareTts.Tests.Joining;

/// <summary>A gap of MP3 parts that has no room for the silence of their encoders.</summary>
[Collection(ToolFolder.Alone)]
public sealed class Mp3GapTests : IDisposable
{
    private readonly JoinKitchen _kitchen = new();

    public void Dispose() => _kitchen.Dispose();

    [ToolTheory("ffmpeg")]
    [InlineData(0, 2257, "-Gap 0.10")]
    [InlineData(0.05, 2257, "-Gap 0.10")]
    [InlineData(0.1, 2400, null)]
    public async Task Is_widened_without_ffmpeg_and_reported(double gap, int samples, string? warning)
    {
        JoinPart[] parts = _kitchen.Bake("mp3", 24000, 1, 3);
        using ToolFolder none = new();
        none.HideOthers();
        using SpeechJoin join = new(new JoinOptions(_kitchen["book.mp3"]) { Gap = gap });
        foreach (JoinPart part in parts)
            join.Add(part);
        Assert.Equal(warning is not null, join.Caution?.Contains(warning!, StringComparison.Ordinal) ?? false);

        TtsJoinedSpeech joined = await join.WriteAsync(CancellationToken.None);

        long expected = parts.Sum(p => JoinKitchen.SamplesOf(p.Path)) + (2 * samples);
        Assert.InRange(JoinKitchen.SamplesOf(joined.Path) - expected, 0, 575);
        Assert.Empty(joined.Audio.Faults);
    }

    [ToolTheory("ffmpeg")]
    [InlineData(0.05)]
    public void Is_kept_with_ffmpeg(double gap)
    {
        using SpeechJoin join = new(new JoinOptions(_kitchen["book.mp3"]) { Gap = gap });
        foreach (JoinPart part in _kitchen.Bake("mp3", 24000, 1, 3))
            join.Add(part);
        Assert.Null(join.Caution);
    }
}
