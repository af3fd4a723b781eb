using System.Buffers.Binary;
using System.Text;
using RunwareTts.Audio;

namespace RunwareTts.Joining;

/// <summary>Writes the Xing or Info frame of an MP3 file: its length, a seek table, and what decoders trim.</summary>
internal static class Mp3TagFrame
{
    private const int SeekPoints = 100;
    private const int EncoderName = 9;
    private const int TrimAt = 21;
    private const int Size = 8 + 4 + 4 + SeekPoints + 4 + 36;
    private const byte AllFields = 15;

    /// <summary>An empty frame of the lowest bitrate that has room, from that of the audio on.</summary>
    public static byte[] Reserve(byte[] like, int sideInfoSize)
    {
        byte[] head = [like[0], (byte)(like[1] | Mp3FrameHeader.NoCrc), 0, like[3]];
        int frameSize = 0;
        for (int index = like[2] >> 4; index < Mp3FrameHeader.BitrateCount; index++)
        {
            head[2] = (byte)((index << 4) | (like[2] & 0x0C));
            frameSize = Mp3Frame.Parse(head).FrameSize;
            if (frameSize >= Mp3FrameHeader.Size + sideInfoSize + Size)
                break;
        }

        byte[] frame = new byte[frameSize];
        head.CopyTo(frame, 0);
        return frame;
    }

    public static void Fill(byte[] frame, int at, Mp3Stream stream)
    {
        Span<byte> tag = frame.AsSpan(at);
        Encoding.ASCII.GetBytes(stream.IsConstant ? "Info" : "Xing").CopyTo(tag);
        tag[7] = AllFields;
        long bytes = frame.Length + stream.Bytes;
        WriteCount(tag.Slice(8), stream.Frames);
        WriteCount(tag.Slice(12), bytes);
        for (int n = 0; n < SeekPoints; n++)
        {
            long offset = frame.Length + stream.FindOffset(stream.Frames * n / SeekPoints);
            tag[16 + n] = (byte)Math.Min(255, offset * 256 / bytes);
        }

        if (stream.Encoder is not { } encoder)
            return;
        Span<byte> lame = tag.Slice(16 + SeekPoints + 4);
        Encoding.ASCII.GetBytes(encoder.PadRight(EncoderName).Substring(0, EncoderName)).CopyTo(lame);
        lame[TrimAt] = (byte)(stream.EncoderDelay >> 4);
        lame[TrimAt + 1] = (byte)((stream.EncoderDelay << 4) | (stream.Padding >> 8));
        lame[TrimAt + 2] = (byte)stream.Padding;
        WriteCount(lame.Slice(28), bytes);
        BinaryPrimitives.WriteUInt16BigEndian(lame.Slice(34), Crc16(frame.AsSpan(0, at + Size - 2)));
    }

    private static void WriteCount(Span<byte> target, long count) =>
        BinaryPrimitives.WriteUInt32BigEndian(target, (uint)Math.Min(uint.MaxValue, count));

    // Least significant bit first, unlike that of FLAC.
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
