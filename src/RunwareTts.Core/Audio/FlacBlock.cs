namespace RunwareTts.Audio;

/// <summary>A metadata block of a FLAC file.</summary>
internal readonly record struct FlacBlock(int Type, bool IsLast, long Start, int Size)
{
    public const int HeaderSize = 4;
    public const byte LastBit = 0x80;

    public long End => Start + Size;

    /// <summary>False if the file ends within it.</summary>
    public static bool TryRead(ByteSource source, long position, out FlacBlock block)
    {
        block = default;
        if (!source.TryRead(position, HeaderSize, out var head)) return false;
        var size = (head[1] << 16) | (head[2] << 8) | head[3];
        block = new FlacBlock(head[0] & ~LastBit, (head[0] & LastBit) != 0, position + HeaderSize, size);
        return block.End <= source.Length;
    }
}
