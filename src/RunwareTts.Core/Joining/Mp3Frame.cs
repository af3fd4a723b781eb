using RunwareTts.Audio;

namespace RunwareTts.Joining;

/// <summary>
/// One frame with its bytes. Its main data may begin in the frames before it, in what they left free (the bit
/// reservoir): a frame cannot be left out while its neighbours stay as they are.
/// </summary>
internal sealed class Mp3Frame(Mp3FrameHeader header, byte[] bytes)
{
    public byte[] Bytes { get; } = bytes;

    public int Bitrate => header.Bitrate;

    /// <summary>How many bytes of its main data stand in the frames before it.</summary>
    public int MainDataBegin => header.IsMpeg1
        ? (Bytes[SideInfoStart] << 1) | (Bytes[SideInfoStart + 1] >> 7)
        : Bytes[SideInfoStart];

    /// <summary>Bytes after the header and the side information.</summary>
    public int MainDataSize => Bytes.Length - SideInfoStart - header.SideInfoSize;

    private int SideInfoStart => Mp3FrameHeader.Size + (header.HasCrc ? 2 : 0);

    /// <summary>A frame of the same kind in which nothing sounds.</summary>
    public Mp3Frame Silence()
    {
        byte[] silent = new byte[Bytes.Length];
        byte[] head = [Bytes[0], (byte)(Bytes[1] | Mp3FrameHeader.NoCrc), Bytes[2], Bytes[3]];
        head.CopyTo(silent, 0);
        return new Mp3Frame(Parse(head), silent);
    }

    /// <summary>The same frame without its sound; its main data stays for the frames after it.</summary>
    public Mp3Frame Mute()
    {
        Mp3Frame silence = Silence();
        int start = Bytes.Length - MainDataSize;
        Array.Copy(Bytes, start, silence.Bytes, start, MainDataSize);
        return silence;
    }

    public static Mp3FrameHeader Parse(byte[] head) => Mp3FrameHeader.TryParse(head, out Mp3FrameHeader header)
        ? header
        : throw new ArgumentException("It is no MP3 frame.", nameof(head));
}
