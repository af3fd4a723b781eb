using System.Text;
using RunwareTts.Requests;

namespace RunwareTts.Joining;

/// <summary>What stands before and after the samples of a WAV file. Past 4 GB it is RF64, whose sizes have 64 bits.</summary>
internal static class WavHead
{
    private const int FormatSize = 16;
    private const int LongSizes = 28;

    /// <param name="rate">Hz.</param>
    /// <param name="channels">1 or more.</param>
    /// <param name="sampleBytes">Of one sample of one channel.</param>
    /// <param name="dataSize">Bytes of all samples.</param>
    /// <param name="tailSize">Bytes that follow them.</param>
    public static byte[] Make(int rate, int channels, int sampleBytes, long dataSize, int tailSize)
    {
        long riff = 4 + 8 + FormatSize + 8 + dataSize + (dataSize & 1) + tailSize;
        int frame = channels * sampleBytes;
        using MemoryStream bytes = new();
        using BinaryWriter writer = new(bytes);
        writer.Write(Open(riff, dataSize, frame));
        writer.Write("fmt "u8.ToArray());
        writer.Write(FormatSize);
        writer.Write((short)1);
        writer.Write((short)channels);
        writer.Write(rate);
        writer.Write(rate * frame);
        writer.Write((short)frame);
        writer.Write((short)(sampleBytes * 8));
        writer.Write("data"u8.ToArray());
        writer.Write(IsLong(riff) ? uint.MaxValue : (uint)dataSize);
        return bytes.ToArray();
    }

    /// <summary>What stands before the first chunk, and the chunk of long sizes where they are needed.</summary>
    /// <param name="riff">Bytes of all that follows the size of the file, without that chunk.</param>
    /// <param name="dataSize">Bytes of all samples.</param>
    /// <param name="frame">Bytes of one sample of all channels.</param>
    public static byte[] Open(long riff, long dataSize, int frame)
    {
        using MemoryStream bytes = new();
        using BinaryWriter writer = new(bytes);
        writer.Write(IsLong(riff) ? "RF64"u8.ToArray() : "RIFF"u8.ToArray());
        writer.Write(IsLong(riff) ? uint.MaxValue : (uint)riff);
        writer.Write("WAVE"u8.ToArray());
        if (IsLong(riff))
        {
            writer.Write("ds64"u8.ToArray());
            writer.Write(LongSizes);
            writer.Write(riff + 8 + LongSizes);
            writer.Write(dataSize);
            writer.Write(dataSize / frame);
            writer.Write(0);
        }

        return bytes.ToArray();
    }

    /// <summary>So long that its sizes have 64 bits.</summary>
    public static bool IsLong(long riff) => riff > uint.MaxValue;

    /// <summary>The padding of the samples and a LIST INFO chunk; nothing where there is nothing to say.</summary>
    public static byte[] Tail(AudioTags? tags, long dataSize)
    {
        List<byte> body = [];
        foreach ((string chunk, string value) in tags?.Riff ?? [])
            body.AddRange(Chunk(chunk, [.. Encoding.UTF8.GetBytes(value), 0]));
        byte[] padding = (dataSize & 1) == 0 ? [] : [0];
        return body.Count == 0 ? padding : [.. padding, .. Chunk("LIST", [.. "INFO"u8, .. body])];
    }

    private static byte[] Chunk(string mark, byte[] content) =>
        [.. Encoding.ASCII.GetBytes(mark), .. BitConverter.GetBytes(content.Length), .. content, .. new byte[content.Length & 1]];
}
