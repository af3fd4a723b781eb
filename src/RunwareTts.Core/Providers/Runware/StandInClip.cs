using RunwareTts.Audio;
using RunwareTts.Tools;

namespace RunwareTts.Providers.Runware;

/// <summary>
/// Stands for a clip where only a price is asked for, which depends on the text alone: three seconds of a quiet tone.
/// </summary>
internal static class StandInClip
{
    private const int SampleRate = 8000;
    private const int Seconds = 3;
    private const double Pitch = 200;
    private const double Amplitude = 3000;

    private static readonly Lazy<string> Encoded = new(() => Convert.ToBase64String(Make()));

    public static string Base64 => Encoded.Value;

    private static byte[] Make()
    {
        PcmFormat pcm = new(SampleRate, 1, sizeof(short));
        using MemoryStream samples = new();
        using BinaryWriter writer = new(samples);
        for (int i = 0; i < SampleRate * Seconds; i++)
            writer.Write((short)(Amplitude * Math.Sin(2 * Math.PI * Pitch * i / SampleRate)));
        return [.. WavHeader.Make(pcm, samples.Length, 0), .. samples.ToArray()];
    }
}
