namespace RunwareTts.Tools;

/// <summary>Little-endian PCM samples, all channels of one sample together.</summary>
/// <param name="SampleRate">Hz.</param>
/// <param name="Channels">1 or more.</param>
/// <param name="SampleBytes">Of one channel: 2 or 3.</param>
internal sealed record PcmFormat(int SampleRate, int Channels, int SampleBytes)
{
    /// <summary>The name that ffmpeg has for it.</summary>
    public string Name => SampleBytes == 2 ? "s16le" : "s24le";

    public int FrameBytes => Channels * SampleBytes;
}
