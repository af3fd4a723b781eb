using RunwareTts.Audio;

namespace RunwareTts.Tags;

/// <summary>The packets between the first page of an OGG stream and its audio; the first holds the comments.</summary>
internal sealed class OggHeaders(OggCodec codec, uint serial, VorbisComment comments)
{
    private const int FlacComment = 4;

    private readonly List<byte[]> _packets = [];
    private readonly List<byte> _open = [];
    private uint _pages;
    private uint _firstNumber;

    public uint Serial => serial;

    /// <summary>The next page is audio.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>How many pages there are more than before.</summary>
    public uint Shift { get; private set; }

    /// <returns>After the last page of the headers, all of them with the new comments; else nothing.</returns>
    public byte[] Add(OggPage page, byte[] bytes)
    {
        if (_pages++ == 0)
            _firstNumber = page.SequenceNumber;
        int at = bytes.Length - page.BodySize;
        foreach (byte lacing in bytes.AsSpan(OggPage.HeaderSize, at - OggPage.HeaderSize))
        {
            _open.AddRange(bytes.AsSpan(at, lacing).ToArray());
            at += lacing;
            if (lacing == byte.MaxValue)
                continue;
            _packets.Add([.. _open]);
            _open.Clear();
        }

        // Not all FLAC streams state how many header packets they have; comments are always one of them.
        IsComplete = _open.Count == 0 && _packets.Count >= Math.Max(2, codec.HeaderPackets) - 1;
        if (!IsComplete)
            return [];
        _packets[0] = Replace(_packets[0]);
        byte[][] pages = [.. OggPage.Make(_packets, page, _firstNumber)];
        Shift = unchecked((uint)pages.Length - _pages);
        return [.. pages.SelectMany(p => p)];
    }

    private byte[] Replace(byte[] packet)
    {
        byte[] mark = codec.Name switch
        {
            "Vorbis" => [.. "\u0003vorbis"u8],
            "Opus" => [.. "OpusTags"u8],
            "FLAC" => [.. packet.Take(4)],
            _ => [],
        };
        bool isFlac = codec.Name == "FLAC";
        if (!packet.AsSpan().StartsWith(mark) || isFlac && (mark.Length < 4 || (mark[0] & 0x7F) != FlacComment))
            throw new AudioFormatException($"Its {codec.Name} stream has no comments in the place for them.");
        byte[] comment = comments.Replace(packet.AsSpan(mark.Length));
        int size = comment.Length;
        if (isFlac)
            mark = [mark[0], (byte)(size >> 16), (byte)(size >> 8), (byte)size];
        return codec.Name == "Vorbis" ? [.. mark, .. comment, 1] : [.. mark, .. comment];
    }
}
