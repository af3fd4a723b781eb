using System.Buffers.Binary;

namespace RunwareTts.Audio;

/// <summary>A chunk, with the size that its content really has.</summary>
internal readonly record struct RiffChunk(uint Id, long Start, long Size)
{
    public long End => Start + Size;

    public bool Is(ReadOnlySpan<byte> id) => Id == BinaryPrimitives.ReadUInt32LittleEndian(id);
}

/// <summary>Walks the chunks of a RIFF, RF64 or BW64 file, even if its writer could not go back to fix sizes.</summary>
internal sealed class RiffWalker
{
    public const int ChunkHeaderSize = 8;

    private readonly ByteSource _source;
    private readonly long _start;
    private long? _longDataSize;

    public RiffWalker(ByteSource source, long start)
    {
        (_source, _start) = (source, start);
        RiffEnd = start + ChunkHeaderSize + BinaryPrimitives.ReadUInt32LittleEndian(source.Read(start + 4, 4));
        Position = start + ChunkHeaderSize + 4;
    }

    /// <summary>Where the next chunk begins.</summary>
    public long Position { get; private set; }

    /// <summary>Where the file says that it ends; players stop there.</summary>
    public long RiffEnd { get; private set; }

    /// <summary>The end of the last data chunk so far.</summary>
    public long DataEnd { get; private set; } = long.MaxValue;

    /// <summary>A data chunk states more than the file has.</summary>
    public bool IsTruncated { get; private set; }

    public bool TryNext(out RiffChunk chunk)
    {
        chunk = default;
        if (!_source.TryRead(Position, ChunkHeaderSize, out var header)) return false;
        var size = BinaryPrimitives.ReadUInt32LittleEndian(header.Slice(4));
        chunk = new RiffChunk(BinaryPrimitives.ReadUInt32LittleEndian(header), Position + ChunkHeaderSize, size);
        if (chunk.Is("data"u8))
        {
            chunk = chunk with { Size = MeasureData(chunk) };
            DataEnd = chunk.End;
        }
        else if (chunk.Is("ds64"u8) && size >= 16)
        {
            RiffEnd = _start + ChunkHeaderSize + ReadLongSize(chunk.Start);
            _longDataSize = ReadLongSize(chunk.Start + 8);
        }

        // A chunk of odd size is followed by one byte of padding.
        Position = chunk.End + (chunk.Size & 1);
        return true;
    }

    private long MeasureData(RiffChunk chunk)
    {
        var left = _source.Length - chunk.Start;
        var isFirst = DataEnd == long.MaxValue;
        var stated = isFirst && chunk.Size == uint.MaxValue ? _longDataSize ?? chunk.Size : chunk.Size;
        IsTruncated |= stated > left && !IsUnknown(stated);
        // Zero is the truth only in a file whose outer size was written too (some leave out its padding).
        var isUnwritten = isFirst && stated == 0 && Math.Abs(RiffEnd - chunk.Start - left) > 1;
        return isUnwritten ? left : Math.Min(stated, left);
    }

    // Writers to a pipe state about 2 or 4 GB for a size they do not know (espeak-ng and sox: 0x7FFFF000).
    private static bool IsUnknown(long stated) =>
        stated is >= 0x7FFFF000 and <= 0x80000000 or >= 0xFFFFF000 and <= uint.MaxValue;

    private long ReadLongSize(long offset)
    {
        var value = BinaryPrimitives.ReadInt64LittleEndian(_source.Read(offset, 8));
        return value is >= 0 and < long.MaxValue / 2
            ? value
            : throw new AudioFormatException("The WAV file states an impossible size.");
    }
}
