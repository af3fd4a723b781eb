using RunwareTts.Audio;
using RunwareTts.Tools;

namespace RunwareTts.Review;

/// <summary>The waveform of a clip: the highest level of each of its equal pieces, a character each.</summary>
internal static class Peaks
{
    public const int Count = 160;

    /// <summary>Levels from silence to full scale, in equal steps.</summary>
    internal const string Levels = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private const int FramesAtOnce = 8192;

    /// <summary>Null where the clip cannot be decoded, such as without ffmpeg.</summary>
    public static async Task<string?> MeasureAsync(TtsAudioInfo info, Stream stream, CancellationToken token)
    {
        if (info.Format == "WAV" && WavSamples.Find(stream) is { IsPlain: true } wav)
        {
            stream.Position = wav.Start;
            PcmFormat own = new(info.SampleRate, info.Channels, wav.Format.BitsPerSample / 8);
            return await MeasureAsync(stream, wav.Size, own, info.Duration, token).ConfigureAwait(false);
        }

        if (info.Path is null || Program.Ffmpeg.Find() is null)
            return null;
        PcmFormat pcm = new(info.SampleRate, info.Channels, 2);
        try
        {
            using ChildProcess decoder = Ffmpeg.Decode(info.Path, info.Format, pcm, token);
            string peaks = await MeasureAsync(decoder.Output, long.MaxValue, pcm, info.Duration, token)
                .ConfigureAwait(false);
            await decoder.FinishAsync().ConfigureAwait(false);
            return peaks;
        }
        catch (TtsException)
        {
            // A waveform is a help and not a result: the page says what the file really is.
            return null;
        }
    }

    private static async Task<string> MeasureAsync(
        Stream samples, long bytes, PcmFormat pcm, TimeSpan duration, CancellationToken token)
    {
        double frames = Math.Max(duration.TotalSeconds * pcm.SampleRate, 1);
        int[] highest = new int[Count];
        byte[] buffer = new byte[FramesAtOnce * pcm.FrameBytes];
        long frame = 0;
        while (bytes > 0)
        {
            int read = await FillAsync(samples, buffer, (int)Math.Min(bytes, buffer.Length), token)
                .ConfigureAwait(false);
            bytes -= read;
            for (int at = 0; at + pcm.FrameBytes <= read; at += pcm.FrameBytes, frame++)
            {
                int piece = (int)Math.Min(frame * Count / frames, Count - 1);
                highest[piece] = Math.Max(highest[piece], Loudest(buffer, at, pcm));
            }

            if (read < buffer.Length)
                break;
        }

        return string.Concat(highest.Select(level => Levels[Math.Min((level + 256) * Levels.Length >> 15,
            Levels.Length - 1)]));
    }

    private static async Task<int> FillAsync(Stream stream, byte[] buffer, int count, CancellationToken token)
    {
        int filled = 0;
        while (filled < count)
        {
            int read = await stream.ReadAsync(buffer.AsMemory(filled, count - filled), token).ConfigureAwait(false);
            if (read == 0)
                break;
            filled += read;
        }

        return filled;
    }

    // The upper 16 bits of each channel's sample.
    private static int Loudest(byte[] buffer, int at, PcmFormat pcm)
    {
        int loudest = 0;
        for (int end = at + pcm.FrameBytes; at < end; at += pcm.SampleBytes)
        {
            int high = at + pcm.SampleBytes - 1;
            loudest = Math.Max(loudest, Math.Abs((int)(short)(buffer[high - 1] | buffer[high] << 8)));
        }

        return loudest;
    }
}
