using RunwareTts.Audio;
using static RunwareTts.Tests.Audio.TestSignal;

namespace RunwareTts.Tests.Audio;

[Collection(AudioFilesFixture.Name)]
public sealed class WavReaderTests(AudioFiles files)
{
    private const int Rate = 22050;
    private const int Samples = 4321;

    private static readonly byte[] Format = Chunk("fmt ", PcmFormat(Rate, 1));
    private static readonly byte[] Pcm = MakePcm(Rate, 1, Samples);

    [Theory]
    [InlineData(0u)]
    [InlineData(0xFFFFFFFFu)]
    [InlineData(0x7FFFF000u)]
    [InlineData(99999u)]
    public void A_size_not_known_when_written_is_taken_from_the_file(uint stated)
    {
        var data = Chunk("data", Pcm, stated);
        Assert.Equal(Samples, AudioFiles.SamplesOf(AudioFiles.Read(Riff("RIFF", stated, Format, data))));
        Assert.Equal(Samples, AudioFiles.SamplesOf(AudioFiles.Read(Riff("RIFF", 0, Format, data))));
        Assert.Equal(Samples, AudioFiles.SamplesOf(AudioFiles.Read(Riff("RIFF", 36, Format, data))));
    }

    [Fact]
    public void Espeak_to_a_pipe_is_measured_as_espeak_to_a_file()
    {
        var path = files["espeak.wav"];
        AudioTool.Run("espeak-ng", "-w", path, "One two three.");
        var piped = AudioTool.Run("espeak-ng", "--stdout", "One two three.");
        Assert.Equal(0x7FFFF000, BitConverter.ToInt32(piped, 40));
        var info = AudioFiles.Read(piped);
        Assert.Equal(AudioInfoReader.ReadFile(path).Duration, info.Duration);
        Assert.Equal((piped.Length - 44) / 2, AudioFiles.SamplesOf(info));
        Assert.Equal(22050, info.SampleRate);
    }

    [Fact]
    public void Ffmpeg_to_a_pipe_is_measured_to_its_end()
    {
        var piped = AudioTool.Run("ffmpeg", "-nostdin", "-v", "error", "-i", files["source-24000-1"], "-f", "wav", "-");
        Assert.Equal(SamplesAt(24000), AudioFiles.SamplesOf(AudioFiles.Read(piped)));
    }

    [Fact]
    public void An_empty_file_with_chunks_behind_has_no_length()
    {
        var info = AudioFiles.Read(Wav(Format, Chunk("data", []), Chunk("LIST", new byte[50])));
        Assert.Equal(TimeSpan.Zero, info.Duration);
        Assert.Equal(0, info.AverageBitrate);
    }

    [Fact]
    public void Chunks_around_the_data_are_not_audio()
    {
        var odd = Chunk("LIST", new byte[33]);
        Assert.Equal(Samples, AudioFiles.SamplesOf(AudioFiles.Read(Wav(odd, Format, odd, Chunk("data", Pcm), odd))));
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
    public void Rf64_takes_its_size_from_ds64()
    {
        var sizes = Join(BitConverter.GetBytes(0L), BitConverter.GetBytes((long)Pcm.Length), new byte[12]);
        var file = Riff("RF64", 0xFFFFFFFF, Chunk("ds64", sizes), Format, Chunk("data", Pcm, 0xFFFFFFFF), Chunk("LIST", new byte[200]));
        Assert.Equal(Samples, AudioFiles.SamplesOf(AudioFiles.Read(file)));
        var made = files["rf64.wav"];
        AudioTool.Run("ffmpeg", "-nostdin", "-v", "error", "-i", files["source-24000-1"], "-rf64", "always", made);
        Assert.Equal("RF64"u8.ToArray(), File.ReadAllBytes(made)[..4]);
        Assert.Equal(SamplesAt(24000), AudioFiles.SamplesOf(AudioInfoReader.ReadFile(made)));
    }

    [Fact]
    public void Extensible_names_its_codec_further_behind()
    {
        var format = Join(PcmFormat(Rate, 1, 16, 0xFFFE), UInt16(22), UInt16(16), UInt32(4), UInt16(3), new byte[14]);
        var info = AudioFiles.Read(Wav(Chunk("fmt ", format), Chunk("data", Pcm)));
        Assert.Equal("PCM float", info.Codec);
        Assert.Equal(Samples, AudioFiles.SamplesOf(info));
    }

    [Fact]
    public void A_cut_file_is_as_long_as_what_is_left() =>
        Assert.Equal(1000, AudioFiles.SamplesOf(AudioFiles.Read(Wav(Format, Chunk("data", Pcm))[..2045])));

    [Fact]
    public void Without_its_chunks_it_is_corrupt()
    {
        Assert.Throws<AudioFormatException>(() => AudioFiles.Read(Wav(Format)));
        Assert.Throws<AudioFormatException>(() => AudioFiles.Read(Wav(Chunk("data", Pcm))));
        Assert.Throws<AudioFormatException>(() => AudioFiles.Read(Wav(Chunk("fmt ", PcmFormat(0, 1)), Chunk("data", Pcm))));
        Assert.Throws<AudioFormatException>(() => AudioFiles.Read(Wav(Chunk("fmt ", PcmFormat(Rate, 0)), Chunk("data", Pcm))));
    }
}
