using System.Buffers.Binary;

namespace RunwareTts.Audio;

/// <summary>One page of an OGG file; a page with a wrong checksum is none.</summary>
internal readonly struct OggPage
{
    public const int HeaderSize = 27;

    private const int FlagsAt = 5;
    private const int GranulePositionAt = 6;
    private const int SerialAt = 14;
    private const int SequenceNumberAt = 18;
    private const int CrcAt = 22;
    private const int MaxSegments = 255;

    // Each costs a checksum over up to 64 KB, and a crafted file could pretend a page every few bytes.
    private const int MaxBadPages = 1000;

    private OggPage(long offset, ReadOnlySpan<byte> header, int bodySize, int packetsEnded)
    {
        Offset = offset;
        IsFirst = (header[FlagsAt] & 2) != 0;
        IsLast = (header[FlagsAt] & 4) != 0;
        GranulePosition = BinaryPrimitives.ReadInt64LittleEndian(header.Slice(GranulePositionAt));
        Serial = BinaryPrimitives.ReadUInt32LittleEndian(header.Slice(SerialAt));
        SequenceNumber = BinaryPrimitives.ReadUInt32LittleEndian(header.Slice(SequenceNumberAt));
        Body = offset + header.Length;
        BodySize = bodySize;
        PacketsEnded = packetsEnded;
    }

    public long Offset { get; }

    public bool IsFirst { get; }

    public bool IsLast { get; }

    public long GranulePosition { get; }

    public uint Serial { get; }

    public uint SequenceNumber { get; }

    public long Body { get; }

    public int BodySize { get; }

    public int PacketsEnded { get; }

    public long End => Body + BodySize;

    /// <summary>The next valid page at or after the position; the bytes between are junk.</summary>
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

    /// <summary>The same page with another number.</summary>
    public static byte[] Renumber(byte[] page, uint number)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(page.AsSpan(SequenceNumberAt), number);
        BinaryPrimitives.WriteUInt32LittleEndian(page.AsSpan(CrcAt), Checksum(page));
        return page;
    }

    /// <summary>Pages of whole packets, of which the last has the stream, time and end of another page.</summary>
    public static IEnumerable<byte[]> Make(IReadOnlyList<byte[]> packets, OggPage like, uint number)
    {
        byte[] body = [.. packets.SelectMany(p => p)];
        byte[] segments = [.. packets.SelectMany(MakeSegments)];
        for (int first = 0, at = 0; first < segments.Length; first += MaxSegments)
        {
            byte[] table = [.. segments.Skip(first).Take(MaxSegments)];
            int size = table.Sum(lacing => lacing);
            bool isEnd = first + table.Length == segments.Length;
            bool endsPacket = table.Any(lacing => lacing < byte.MaxValue);
            byte[] page =
            [
                .. "OggS"u8, 0, .. new byte[HeaderSize - 6], (byte)table.Length, .. table, .. body.AsSpan(at, size),
            ];
            int continued = first > 0 && segments[first - 1] == byte.MaxValue ? 1 : 0;
            page[FlagsAt] = (byte)(continued | (isEnd && like.IsLast ? 4 : 0));
            long granule = isEnd ? like.GranulePosition : endsPacket ? 0 : -1;
            BinaryPrimitives.WriteInt64LittleEndian(page.AsSpan(GranulePositionAt), granule);
            BinaryPrimitives.WriteUInt32LittleEndian(page.AsSpan(SerialAt), like.Serial);
            yield return Renumber(page, number++);
            at += size;
        }
    }

    private static IEnumerable<byte> MakeSegments(byte[] packet) =>
        Enumerable.Repeat(byte.MaxValue, packet.Length / byte.MaxValue).Append((byte)(packet.Length % byte.MaxValue));

    private static bool TryRead(ByteSource source, long position, int segments, out OggPage page)
    {
        page = default;
        if (!source.TryRead(position, HeaderSize + segments, out var header)) return false;
        var bodySize = 0;
        var packetsEnded = 0;
        foreach (var lacing in header.Slice(HeaderSize))
        {
            bodySize += lacing;
            if (lacing < 255) packetsEnded++;
        }

        if (!source.TryRead(position, header.Length + bodySize, out var whole)) return false;
        if (Checksum(whole) != BinaryPrimitives.ReadUInt32LittleEndian(whole.Slice(CrcAt))) return false;
        page = new OggPage(position, whole.Slice(0, HeaderSize + segments), bodySize, packetsEnded);
        return true;
    }

    private static uint Checksum(ReadOnlySpan<byte> page)
    {
        // The bytes of the checksum itself count as zeros.
        var crc = Crc.Crc32(0, page.Slice(0, CrcAt));
        crc = Crc.Crc32(crc, [0, 0, 0, 0]);
        return Crc.Crc32(crc, page.Slice(CrcAt + 4));
    }
}
