using System.Globalization;
using System.Text;
using RunwareTts.Audio;
using RunwareTts.Levels;
using RunwareTts.Tests.Audio;
using RunwareTts.Tests.Playback;
using static RunwareTts.Tests.Audio.TestSignal;

namespace RunwareTts.Tests.Levels;

/// <summary>What is measured is what ffmpeg's filters measure in the same file, and what is drawn is where it is.</summary>
public sealed class WaveformReaderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [ToolTheory("ffmpeg")]
    [InlineData("sine=440:d=3", 1, 8000, "wav")]
    [InlineData("sine=60:d=3", 1, 22050, "wav")]
    [InlineData("sine=3000:d=3", 2, 24000, "wav")]
    [InlineData("anoisesrc=d=5:c=pink:a=0.3:seed=7", 1, 24000, "mp3")]
    [InlineData("anoisesrc=d=5:c=white:a=0.1:seed=7", 2, 44100, "flac")]
    [InlineData("anoisesrc=d=5:c=brown:a=0.5:seed=7", 1, 48000, "ogg")]
    [InlineData("anoisesrc=d=5:c=pink:a=0.3:seed=7", 1, 24000, "opus")]
    // A loud part, a soft one that the relative gate drops, and silence that the absolute one does.
    [InlineData("aevalsrc='sin(2764*t)*(lt(t,4)*0.4+between(t,4,9)*0.01)':d=14:s=48000", 1, 48000, "wav")]
    [InlineData("aevalsrc='0.3*sin(2764*t)|0|0.1*sin(900*t)|0.5*sin(200*t)|0.2*sin(500*t)|0.2*sin(700*t):c=5.1:d=4:s=48000'", 6, 48000, "wav")]
    public async Task Its_loudness_and_peak_are_those_of_ffmpeg(string source, int channels, int rate, string format)
    {
        string file = Path.Combine(_folder.Path, "clip." + format);
        string[] layout = channels == 6 ? [] : ["-ac", channels.ToString(CultureInfo.InvariantCulture)];
        AudioTool.Run("ffmpeg", ["-v", "error", "-f", "lavfi", "-i", source, .. layout, "-ar", rate.ToString(CultureInfo.InvariantCulture), file]);
        TtsWaveform drawn = await DrawAsync(file);
        Assert.NotNull(drawn.Loudness);
        Assert.Equal(Measure(file, "ebur128=metadata=1", "lavfi.r128.I"), drawn.Loudness.Value, 0.1);
        Assert.Equal(Measure(file, "astats=metadata=1", "lavfi.astats.Overall.Peak_level"), drawn.Peak!.Value, 0.1);
        Assert.Equal(0, drawn.Clipped);
    }

    [Theory]
    [InlineData(8, 1)]
    [InlineData(16, 1)]
    [InlineData(24, 1)]
    [InlineData(32, 1)]
    [InlineData(32, 3)]
    [InlineData(64, 3)]
    public async Task Samples_of_each_width_are_read_without_ffmpeg(int bits, int tag)
    {
        const int rate = 8000;
        using MemoryStream data = new();
        using BinaryWriter writer = new(data);
        for (int i = 0; i < rate; i++)
            Write(writer, 0.5 * Math.Sin(2 * Math.PI * 1000 * i / rate), bits, tag == 3);
        TtsWaveform drawn = await DrawAsync(Wav(Chunk("fmt ", PcmFormat(rate, 1, bits, (ushort)tag)), Chunk("data", data.ToArray())));
        Assert.Equal(-6.02, drawn.Peak!.Value, 0.1);
        Assert.Equal(-9.1, drawn.Loudness!.Value, 0.2);
    }

    [Fact]
    public async Task It_draws_what_is_where()
    {
        // Silence, a loud part, a soft part, and one that is clipped.
        byte[] pcm = Clips.Pcm(0, 0, 1, 0.1, 2, 2, 2, 2);
        // A value beyond the range has turned its sign: such samples are full scale in a clipped file.
        for (int i = 4 * pcm.Length / 8; i < pcm.Length; i += 2)
        {
            double sample = 2 * Math.Sin(2 * Math.PI * 440 * i / 2 / Clips.Rate);
            BitConverter.TryWriteBytes(pcm.AsSpan(i), (short)(32767 * Math.Clamp(sample, -1, 1)));
        }

        TtsWaveform drawn = await DrawAsync(Wav(Chunk("fmt ", PcmFormat(Clips.Rate, 1)), Chunk("data", pcm)), 24);
        Assert.Equal("      \u2588\u2588\u2588   !!!!!!!!!!!!", drawn.Lines[0]);
        Assert.Equal("\u00B7\u00B7\u00B7\u00B7\u00B7\u00B7\u2588\u2588\u2588\u2586\u2586\u2586" + new string('\u2588', 12), drawn.Lines[1]);
        Assert.Equal("|0s            |1s", drawn.Lines[2]);
        Assert.InRange(drawn.Clipped, 600, 800);
        Assert.Equal(0, drawn.Peak!.Value, 0.01);
    }

    [Fact]
    public async Task One_peak_at_full_scale_is_not_clipped()
    {
        byte[] pcm = Clips.Pcm(0.5);
        BitConverter.TryWriteBytes(pcm.AsSpan(2000), short.MaxValue);
        BitConverter.TryWriteBytes(pcm.AsSpan(4000), short.MinValue);
        Assert.Equal(0, (await DrawAsync(Wav(Chunk("fmt ", PcmFormat(Clips.Rate, 1)), Chunk("data", pcm)))).Clipped);
    }

    [Theory]
    [InlineData(0.0, "\u00B7", "|0s")]
    [InlineData(0.3, "\u00B7", "|0s")]
    [InlineData(3661.0, "\u00B7", "|0s")]
    public async Task Silence_has_no_loudness(double seconds, string dot, string begin)
    {
        TtsWaveform drawn = await DrawAsync(Batch.Wavs.Silence(seconds), 60);
        Assert.Equal((null, null), (drawn.Peak, drawn.Loudness));
        Assert.Equal(string.Concat(Enumerable.Repeat(dot, 60)), drawn.Lines[1]);
        Assert.StartsWith(begin, drawn.Lines[2], StringComparison.Ordinal);
        Assert.InRange(drawn.Lines[2].Length, 3, 60);
    }

    [Theory]
    [InlineData(1.0, 80, "|0s     |0.1s   |0.2s   |0.3s   |0.4s   |0.5s   |0.6s   |0.7s   |0.8s   |0.9s")]
    [InlineData(90.0, 60, "|0s       |15s      |30s      |45s      |1:00     |1:15")]
    [InlineData(7200.0, 60, "|0s      |20:00   |40:00")]
    [InlineData(360000.0, 40, "|0s         |30:00:00   |60:00:00")]
    public void The_scale_has_round_numbers_that_fit(double seconds, int width, string begin)
    {
        LevelColumns columns = new(width, 1, 1, 1);
        string scale = WaveformDrawing.Draw(columns, TimeSpan.FromSeconds(seconds))[2];
        Assert.StartsWith(begin[..3], scale, StringComparison.Ordinal);
        Assert.True(scale.Length <= width, scale);
        Assert.Matches(@"^\|\S+( +\|\S+)*$", scale);
        if (seconds < 3600)
            Assert.Equal(begin, scale);
    }

    [Fact]
    public async Task What_ends_in_the_middle_is_drawn_as_far_as_it_goes()
    {
        byte[] wav = Clips.Wav(0.5, 0.5);
        TtsWaveform drawn = await DrawAsync(wav[..(wav.Length / 2)]);
        Assert.Equal(0.2, drawn.Duration.TotalSeconds, 0.01);
        Assert.Equal(-6, drawn.Peak!.Value, 0.1);
    }

    private static void Write(BinaryWriter writer, double sample, int bits, bool isFloat)
    {
        switch (bits, isFloat)
        {
            case (32, true): writer.Write((float)sample); break;
            case (64, true): writer.Write(sample); break;
            case (8, _): writer.Write((byte)(128 + Math.Round(127 * sample))); break;
            case (16, _): writer.Write((short)(32767 * sample)); break;
            case (24, _): writer.Write(BitConverter.GetBytes((int)(8388607 * sample)).AsSpan(0, 3)); break;
            default: writer.Write((int)(2147483647 * sample)); break;
        }
    }

    private static double Measure(string file, string filter, string key)
    {
        string printed = Encoding.UTF8.GetString(AudioTool.Run("ffmpeg", "-nostdin", "-v", "error", "-i", file,
            "-af", $"{filter},ametadata=print:key={key}:file=-", "-f", "null", "-"));
        string last = printed.Split('\n').Last(line => line.StartsWith(key + "=", StringComparison.Ordinal));
        return double.Parse(last[(key.Length + 1)..], CultureInfo.InvariantCulture);
    }

    private Task<TtsWaveform> DrawAsync(byte[] bytes, int width = 40)
    {
        string file = Path.Combine(_folder.Path, "clip.wav");
        File.WriteAllBytes(file, bytes);
        return DrawAsync(file, width);
    }

    private static Task<TtsWaveform> DrawAsync(string file, int width = 40) =>
        WaveformReader.ReadAsync(file, AudioFile.Read(file), width, CancellationToken.None);
}
