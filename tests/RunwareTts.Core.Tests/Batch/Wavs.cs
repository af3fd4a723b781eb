using static RunwareTts.Tests.Audio.TestSignal;

namespace RunwareTts.Tests.Batch;

/// <summary>WAV files of a given length.</summary>
internal static class Wavs
{
    private const int Rate = 8000;

    public static byte[] Silence(double seconds) =>
        Wav(Chunk("fmt ", PcmFormat(Rate, 1)), Chunk("data", new byte[(int)(seconds * Rate) * 2]));
}
