using RunwareTts.Audio;
using RunwareTts.Levels;
using RunwareTts.Tests.Audio;

namespace RunwareTts.Tests.Levels;

/// <summary>What is allocated is counted for the whole process, so that nothing runs beside it.</summary>
[Collection(Name)]
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class LongFileTests : IDisposable
{
    private const string Name = "long files";
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [ToolTheory("ffmpeg")]
    [InlineData("wav")]
    [InlineData("flac")]
    public async Task Takes_no_memory_for_length(string format)
    {
        string file = Path.Combine(_folder.Path, "hour." + format);
        AudioTool.Run("ffmpeg", "-v", "error", "-f", "lavfi", "-i", "sine=300:r=8000:d=3600", file);
        TtsAudioInfo audio = AudioFile.Read(file);
        long before = GC.GetTotalAllocatedBytes();
        TtsWaveform drawn = await WaveformReader.ReadAsync(file, audio, 80, CancellationToken.None);
        // The samples are 58 MB, and the blocks of loudness 0.3 MB.
        Assert.Equal(3600, drawn.Duration.TotalSeconds, 0.01);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 16 << 20);
    }
}
