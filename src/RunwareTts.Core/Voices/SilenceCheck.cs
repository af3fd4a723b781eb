using RunwareTts.Audio;
using RunwareTts.Tools;

namespace RunwareTts.Voices;

/// <summary>
/// Whether a clip has any sound to speak of. A microphone that was muted gives noise below the floor, perhaps with a
/// click at its begin, so the loud moments are counted, and not the loudest one.
/// </summary>
internal static class SilenceCheck
{
    // -50 dB of full scale, from the lowest to the highest sample.
    private const int Floor = 207;
    private const int MomentsPerSecond = 50;
    private const int EnoughMoments = 15;

    /// <summary>False also where it cannot be known, because ffmpeg is missing or cannot decode it.</summary>
    public static bool IsSilent(string path, TtsAudioInfo audio, CancellationToken token)
    {
        if (audio.Format == "WAV")
        {
            using FileStream wav = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            WavSamples samples = WavSamples.Find(wav);
            if (samples.IsPlain)
            {
                wav.Position = samples.Start;
                return IsSilent(wav, samples.Size, samples.Format.BitsPerSample / 8, audio);
            }
        }

        if (Program.Ffmpeg.Find() is null)
            return false;
        try
        {
            PcmFormat pcm = new(audio.SampleRate, audio.Channels, 2);
            using ChildProcess decoder = Ffmpeg.Decode(path, audio.Format, pcm, token);
            bool isSilent = IsSilent(decoder.Output, long.MaxValue, pcm.SampleBytes, audio);
            token.ThrowIfCancellationRequested();
            return isSilent;
        }
        catch (TtsException)
        {
            return false;
        }
    }

    private static bool IsSilent(Stream samples, long size, int sampleBytes, TtsAudioInfo audio)
    {
        byte[] moment = new byte[Math.Max(1, audio.SampleRate / MomentsPerSecond) * audio.Channels * sampleBytes];
        int loud = 0;
        bool isEmpty = true;
        while (size >= moment.Length && Fill(samples, moment))
        {
            size -= moment.Length;
            isEmpty = false;
            if (IsLoud(moment, sampleBytes) && ++loud == EnoughMoments)
                return false;
        }

        return !isEmpty;
    }

    private static bool IsLoud(byte[] moment, int sampleBytes)
    {
        int low = short.MaxValue;
        int high = short.MinValue;
        // Of 24 bits the upper two bytes are enough.
        for (int at = sampleBytes - 2; at + 1 < moment.Length; at += sampleBytes)
        {
            short sample = (short)(moment[at] | moment[at + 1] << 8);
            low = Math.Min(low, sample);
            high = Math.Max(high, sample);
        }

        return high - low > Floor;
    }

    // A pipe gives a little at a time.
    private static bool Fill(Stream stream, byte[] buffer)
    {
        int filled = 0;
        for (int got = 1; filled < buffer.Length && got > 0; filled += got)
            got = stream.Read(buffer, filled, buffer.Length - filled);
        return filled == buffer.Length;
    }
}
