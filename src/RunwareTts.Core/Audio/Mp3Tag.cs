using System.Buffers.Binary;

namespace RunwareTts.Audio;

/// <summary>The frame without audio with which encoders open an MP3 file: Xing, Info or VBRI.</summary>
internal sealed class Mp3Tag
{
    /// <summary>Every decoder gives its first sound this many samples late.</summary>
    public const int DecoderDelay = 529;

    public const int MaxPadding = 0xFFF;

    // As far as a tag with all its parts can reach into its frame.
    private const int Reach = 192;

    private const int VbriAt = 36;

    /// <summary>Frames of audio after this one.</summary>
    public long? Frames { get; private set; }

    /// <summary>Bytes from the tag's frame to the end of the audio.</summary>
    public long? Bytes { get; private set; }

    /// <summary>Samples of silence which the encoder put before the sound; null if the tag does not say.</summary>
    public int? EncoderDelay { get; private set; }

    /// <summary>The same after it, counted without the decoder's delay.</summary>
    public int Padding { get; private set; }

    /// <summary>Its name in nine letters; null, as EncoderDelay, if the tag does not say.</summary>
    public string? Encoder { get; private set; }

    public static bool TryRead(ByteSource source, long frameStart, Mp3FrameHeader header, out Mp3Tag tag) =>
        TryParse(source.Read(frameStart, Math.Min(header.FrameSize, Reach)), header, out tag);

    private static bool TryParse(ReadOnlySpan<byte> frame, Mp3FrameHeader header, out Mp3Tag tag)
    {
        tag = new Mp3Tag();
        if (StartsAt(frame, VbriAt, "VBRI"u8))
        {
            tag.Bytes = ReadCount(frame, VbriAt + 10);
            tag.Frames = ReadCount(frame, VbriAt + 14);
            return true;
        }

        var at = Mp3FrameHeader.Size + header.SideInfoSize;
        if (!IsXing(frame, at))
        {
            at += 2;
            if (!header.HasCrc || !IsXing(frame, at)) return false;
        }

        tag.ReadXing(frame.Slice(at));
        return true;
    }

    // Zero was left by an encoder that could not go back and write it.
    private static long? ReadCount(ReadOnlySpan<byte> bytes, int at) =>
        bytes.Length >= at + 4 && BinaryPrimitives.ReadUInt32BigEndian(bytes.Slice(at)) is > 0 and var count
            ? count
            : null;

    private static bool IsXing(ReadOnlySpan<byte> frame, int at) =>
        StartsAt(frame, at, "Xing"u8) || StartsAt(frame, at, "Info"u8);

    private static bool StartsAt(ReadOnlySpan<byte> frame, int at, ReadOnlySpan<byte> mark) =>
        frame.Length >= at + mark.Length && frame.Slice(at, mark.Length).SequenceEqual(mark);

    private void ReadXing(ReadOnlySpan<byte> tag)
    {
        if (tag.Length < 8) return;
        var flags = tag[7];
        var at = 8;
        if ((flags & 1) != 0)
        {
            Frames = ReadCount(tag, at);
            at += 4;
        }

        if ((flags & 2) != 0)
        {
            Bytes = ReadCount(tag, at);
            at += 4;
        }

        if ((flags & 4) != 0) at += 100;
        if ((flags & 8) != 0) at += 4;
        var isKnownEncoder = StartsAt(tag, at, "LAME"u8) || StartsAt(tag, at, "Lavc"u8) || StartsAt(tag, at, "Lavf"u8);
        if (!isKnownEncoder || tag.Length < at + 24) return;
        Encoder = System.Text.Encoding.ASCII.GetString(tag.Slice(at, 9).ToArray());
        var trims = tag.Slice(at + 21, 3);
        EncoderDelay = (trims[0] << 4) | (trims[1] >> 4);
        Padding = ((trims[1] & 15) << 8) | trims[2];
    }
}
