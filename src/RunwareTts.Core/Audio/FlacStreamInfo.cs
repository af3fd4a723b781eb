using System.Buffers.Binary;

namespace RunwareTts.Audio;

/// <summary>The STREAMINFO block, which FLAC files and FLAC in OGG share.</summary>
/// <remarks>TotalSamples is zero if the encoder wrote to a pipe.</remarks>
internal sealed record FlacStreamInfo(
    int MaxBlockSize, int SampleRate, int Channels, int BitsPerSample, long TotalSamples)
{
    public const int MarkerSize = 4;

    /// <summary>The block's header and its body.</summary>
    public const int BlockSize = 4 + 34;

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
        var packed = BinaryPrimitives.ReadUInt64BigEndian(block.Slice(14));
        return new FlacStreamInfo(
            BinaryPrimitives.ReadUInt16BigEndian(block.Slice(6)),
            SampleMath.CheckRate((long)(packed >> 44)),
            (int)((packed >> 41) & 7) + 1,
            (int)((packed >> 36) & 31) + 1,
            (long)(packed & 0xFFFFFFFFF));
    }
}
