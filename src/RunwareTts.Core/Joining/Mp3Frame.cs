using RunwareTts.Audio;

namespace RunwareTts.Joining;

/// <summary>
/// One frame with its bytes. Its sound may begin in the frames before it, in what they left free (the bit reservoir);
/// so a frame cannot be left out, and its neighbour stay as it is.
/// </summary>
internal sealed class Mp3Frame(Mp3FrameHeader header, byte[] bytes)
{
    /// <summary>The most bytes that a frame can reach back.</summary>
    public const int Reach = 511;

    /// <summary>Of the longest frames that there are.</summary>
    public const int MostSamples = 1152;

    public const int MostBitrates = 15;

    public byte[] Bytes { get; } = bytes;

    public int Kbps => header.Bitrate;

    /// <summary>How many bytes of its sound stand in the frames before it.</summary>
    public int Begin => header.IsMpeg1 ? (Bytes[SideAt] << 1) | (Bytes[SideAt + 1] >> 7) : Bytes[SideAt];

    /// <summary>What follows the header and the side information.</summary>
    public ArraySegment<byte> Body => new(Bytes, BodyAt, Bytes.Length - BodyAt);

    private int SideAt => Mp3FrameHeader.Size + (header.HasCrc ? 2 : 0);

    private int BodyAt => SideAt + header.SideInfoSize;

    /// <summary>A frame of the same kind in which nothing sounds.</summary>
    public Mp3Frame Silence() => Empty(Bytes[2] & 0xFC, []);

    /// <summary>The same without sound; its body stays for the frame after it.</summary>
    public Mp3Frame Mute() => Empty(Bytes[2], [.. Body]);

    /// <summary>The same with all of its sound within, in a frame of a higher bitrate; null where none is high enough.</summary>
    /// <param name="before">The bytes before its body, as many as it reaches back.</param>
    /// <param name="next">How far the frame after it reaches back.</param>
    public Mp3Frame? Complete(byte[] before, int next)
    {
        byte[] data = [.. before, .. Body];
        int needed = Mp3FrameHeader.Size + header.SideInfoSize + data.Length;
        for (int index = (Bytes[2] >> 4) + 1; index < MostBitrates; index++)
        {
            byte[] four = Head(Bytes, (index << 4) | (Bytes[2] & 0x0C));
            Mp3FrameHeader larger = Parse(four);
            if (larger.FrameSize < needed)
                continue;
            byte[] side = new byte[header.SideInfoSize];
            Array.Copy(Bytes, SideAt, side, 0, side.Length);
            side[0] = 0;
            if (header.IsMpeg1)
                side[1] &= 0x7F;
            // What the next one needs stands at the end; its own begins at the beginning.
            byte[] free = new byte[larger.FrameSize - needed];
            return new Mp3Frame(larger, [.. four, .. side, .. data.Take(data.Length - next), .. free, .. data.Skip(data.Length - next)]);
        }

        return null;
    }

    public static Mp3FrameHeader Parse(byte[] head) =>
        Mp3FrameHeader.TryParse(head, out Mp3FrameHeader header) ? header : throw new ArgumentException("It is no frame.", nameof(head));

    private Mp3Frame Empty(int third, byte[] body)
    {
        byte[] head = Head(Bytes, third);
        Mp3FrameHeader kind = Parse(head);
        byte[] bytes = new byte[kind.FrameSize];
        head.CopyTo(bytes, 0);
        body.CopyTo(bytes, bytes.Length - body.Length);
        return new Mp3Frame(kind, bytes);
    }

    // Without a checksum, which would not fit any more.
    private static byte[] Head(byte[] head, int third) => [head[0], (byte)(head[1] | 1), (byte)third, head[3]];
}
