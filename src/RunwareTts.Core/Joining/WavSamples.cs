using System.Buffers.Binary;
using RunwareTts.Audio;

namespace RunwareTts.Joining;

/// <summary>Where the samples of a WAV file stand, and how wide they are. That it is a WAV file is known.</summary>
/// <param name="Offset">Where they begin.</param>
/// <param name="IsPlain">Whole numbers, as against floating point and companded ones.</param>
/// <param name="Bits">Of one sample.</param>
/// <param name="Size">Bytes of the chunk in which they begin.</param>
internal sealed record WavSamples(long Offset, bool IsPlain, int Bits, long Size)
{
    private const int Pcm = 1;
    private const int Extensible = 0xFFFE;

    /// <summary>They can be copied as they are, or widened.</summary>
    public bool IsCopied => IsPlain && Bits is 16 or 24;

    /// <summary>
    /// So many samples do not fit the chunk: the others stand in chunks behind it, of which decoders know one.
    /// </summary>
    public bool IsScattered(long samples, int channels) => samples * channels * (Bits / 8) > Size;

    public static WavSamples Find(Stream stream)
    {
        ByteSource source = new(stream);
        long position = TagSkipper.SkipLeading(source) + 12;
        (bool IsPlain, int Bits) format = default;
        while (true)
        {
            ReadOnlySpan<byte> head = source.Read(position, 8);
            long size = BinaryPrimitives.ReadUInt32LittleEndian(head.Slice(4));
            if (head.StartsWith("data"u8))
                return new WavSamples(position + 8, format.IsPlain, format.Bits, size == 0 ? source.Length : size);
            if (head.StartsWith("fmt "u8))
            {
                ReadOnlySpan<byte> chunk = source.Read(position + 8, (int)Math.Min(size, 40));
                int tag = BinaryPrimitives.ReadUInt16LittleEndian(chunk);
                if (tag == Extensible && chunk.Length >= 26)
                    tag = BinaryPrimitives.ReadUInt16LittleEndian(chunk.Slice(24));
                format = (tag == Pcm, BinaryPrimitives.ReadUInt16LittleEndian(chunk.Slice(14)));
            }

            position += 8 + size + (size & 1);
        }
    }
}
