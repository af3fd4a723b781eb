using RunwareTts.Audio;
using RunwareTts.Files;

namespace RunwareTts.Levels;

/// <summary>
/// Finds near-silence up to the end of a file: a model that has spoken its text may go on in silence until its tokens
/// end.
/// </summary>
internal static class SilentTail
{
    private const int BlocksPerSecond = 20;

    // A block that is 25 dB below the loudest one is not speech.
    private const double Quiet = 0.0562;

    // If no block is louder than -50 dBFS, nothing was said.
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
        // The file itself is locked until it is committed.
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

    // The power of each block: its mean square.
    private static async Task<List<double>> ReadAsync(
        SampleReader reader, TtsAudioInfo audio, CancellationToken token)
    {
        List<double> blocks = [];
        int length = Math.Max(1, audio.SampleRate / BlocksPerSecond) * reader.Channels;
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
                blocks.Add(sum / length);
                (sum, filled) = (0, 0);
            }
        }

        return blocks;
    }

    private static TimeSpan? Find(List<double> blocks)
    {
        double loudest = blocks.Count == 0 ? 0 : blocks.Max();
        if (loudest < Silence * Silence)
            return null;
        double quiet = loudest * Quiet * Quiet;
        int end = blocks.FindLastIndex(block => block > quiet) + 1;
        return TimeSpan.FromSeconds((blocks.Count - end) / (double)BlocksPerSecond) >= MinTail
            ? TimeSpan.FromSeconds(end / (double)BlocksPerSecond) : null;
    }
}
