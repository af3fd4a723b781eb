namespace RunwareTts.Tools;

/// <summary>Little-endian PCM samples of 2 or 3 bytes a channel.</summary>
internal sealed record PcmFormat(int SampleRate, int Channels, int SampleBytes)
{
    /// <summary>The name that ffmpeg has for it.</summary>
    public string Name => SampleBytes == 2 ? "s16le" : "s24le";

    public int FrameBytes => Channels * SampleBytes;
}
