using System.Buffers.Binary;

namespace RunwareTts.Audio;

/// <summary>What the first packet of an OGG stream says about its audio.</summary>
internal sealed class OggCodec
{
    private const int OpusGranuleRate = 48000;

    private OggCodec(string name, long sampleRate, int channels, int headerPackets)
    {
        Name = name;
        SampleRate = SampleMath.CheckRate(sampleRate);
        Channels = SampleMath.CheckChannels(channels);
        HeaderPackets = headerPackets;
    }

    public string Name { get; }

    public int SampleRate { get; }

    public int Channels { get; }

    public int HeaderPackets { get; }

    public int? Bitrate { get; private set; }

    /// <summary>Samples which the decoder throws away at the start.</summary>
    public int PreSkip { get; private set; }

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
        new("Vorbis", BinaryPrimitives.ReadUInt32LittleEndian(packet.Slice(12)), packet[11], headerPackets: 3)
        {
            Bitrate = ToKbps(packet.Slice(20)),
        };

    // The rate in the header is only what the source had: Opus always counts and decodes at 48 kHz.
    private static OggCodec Opus(ReadOnlySpan<byte> packet) =>
        new("Opus", OpusGranuleRate, packet[9], headerPackets: 2)
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
        new("Speex", BinaryPrimitives.ReadUInt32LittleEndian(packet.Slice(36)), packet[48], headerPackets: 2)
        {
            Bitrate = ToKbps(packet.Slice(52)),
        };

    private static int? ToKbps(ReadOnlySpan<byte> field)
    {
        var bits = BinaryPrimitives.ReadInt32LittleEndian(field);
        return bits > 0 ? (int)Math.Round(bits / 1000.0, MidpointRounding.AwayFromZero) : null;
    }
}
