using System.Buffers.Binary;
using System.Text;
using RunwareTts.Audio;
using RunwareTts.Joining;

namespace RunwareTts.Tags;

/// <summary>Writes the frame without audio that opens an MP3 file: how long it is, where what stands in it, what decoders take off.</summary>
internal static class Mp3TagFrame
{
    private const int Places = 100;
    private const int EncoderName = 9;
    private const int TrimsAt = 21;
    private const int Size = 8 + 4 + 4 + Places + 4 + 36;

    /// <summary>An empty one: of the bitrate of the audio if that is large enough, else of the next that is.</summary>
    public static byte[] Reserve(byte[] like, int sideInfoSize)
    {
        byte[] head = [like[0], (byte)(like[1] | 1), 0, like[3]];
        Mp3FrameHeader header = default;
        for (int index = like[2] >> 4; index < Mp3Frame.MostBitrates && header.FrameSize < Mp3FrameHeader.Size + sideInfoSize + Size; index++)
        {
            head[2] = (byte)((index << 4) | (like[2] & 0x0C));
            header = Mp3Frame.Parse(head);
        }

        byte[] frame = new byte[header.FrameSize];
        head.CopyTo(frame, 0);
        return frame;
    }

    /// <param name="frame">What was reserved.</param>
    /// <param name="at">Where the tag begins in it.</param>
    /// <param name="stream">What was written.</param>
    public static void Fill(byte[] frame, int at, Mp3Stream stream)
    {
        Span<byte> tag = frame.AsSpan(at);
        Encoding.ASCII.GetBytes(stream.IsConstant ? "Info" : "Xing").CopyTo(tag);
        tag[7] = 15;
        long bytes = frame.Length + stream.Bytes;
        BinaryPrimitives.WriteUInt32BigEndian(tag.Slice(8), (uint)Math.Min(uint.MaxValue, stream.Frames));
        BinaryPrimitives.WriteUInt32BigEndian(tag.Slice(12), (uint)Math.Min(uint.MaxValue, bytes));
        for (int place = 0; place < Places; place++)
            tag[16 + place] = (byte)Math.Min(255, (frame.Length + stream.PlaceOf(stream.Frames * place / Places)) * 256 / bytes);
        if (stream.Encoder is not { } encoder)
            return;
        Span<byte> trims = tag.Slice(16 + Places + 4);
        Encoding.ASCII.GetBytes(encoder.PadRight(EncoderName).Substring(0, EncoderName)).CopyTo(trims);
        trims[TrimsAt] = (byte)(stream.Delay >> 4);
        trims[TrimsAt + 1] = (byte)((stream.Delay << 4) | (stream.Padding >> 8));
        trims[TrimsAt + 2] = (byte)stream.Padding;
        BinaryPrimitives.WriteUInt32BigEndian(trims.Slice(28), (uint)Math.Min(uint.MaxValue, bytes));
        BinaryPrimitives.WriteUInt16BigEndian(trims.Slice(34), Crc16(frame.AsSpan(0, at + Size - 2)));
    }

    // The other way round than FLAC's.
    private static ushort Crc16(ReadOnlySpan<byte> bytes)
    {
        int crc = 0;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xA001 : crc >> 1;
        }

        return (ushort)crc;
    }
}
