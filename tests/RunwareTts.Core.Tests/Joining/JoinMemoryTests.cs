using RunwareTts.Joining;
using RunwareTts.Tests.Audio;

namespace RunwareTts.Tests.Joining;

/// <summary>What is allocated is counted for the whole process, so that nothing runs beside it.</summary>
[Collection(Name)]
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class JoinMemoryTests : IDisposable
{
    private const string Name = "join memory";
    private readonly JoinKitchen _kitchen = new();

    public void Dispose() => _kitchen.Dispose();

    [ToolTheory("ffmpeg")]
    [InlineData("wav")]
    [InlineData("flac")]
    public async Task Takes_no_memory_for_length(string to)
    {
        JoinPart[] parts = _kitchen.Bake("wav", 8000, 1, 2);
        await JoinKitchen.JoinAsync(new JoinOptions(_kitchen["short." + to]), parts);
        long before = GC.GetTotalAllocatedBytes();
        TtsJoinedSpeech joined = await JoinKitchen.JoinAsync(new JoinOptions(_kitchen["long." + to]) { Gap = 3600 }, parts);
        // What is allocated at all is less than the samples, which are 58 MB.
        Assert.Equal(3601, Math.Floor(joined.Duration.TotalSeconds));
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 20 << 20);
    }
}
