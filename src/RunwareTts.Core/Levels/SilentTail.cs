using RunwareTts.Audio;
using RunwareTts.Files;

namespace RunwareTts.Levels;

/// <summary>
/// Finds near-silence up to the end of a file: a model that has spoken its text may go on in silence until its tokens
/// end.
/// </summary>
internal static class SilentTail
{
    private const int MomentsPerSecond = 20;

    // 25 dB below the loudest moment there is no speech any more.
    private const double Quiet = 0.0562;

    // -50 dB of full scale: with nothing louder there is no speech at all.
    private const double Silence = 0.00316;

    // Longer than any pause.
    private static readonly TimeSpan MinTail = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Where the near-silence begins; null where there is none, or where ffmpeg is missing to decode the file.
    /// </summary>
    /// <param name="stream">The content; read from its beginning, and left open.</param>
    /// <param name="audio">What it is.</param>
    /// <param name="token">Stops it.</param>
    public static async Task<TimeSpan?> FindAsync(Stream stream, TtsAudioInfo audio, CancellationToken token)
    {
        // The file itself is locked until it has its name.
        string folder = PrivateFiles.CreateTempDirectory();
        try
        {
            string copy = Path.Combine(folder, "speech");
            stream.Position = 0;
            using (FileStream target = new(copy, FileMode.CreateNew, FileAccess.Write))
                await stream.CopyToAsync(target, 81920, token).ConfigureAwait(false);
            using SampleReader reader = SampleReader.Open(copy, audio, token);
            return Find(await ReadAsync(reader, audio, token).ConfigureAwait(false));
        }
        catch (Exception e) when (e is TtsException or AudioFormatException)
        {
            return null;
        }
        finally
        {
            await FileRetry.TidyFolderAsync(folder).ConfigureAwait(false);
        }
    }

    // The mean square of each moment.
    private static async Task<List<double>> ReadAsync(
        SampleReader reader, TtsAudioInfo audio, CancellationToken token)
    {
        List<double> moments = [];
        int length = Math.Max(1, audio.SampleRate / MomentsPerSecond) * reader.Channels;
        double[] samples = new double[reader.MaxSamples];
        double sum = 0;
        int filled = 0;
        while (await reader.ReadAsync(samples, token).ConfigureAwait(false) is var count and > 0)
        {
            for (int at = 0; at < count; at++)
            {
                sum += samples[at] * samples[at];
                if (++filled < length)
                    continue;
                moments.Add(sum / length);
                (sum, filled) = (0, 0);
            }
        }

        return moments;
    }

    private static TimeSpan? Find(List<double> moments)
    {
        double loudest = moments.Count == 0 ? 0 : moments.Max();
        if (loudest < Silence * Silence)
            return null;
        double quiet = loudest * Quiet * Quiet;
        int end = moments.FindLastIndex(moment => moment > quiet) + 1;
        return TimeSpan.FromSeconds((moments.Count - end) / (double)MomentsPerSecond) >= MinTail
            ? TimeSpan.FromSeconds(end / (double)MomentsPerSecond) : null;
    }
}
