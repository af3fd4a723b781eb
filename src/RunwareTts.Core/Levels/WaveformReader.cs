using RunwareTts.Audio;

namespace RunwareTts.Levels;

/// <summary>Measures and draws a file, of which it holds one buffer at a time.</summary>
internal static class WaveformReader
{
    /// <param name="path">The file.</param>
    /// <param name="audio">What it is.</param>
    /// <param name="width">The columns of the drawing.</param>
    /// <param name="token">Stops it.</param>
    /// <exception cref="TtsException">FileNotReadable, OfflineToolMissing, OfflineToolFailed.</exception>
    public static async Task<TtsWaveform> ReadAsync(
        string path, TtsAudioInfo audio, int width, CancellationToken token)
    {
        try
        {
            using SampleReader reader = SampleReader.Open(path, audio, token);
            LevelColumns columns = LevelColumns.Of(width, audio, reader);
            LoudnessMeter loudness = new(audio.SampleRate, reader.Channels);
            double[] samples = new double[reader.MaxSamples];
            while (await reader.ReadAsync(samples, token).ConfigureAwait(false) is var count and > 0)
            {
                for (int at = 0; at < count; at += reader.Channels)
                {
                    columns.Add(samples, at);
                    loudness.Add(samples, at);
                }
            }

            return new TtsWaveform(
                audio.Duration, columns.Peak > 0 ? Math.Round(20 * Math.Log10(columns.Peak), 2) : null,
                loudness.Integrated is { } lufs ? Math.Round(lufs, 2) : null, columns.ClippedCount)
            {
                Path = path,
                Lines = WaveformDrawing.Draw(columns, audio.Duration),
            };
        }
        catch (AudioFormatException e)
        {
            throw Errors.NoAudio(path, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Errors.FileNotReadable(path, e);
        }
    }
}
