using RunwareTts.Tests.Audio;
using static RunwareTts.Tests.Audio.TestSignal;

namespace RunwareTts.Tests.Playback;

/// <summary>Sounds whose energy changes over time as no other's does.</summary>
internal static class Clips
{
    public const int Rate = 24000;
    private const double Step = 0.2;

    // Each level for one step.
    public static readonly double[] Melody = [0.5, 0.1, 0.3, 0.02, 0.6, 0.05, 0.4, 0.2];

    public static byte[] Pcm(params double[] levels)
    {
        int step = (int)(Step * Rate);
        byte[] pcm = new byte[levels.Length * step * 2];
        for (int i = 0; i < pcm.Length / 2; i++)
        {
            double sample = levels[i / step] * Math.Sin(2 * Math.PI * 440 * i / Rate);
            BitConverter.TryWriteBytes(pcm.AsSpan(i * 2), (short)Math.Round(32767 * sample));
        }

        return pcm;
    }

    public static byte[] Wav(params double[] levels) =>
        TestSignal.Wav(Chunk("fmt ", PcmFormat(Rate, 1)), Chunk("data", Pcm(levels)));

    /// <summary>Writes a file in the format of its extension.</summary>
    public static string Write(string path, params double[] levels)
    {
        string wav = Path.GetExtension(path) == ".wav" ? path : path + ".wav";
        File.WriteAllBytes(wav, Wav(levels));
        if (wav == path)
            return path;
        AudioTool.Run("ffmpeg", "-nostdin", "-v", "error", "-i", "file:" + wav, "file:" + path);
        File.Delete(wav);
        return path;
    }
}
