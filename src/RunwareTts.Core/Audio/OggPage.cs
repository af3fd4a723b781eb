using System.Buffers.Binary;

namespace RunwareTts.Audio;

/// <summary>One page of an OGG file; a page with a wrong checksum is none.</summary>
internal readonly struct OggPage
{
    private const int HeaderSize = 27;
    private const int CrcAt = 22;

    // Each costs a checksum over up to 64 KB, and a crafted file could pretend a page every few bytes.
    private const int MaxBadPages = 1000;

    private OggPage(long offset, ReadOnlySpan<byte> header, int bodySize, int packetsEnded)
    {
        Offset = offset;
        IsFirst = (header[5] & 2) != 0;
        IsLast = (header[5] & 4) != 0;
        Granule = BinaryPrimitives.ReadInt64LittleEndian(header.Slice(6));
        Serial = BinaryPrimitives.ReadUInt32LittleEndian(header.Slice(14));
        Number = BinaryPrimitives.ReadUInt32LittleEndian(header.Slice(18));
        Body = offset + header.Length;
        BodySize = bodySize;
        PacketsEnded = packetsEnded;
    }

    public long Offset { get; }

    public bool IsFirst { get; }

    public bool IsLast { get; }

    public long Granule { get; }

    public uint Serial { get; }

    /// <summary>Pages of a stream are counted, so that a lost one is missed.</summary>
    public uint Number { get; }

    public long Body { get; }

    public int BodySize { get; }

    public int PacketsEnded { get; }

    public long End => Body + BodySize;

    /// <summary>The next sound page at or after the position; what lies between is junk.</summary>
    public static bool TryFind(ByteSource source, long position, ref int badPages, out OggPage page)
    {
        for (; source.TryRead(position, HeaderSize, out var header); position++)
        {
            if (!header.StartsWith("OggS"u8) || header[4] != 0) continue;
            if (TryRead(source, position, header[26], out page)) return true;
            if (++badPages > MaxBadPages) throw new AudioFormatException("The OGG file is too damaged.");
        }

        page = default;
        return false;
    }

    private static bool TryRead(ByteSource source, long position, int segments, out OggPage page)
    {
        page = default;
        if (!source.TryRead(position, HeaderSize + segments, out var header)) return false;
        var bodySize = 0;
        var packetsEnded = 0;
        foreach (var lace in header.Slice(HeaderSize))
        {
            bodySize += lace;
            if (lace < 255) packetsEnded++;
        }

        if (!source.TryRead(position, header.Length + bodySize, out var whole)) return false;
        if (Checksum(whole) != BinaryPrimitives.ReadUInt32LittleEndian(whole.Slice(CrcAt))) return false;
        page = new OggPage(position, whole.Slice(0, HeaderSize + segments), bodySize, packetsEnded);
        return true;
    }

    private static uint Checksum(ReadOnlySpan<byte> page)
    {
        // The checksum was made with zeros in its own place.
        var crc = Crc.Crc32(0, page.Slice(0, CrcAt));
        crc = Crc.Crc32(crc, [0, 0, 0, 0]);
        return Crc.Crc32(crc, page.Slice(CrcAt + 4));
    }
}
