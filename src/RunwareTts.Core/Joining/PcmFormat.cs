namespace RunwareTts.Joining;

/// <summary>How samples travel from a part to the joined file.</summary>
/// <param name="Rate">Hz.</param>
/// <param name="Channels">1 or more.</param>
/// <param name="SampleBytes">2, or 3 where a part has more than 16 bits.</param>
internal sealed record PcmFormat(int Rate, int Channels, int SampleBytes)
{
    /// <summary>As ffmpeg calls it.</summary>
    public string Name => SampleBytes == 2 ? "s16le" : "s24le";

    /// <summary>Bytes of one sample of all channels.</summary>
    public int FrameBytes => Channels * SampleBytes;
}
