using RunwareTts.Audio;

using static RunwareTts.Tests.Audio.TestSignal;

namespace RunwareTts.Tests.Audio;

/// <summary>What no real encoder writes; all else is among the traps.</summary>
public sealed class WavReaderTests
{
    private const int Rate = 22050;
    private const int Samples = 4321;

    private static readonly byte[] Format = Chunk("fmt ", PcmFormat(Rate, 1));
    private static readonly byte[] Pcm = MakePcm(Rate, 1, Samples);

    [Theory]
    [InlineData(null, 99999u)]
    [InlineData(36u, 99999u)]
    [InlineData(36u, null)]
    [InlineData(0u, null)]
    public void Sizes_that_contradict_one_another_or_the_file_are_those_of_the_bytes(uint? riff, uint? data) =>
        Assert.Equal(Samples, AudioFiles.SamplesOf(AudioFiles.Read(Riff("RIFF", riff ?? 99999, Format, Chunk("data", Pcm, data)))));

    [Fact]
    public void An_empty_file_with_chunks_behind_has_no_length()
    {
        var info = AudioFiles.Read(Wav(Format, Chunk("data", []), Chunk("LIST", new byte[50])));
        Assert.Equal(TimeSpan.Zero, info.Duration);
        Assert.Equal(0, info.AverageBitrate);
    }

    [Fact]
    public void Samples_in_several_chunks_are_counted_and_told_of()
    {
        byte[] other = Chunk("LIST", new byte[33]);
        foreach (byte[] file in new[] { Wav(Format, Chunk("data", Pcm), Chunk("data", Pcm)), Wav(Format, Chunk("data", Pcm), other, Chunk("data", Pcm), other) })
        {
            TtsAudioInfo info = AudioFiles.Read(file);
            Assert.Equal((2 * Samples, "Joined"), (AudioFiles.SamplesOf(info), Assert.Single(info.Faults)));
        }

        TtsAudioInfo cut = AudioFiles.Read(Wav(Format, Chunk("data", Pcm), Chunk("data", Pcm))[..^100]);
        Assert.Equal((2 * Samples) - 50, AudioFiles.SamplesOf(cut));
        Assert.Equal(["Truncated", "Joined"], cut.Faults);
        Assert.Empty(AudioFiles.Read(Wav(Format, Chunk("data", Pcm), Chunk("data", []))).Faults);
    }

    [Fact]
    public void Rf64_takes_its_size_from_ds64_whatever_stands_behind()
    {
        byte[] sizes = Join(BitConverter.GetBytes(0L), BitConverter.GetBytes((long)Pcm.Length), new byte[12]);
        byte[] data = Chunk("data", Pcm, uint.MaxValue);
        byte[] file = Riff("RF64", uint.MaxValue, Chunk("ds64", sizes), Format, data, Chunk("LIST", new byte[200]));
        Assert.Equal(Samples, AudioFiles.SamplesOf(AudioFiles.Read(file)));
    }

    [Fact]
    public void Without_its_chunks_it_is_corrupt()
    {
        Assert.Throws<AudioFormatException>(() => AudioFiles.Read(Wav(Format)));
        Assert.Throws<AudioFormatException>(() => AudioFiles.Read(Wav(Chunk("data", Pcm))));
        Assert.Throws<AudioFormatException>(() => AudioFiles.Read(Wav(Chunk("fmt ", PcmFormat(0, 1)), Chunk("data", Pcm))));
        Assert.Throws<AudioFormatException>(() => AudioFiles.Read(Wav(Chunk("fmt ", PcmFormat(Rate, 0)), Chunk("data", Pcm))));
    }
}
