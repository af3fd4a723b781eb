using RunwareTts.Audio;
using RunwareTts.Review;
using RunwareTts.Tests.Audio;
using static RunwareTts.Tests.Audio.TestSignal;

namespace RunwareTts.Tests.Review;

/// <summary>A waveform shows where a clip is loud, and how loud.</summary>
public sealed class PeakLettersTests : IDisposable
{
    private const int Rate = 8000;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 1)]
    public async Task Of_a_wav_are_the_highest_of_each_piece(int channels, int loudChannel)
    {
        // A second of silence, one at half of full scale in one channel, and one at full scale.
        short[] levels = [0, 16384, -32768];
        byte[] data = [.. levels.SelectMany(level => Enumerable.Repeat(level, Rate))
            .SelectMany(level => Enumerable.Range(0, channels).SelectMany(n => BitConverter.GetBytes(n == loudChannel ? level : (short)0)))];
        string peaks = (await MeasureAsync(Wav(Chunk("fmt ", PcmFormat(Rate, channels)), Chunk("data", data))))!;
        Assert.Equal(PeakLetters.Count, peaks.Length);
        Assert.Equal('A', peaks[10]);
        Assert.Equal(32, PeakLetters.Levels.IndexOf(peaks[80]));
        Assert.Equal('_', peaks[150]);
    }

    [Fact]
    public async Task Of_no_sound_at_all_are_silent() =>
        Assert.Equal(new string('A', PeakLetters.Count), await MeasureAsync(Batch.Wavs.Silence(0.001)));

    [ToolTheory("ffmpeg")]
    [InlineData("mp3")]
    [InlineData("ogg")]
    [InlineData("flac")]
    public async Task Of_encoded_files_are_those_of_their_source(string format)
    {
        string wav = Path.Combine(_folder.Path, "source.wav");
        string file = Path.Combine(_folder.Path, $"it's #1.{format}");
        byte[] loudThenSilent = [.. Enumerable.Range(0, Rate * 2).SelectMany(n => BitConverter.GetBytes((short)(n < Rate ? 16000 * Math.Sin(n) : 0)))];
        await File.WriteAllBytesAsync(wav, Wav(Chunk("fmt ", PcmFormat(Rate, 1)), Chunk("data", loudThenSilent)));
        AudioTool.Run("ffmpeg", ["-nostdin", "-v", "error", "-i", wav, file]);
        await using FileStream stream = File.OpenRead(file);
        string peaks = (await PeakLetters.MeasureAsync(AudioInfoReader.ReadFile(file), stream, CancellationToken.None))!;
        Assert.InRange(PeakLetters.Levels.IndexOf(peaks[40]), 24, 40);
        Assert.Equal('A', peaks[140]);
    }

    [ToolTheory("ffmpeg")]
    [InlineData("mp3")]
    public async Task Can_be_cancelled(string format)
    {
        string file = Path.Combine(_folder.Path, $"long.{format}");
        AudioTool.Run("ffmpeg", ["-nostdin", "-v", "error", "-f", "lavfi", "-i", "sine=d=20", file]);
        await using FileStream stream = File.OpenRead(file);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            PeakLetters.MeasureAsync(AudioInfoReader.ReadFile(file), stream, new CancellationToken(true)));
    }

    private static async Task<string?> MeasureAsync(byte[] wav)
    {
        using MemoryStream stream = new(wav);
        return await PeakLetters.MeasureAsync(AudioInfoReader.Read(stream), stream, CancellationToken.None);
    }
}
