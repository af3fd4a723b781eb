using RunwareTts.Tools;

namespace RunwareTts.Audio;

/// <summary>Writes the beginning of a WAV file. A file of more than 4 GB is RF64, whose sizes have 64 bits.</summary>
internal static class WavHeader
{
    private const int FormatSize = 16;
    private const int LongSizesSize = 28;

    /// <summary>All bytes before the samples; tailSize is that of the chunks that follow them.</summary>
    public static byte[] Make(PcmFormat pcm, long dataSize, int tailSize)
    {
        var riffSize = 4 + 8 + FormatSize + 8 + dataSize + (dataSize & 1) + tailSize;
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(MakeRiff(riffSize, dataSize, pcm.FrameBytes));
        writer.Write("fmt "u8.ToArray());
        writer.Write(FormatSize);
        writer.Write((short)1);
        writer.Write((short)pcm.Channels);
        writer.Write(pcm.SampleRate);
        writer.Write(pcm.SampleRate * pcm.FrameBytes);
        writer.Write((short)pcm.FrameBytes);
        writer.Write((short)(pcm.SampleBytes * 8));
        writer.Write("data"u8.ToArray());
        writer.Write(StatedSize(dataSize, riffSize));
        return bytes.ToArray();
    }

    /// <summary>The RIFF header, and a ds64 chunk if it is needed; riffSize does not count that chunk.</summary>
    public static byte[] MakeRiff(long riffSize, long dataSize, int frameBytes)
    {
        var isLong = IsLong(riffSize);
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(isLong ? "RF64"u8.ToArray() : "RIFF"u8.ToArray());
        writer.Write(StatedSize(riffSize, riffSize));
        writer.Write("WAVE"u8.ToArray());
        if (isLong)
        {
            writer.Write("ds64"u8.ToArray());
            writer.Write(LongSizesSize);
            writer.Write(riffSize + 8 + LongSizesSize);
            writer.Write(dataSize);
            writer.Write(dataSize / frameBytes);
            writer.Write(0);
        }

        return bytes.ToArray();
    }

    /// <summary>The 32 bits of a size; those of RF64 refer to its ds64 chunk.</summary>
    public static uint StatedSize(long size, long riffSize) => IsLong(riffSize) ? uint.MaxValue : (uint)size;

    private static bool IsLong(long riffSize) => riffSize > uint.MaxValue;
}
