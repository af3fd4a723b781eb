using System.Buffers.Binary;

namespace RunwareTts.Audio;

/// <summary>The STREAMINFO block, which FLAC files and FLAC in OGG share.</summary>
internal sealed class FlacStreamInfo
{
    public const int MarkerSize = 4;

    /// <summary>The block's header and its body.</summary>
    public const int BlockSize = 4 + 34;

    private FlacStreamInfo(ReadOnlySpan<byte> body)
    {
        MaxBlock = BinaryPrimitives.ReadUInt16BigEndian(body.Slice(2));
        var packed = BinaryPrimitives.ReadUInt64BigEndian(body.Slice(10));
        SampleRate = SampleMath.CheckRate((long)(packed >> 44));
        Channels = (int)((packed >> 41) & 7) + 1;
        BitsPerSample = (int)((packed >> 36) & 31) + 1;
        TotalSamples = (long)(packed & 0xFFFFFFFFF);
    }

    public int MaxBlock { get; }

    public int SampleRate { get; }

    public int Channels { get; }

    public int BitsPerSample { get; }

    /// <summary>Zero if the encoder wrote to a pipe.</summary>
    public long TotalSamples { get; }

    /// <summary>Bytes of a frame without compression; the side channel needs one bit more.</summary>
    public int MaxFrameSize(int samples) => 64 + (samples * Channels * (BitsPerSample + 1) / 8);

    /// <summary>It is a STREAMINFO block with a sample rate.</summary>
    public static bool IsValid(ReadOnlySpan<byte> block) =>
        block.Length >= BlockSize
        && (BinaryPrimitives.ReadUInt32BigEndian(block) & 0x7FFFFFFF) == BlockSize - 4
        && (block[14] | block[15] | (block[16] & 0xF0)) != 0;

    public static FlacStreamInfo Read(Stream flac)
    {
        var source = new ByteSource(flac);
        return Read(source, TagSkipper.SkipLeading(source));
    }

    public static FlacStreamInfo Read(ByteSource source, long start) =>
        Parse(source.Read(start + MarkerSize, BlockSize));

    public static FlacStreamInfo Parse(ReadOnlySpan<byte> block)
    {
        if (block.Length < BlockSize || (block[0] & 0x7F) != 0)
            throw new AudioFormatException("The FLAC stream has no STREAMINFO.");
        return new FlacStreamInfo(block.Slice(4));
    }
}
