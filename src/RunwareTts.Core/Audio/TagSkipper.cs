using System.Buffers.Binary;

namespace RunwareTts.Audio;

/// <summary>Skips the tags before, between and after MP3 and FLAC audio.</summary>
internal static class TagSkipper
{
    private const int Id3v1Size = 128;
    private const int ApeFooterSize = 32;
    private const int EnhancedSize = 227;
    private const int LyricsMark = 9;
    private const int LyricsDigits = 6;

    /// <summary>Where the content begins, after the ID3v2 tags.</summary>
    public static long SkipLeading(ByteSource source)
    {
        var position = 0L;
        while (TryId3v2(source, position, out var size)) position += size;
        if (position >= source.Length) throw new AudioFormatException("The file holds a tag and no audio.");
        return position;
    }

    public static bool TryId3v2(ByteSource source, long position, out long size)
    {
        size = 0;
        if (!source.TryRead(position, 10, out var head) || !head.StartsWith("ID3"u8)) return false;
        if (head[3] == 0xFF || head[4] == 0xFF) return false;
        for (var i = 6; i < 10; i++)
        {
            // Sync-safe: the top bit of each byte is never set.
            if (head[i] >= 0x80) return false;
            size = (size << 7) | head[i];
        }

        var hasFooter = (head[5] & 0x10) != 0;
        size += hasFooter ? 20 : 10;
        return true;
    }

    /// <summary>Any tag which may stand between files that were joined.</summary>
    public static bool TryTag(ByteSource source, long position, out long size)
    {
        if (TryId3v2(source, position, out size)) return true;
        size = Id3v1Size;
        if (source.TryRead(position, Id3v1Size, out var bytes) && bytes.StartsWith("TAG"u8)) return true;
        if (!source.TryRead(position, ApeFooterSize, out bytes) || !bytes.StartsWith("APETAGEX"u8)) return false;
        // The size is without this header.
        size = ApeFooterSize + (long)BinaryPrimitives.ReadUInt32LittleEndian(bytes.Slice(12));
        return true;
    }

    /// <summary>Where the audio ends, before an APEv2 tag, lyrics and an ID3v1 tag; each may be missing.</summary>
    public static long FindEnd(ByteSource source, long start)
    {
        var end = source.Length;
        if (IsAt(source, start, end - Id3v1Size, "TAG"u8))
        {
            end -= Id3v1Size;
            if (IsAt(source, start, end - EnhancedSize, "TAG+"u8)) end -= EnhancedSize;
        }

        return FindApe(source, start, FindLyrics(source, start, end));
    }

    private static bool IsAt(ByteSource source, long start, long position, ReadOnlySpan<byte> mark) =>
        position >= start && source.Read(position, mark.Length).SequenceEqual(mark);

    // Lyrics3v2: the size of its fields in six digits, and a mark, stand at its end.
    private static long FindLyrics(ByteSource source, long start, long end)
    {
        var digits = end - LyricsMark - LyricsDigits;
        if (!IsAt(source, start, end - LyricsMark, "LYRICS200"u8) || digits < start) return end;
        var size = 0L;
        foreach (var digit in source.Read(digits, LyricsDigits))
        {
            if (digit is < (byte)'0' or > (byte)'9') return end;
            size = size * 10 + (digit - '0');
        }

        var begin = digits - size;
        return IsAt(source, start, begin, "LYRICSBEGIN"u8) ? begin : end;
    }

    private static long FindApe(ByteSource source, long start, long end)
    {
        if (end - ApeFooterSize < start) return end;
        var footer = source.Read(end - ApeFooterSize, ApeFooterSize);
        if (!footer.StartsWith("APETAGEX"u8)) return end;
        var hasHeader = (BinaryPrimitives.ReadUInt32LittleEndian(footer.Slice(20)) & 0x80000000) != 0;
        var size = BinaryPrimitives.ReadUInt32LittleEndian(footer.Slice(12)) + (hasHeader ? (long)ApeFooterSize : 0);
        return size >= ApeFooterSize && end - size >= start ? end - size : end;
    }
}
