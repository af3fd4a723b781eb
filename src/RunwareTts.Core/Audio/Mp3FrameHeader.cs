namespace RunwareTts.Audio;

/// <summary>The four bytes which begin an MPEG audio layer III frame.</summary>
internal readonly record struct Mp3FrameHeader(
    bool IsMpeg1, int Bitrate, int SampleRate, int Channels, int Padding, bool HasCrc)
{
    public const int Size = 4;

    /// <summary>Samples of the longest frames.</summary>
    public const int MaxSamples = 1152;

    /// <summary>Bitrate indexes with a meaning: the free format and those of the tables.</summary>
    public const int BitrateCount = 15;

    /// <summary>The protection bit of the second byte.</summary>
    public const byte NoCrc = 1;

    private static readonly int[] Kbps1 = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
    private static readonly int[] Kbps2 = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
    private static readonly int[] Rates = [44100, 48000, 32000];

    /// <summary>Free format: only the distance to the next frame shows how long this one is.</summary>
    public bool IsFree { get; private init; }

    public int FrameSize { get; private init; }

    public int SamplesPerFrame => IsMpeg1 ? MaxSamples : MaxSamples / 2;

    public int SideInfoSize => (IsMpeg1, Channels) switch { (true, 1) => 17, (true, _) => 32, (_, 1) => 9, _ => 17 };

    /// <summary>Frames of one stream share the version and the rate; bitrate and stereo mode may change.</summary>
    public bool IsLike(Mp3FrameHeader other) =>
        IsMpeg1 == other.IsMpeg1 && SampleRate == other.SampleRate && IsFree == other.IsFree;

    /// <summary>A frame of free format.</summary>
    /// <param name="size">Its bytes without padding.</param>
    public Mp3FrameHeader OfSize(int size) =>
        this with { FrameSize = size + Padding, Bitrate = SampleMath.ToKbps(size, SamplesPerFrame, SampleRate) };

    public static bool TryParse(ReadOnlySpan<byte> bytes, out Mp3FrameHeader header)
    {
        header = default;
        if (bytes.Length < Size || bytes[0] != 0xFF || (bytes[1] & 0xE0) != 0xE0) return false;
        var version = (bytes[1] >> 3) & 3;
        var layer = (bytes[1] >> 1) & 3;
        var bitrate = bytes[2] >> 4;
        var rate = (bytes[2] >> 2) & 3;
        const int reservedEmphasis = 2;
        if (version == 1 || layer != 1 || rate == 3) return false;
        if (bitrate >= BitrateCount || (bytes[3] & 3) == reservedEmphasis) return false;
        var isMpeg1 = version == 3;
        header = new Mp3FrameHeader(
            isMpeg1,
            (isMpeg1 ? Kbps1 : Kbps2)[bitrate],
            // MPEG-2 halves the rates of MPEG-1, MPEG-2.5 halves them again.
            Rates[rate] >> (version switch { 3 => 0, 2 => 1, _ => 2 }),
            bytes[3] >> 6 == 3 ? 1 : 2,
            (bytes[2] >> 1) & 1,
            (bytes[1] & NoCrc) == 0);
        var size = header.SamplesPerFrame / 8 * header.Bitrate * 1000 / header.SampleRate;
        header = header with { IsFree = bitrate == 0, FrameSize = size + header.Padding };
        return true;
    }
}
