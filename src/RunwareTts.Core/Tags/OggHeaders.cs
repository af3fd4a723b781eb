using RunwareTts.Audio;
using RunwareTts.Requests;

namespace RunwareTts.Tags;

/// <summary>The packets between the first page of an OGG stream and its audio, of which the first holds the comments.</summary>
internal sealed class OggHeaders(OggCodec codec, uint serial)
{
    private readonly List<byte[]> _packets = [];
    private readonly List<byte> _open = [];
    private uint _pages;
    private uint _firstNumber;

    public uint Serial => serial;

    /// <summary>What comes now is audio.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>How many pages there are more than there were.</summary>
    public uint Shift { get; private set; }

    /// <summary>Takes a page.</summary>
    /// <returns>All pages made anew when this was the last; else nothing.</returns>
    public byte[] Add(OggPage page, byte[] bytes, AudioTags tags)
    {
        if (_pages++ == 0)
            _firstNumber = page.Number;
        int at = bytes.Length - page.BodySize;
        foreach (byte lace in bytes.AsSpan(OggPage.HeaderSize, at - OggPage.HeaderSize))
        {
            _open.AddRange(bytes.AsSpan(at, lace).ToArray());
            at += lace;
            if (lace == byte.MaxValue)
                continue;
            _packets.Add([.. _open]);
            _open.Clear();
        }

        // Of FLAC not all files say how many there are; comments there are always.
        IsWhole = _open.Count == 0 && _packets.Count >= Math.Max(2, codec.HeaderPackets) - 1;
        if (!IsWhole)
            return [];
        _packets[0] = Replace(_packets[0], tags);
        byte[][] pages = [.. OggPage.Make(_packets, page, _firstNumber)];
        Shift = unchecked((uint)pages.Length - _pages);
        return [.. pages.SelectMany(p => p)];
    }

    private byte[] Replace(byte[] packet, AudioTags tags)
    {
        byte[] mark = codec.Name switch { "Vorbis" => [.. "\u0003vorbis"u8], "Opus" => [.. "OpusTags"u8], "FLAC" => [.. packet.Take(4)], _ => [] };
        bool isFlac = codec.Name == "FLAC";
        if (!packet.AsSpan().StartsWith(mark) || isFlac && (mark.Length < 4 || (mark[0] & 0x7F) != 4))
            throw new AudioFormatException($"Its {codec.Name} stream has no comments where they should be.");
        byte[] comment = VorbisComment.Replace(packet.AsSpan(mark.Length), tags);
        // The length of a block, in 24 bits.
        if (isFlac)
            (mark[1], mark[2], mark[3]) = ((byte)(comment.Length >> 16), (byte)(comment.Length >> 8), (byte)comment.Length);
        return codec.Name == "Vorbis" ? [.. mark, .. comment, 1] : [.. mark, .. comment];
    }
}
