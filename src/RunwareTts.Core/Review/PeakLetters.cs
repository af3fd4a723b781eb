using RunwareTts.Levels;
using RunwareTts.Tools;

namespace RunwareTts.Review;

/// <summary>The waveform of a clip: the peak of each of its equal pieces, a letter each.</summary>
internal static class PeakLetters
{
    public const int Count = 160;

    /// <summary>Levels from silence to full scale, in equal steps.</summary>
    internal const string Levels = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    /// <summary>Null where the clip cannot be decoded, such as without ffmpeg.</summary>
    public static async Task<string?> MeasureAsync(TtsAudioInfo audio, Stream stream, CancellationToken token)
    {
        try
        {
            using SampleReader? reader = Open(audio, stream, token);
            return reader is null ? null : await MeasureAsync(audio, reader, token).ConfigureAwait(false);
        }
        catch (TtsException)
        {
            // The page shows the flags of the file; it can do without a waveform.
            return null;
        }
    }

    private static SampleReader? Open(TtsAudioInfo audio, Stream stream, CancellationToken token) =>
        SampleReader.TryOpenWav(stream, audio) is { } wav ? wav
        : audio.Path is { } path && Program.Ffmpeg.Find() is not null ? SampleReader.Decode(path, audio, token)
        : null;

    private static async Task<string> MeasureAsync(TtsAudioInfo audio, SampleReader reader, CancellationToken token)
    {
        LevelColumns columns = LevelColumns.Of(Count, audio, reader);
        double[] samples = new double[reader.MaxSamples];
        while (await reader.ReadAsync(samples, token).ConfigureAwait(false) is var count and > 0)
        {
            for (int at = 0; at < count; at += reader.Channels)
                columns.Add(samples, at);
        }

        return string.Concat(columns.Peaks.Select(LetterOf));
    }

    private static char LetterOf(double peak) =>
        Levels[Math.Min((int)((peak * Levels.Length) + 0.5), Levels.Length - 1)];
}
