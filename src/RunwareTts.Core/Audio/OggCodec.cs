using System.Buffers.Binary;

namespace RunwareTts.Audio;

/// <summary>The facts in the first packet of an OGG stream.</summary>
internal sealed record OggCodec(string Name, int SampleRate, int Channels, int HeaderPackets)
{
    private const int OpusGranuleRate = 48000;

    public int? Bitrate { get; private init; }

    /// <summary>Samples that the decoder skips at the start.</summary>
    public int PreSkip { get; private init; }

    public static bool TryParse(ReadOnlySpan<byte> packet, out OggCodec codec)
    {
        var found =
            packet.StartsWith("\u0001vorbis"u8) && packet.Length >= 28 ? Vorbis(packet)
            : packet.StartsWith("OpusHead"u8) && packet.Length >= 19 ? Opus(packet)
            : packet.StartsWith("\u007FFLAC"u8) && packet.Length >= 13 + FlacStreamInfo.BlockSize ? Flac(packet)
            : packet.StartsWith("Speex   "u8) && packet.Length >= 72 ? Speex(packet)
            : null;
        codec = found!;
        return found is not null;
    }

    private static OggCodec Vorbis(ReadOnlySpan<byte> packet) =>
        new("Vorbis", ReadRate(packet, 12), SampleMath.CheckChannels(packet[11]), HeaderPackets: 3)
        {
            Bitrate = ToKbps(packet.Slice(20)),
        };

    // The rate in the header is that of the source: Opus always counts and decodes at 48 kHz.
    private static OggCodec Opus(ReadOnlySpan<byte> packet) =>
        new("Opus", OpusGranuleRate, SampleMath.CheckChannels(packet[9]), HeaderPackets: 2)
        {
            PreSkip = BinaryPrimitives.ReadUInt16LittleEndian(packet.Slice(10)),
        };

    private static OggCodec Flac(ReadOnlySpan<byte> packet)
    {
        var info = FlacStreamInfo.Parse(packet.Slice(13));
        var headerPackets = 1 + BinaryPrimitives.ReadUInt16BigEndian(packet.Slice(7));
        return new OggCodec("FLAC", info.SampleRate, info.Channels, headerPackets);
    }

    private static OggCodec Speex(ReadOnlySpan<byte> packet) =>
        new("Speex", ReadRate(packet, 36), SampleMath.CheckChannels(packet[48]), HeaderPackets: 2)
        {
            Bitrate = ToKbps(packet.Slice(52)),
        };

    private static int ReadRate(ReadOnlySpan<byte> packet, int at) =>
        SampleMath.CheckRate(BinaryPrimitives.ReadUInt32LittleEndian(packet.Slice(at)));

    private static int? ToKbps(ReadOnlySpan<byte> field)
    {
        var bits = BinaryPrimitives.ReadInt32LittleEndian(field);
        return bits > 0 ? (int)Math.Round(bits / 1000.0, MidpointRounding.AwayFromZero) : null;
    }
}
