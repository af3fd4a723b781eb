using System.Buffers.Binary;
using System.Globalization;

namespace RunwareTts.Audio;

/// <summary>The format chunk of a WAV file.</summary>
internal sealed class WavFormat
{
    private const int Pcm = 1;
    private const int Extensible = 0xFFFE;
    private const string Adpcm = "ADPCM";

    private static readonly Dictionary<int, string> Codecs = new()
    {
        [Pcm] = "PCM",
        [0x02] = Adpcm,
        [0x03] = "PCM float",
        [0x06] = "A-law",
        [0x07] = "mu-law",
        [0x11] = Adpcm,
        [0x55] = "MP3",
    };

    private readonly int _tag;
    private readonly long _bytesPerSecond;
    private readonly int _samplesPerBlock;

    private WavFormat(ReadOnlySpan<byte> chunk)
    {
        _tag = UInt16(chunk, 0);
        if (_tag == Extensible && chunk.Length >= 26) _tag = UInt16(chunk, 24);
        Channels = SampleMath.CheckChannels(UInt16(chunk, 2));
        SampleRate = SampleMath.CheckRate(BinaryPrimitives.ReadUInt32LittleEndian(chunk.Slice(4)));
        _bytesPerSecond = BinaryPrimitives.ReadUInt32LittleEndian(chunk.Slice(8));
        BlockAlign = UInt16(chunk, 12);
        BitsPerSample = UInt16(chunk, 14);
        if (IsSampleBySample)
        {
            var needed = Channels * ((BitsPerSample + 7) / 8);
            if (BlockAlign == 0) BlockAlign = needed;
            if (BlockAlign < Math.Max(needed, 1))
                throw new AudioFormatException("The WAV file's block size is too small.");
        }
        else if (Codec == Adpcm && chunk.Length >= 20)
        {
            _samplesPerBlock = UInt16(chunk, 18);
        }
    }

    public int Channels { get; }

    public int SampleRate { get; }

    public int BitsPerSample { get; }

    /// <summary>Bytes of one sample of all channels; of a compressed format, of one block.</summary>
    public int BlockAlign { get; }

    public bool IsPcm => _tag == Pcm;

    public string Codec => Codecs.TryGetValue(_tag, out var name) ? name
        : "0x" + _tag.ToString("X4", CultureInfo.InvariantCulture);

    private bool IsSampleBySample => Codec is "PCM" or "PCM float" or "A-law" or "mu-law";

    public static WavFormat Read(ByteSource source, RiffChunk chunk)
    {
        if (chunk.Size < 16) throw new AudioFormatException("The WAV file's format chunk is too short.");
        return new WavFormat(source.Read(chunk.Start, (int)Math.Min(chunk.Size, 40)));
    }

    public long CountSamples(long bytes, long? factSamples)
    {
        if (IsSampleBySample) return bytes / BlockAlign;
        long counted;
        if (_samplesPerBlock > 0 && BlockAlign > 0) counted = (bytes + BlockAlign - 1) / BlockAlign * _samplesPerBlock;
        else if (_bytesPerSecond > 0) counted = (long)((decimal)bytes * SampleRate / _bytesPerSecond);
        else throw new AudioFormatException("The WAV file does not say how long its audio is.");
        // The fact chunk is exact in a whole file and too large in a cut one.
        return factSamples is > 0 ? Math.Min(factSamples.Value, counted) : counted;
    }

    private static int UInt16(ReadOnlySpan<byte> bytes, int at) =>
        BinaryPrimitives.ReadUInt16LittleEndian(bytes.Slice(at));
}
