using System.Buffers.Binary;

namespace RunwareTts.Audio;

/// <summary>RIFF, RF64 and BW64 WAVE files, also those whose writer could not go back and fix the sizes.</summary>
internal static class WavReader
{
    public static TtsAudioInfo Read(ByteSource source, long start)
    {
        WavFormat? format = null;
        long? dataSize = null;
        var dataEnd = long.MaxValue;
        long? factSamples = null;
        long? longDataSize = null;
        var faults = new AudioFaults();
        var riffEnd = start + 8 + ReadUInt32(source, start + 4);
        var position = start + 12;
        // Behind the samples there may be more of them, as far as the file goes on by its own account.
        while ((format is null || dataSize is null || position < riffEnd && riffEnd >= dataEnd)
            && source.TryRead(position, 8, out var chunk))
        {
            var size = (long)BinaryPrimitives.ReadUInt32LittleEndian(chunk.Slice(4));
            var body = position + 8;
            if (format is null && chunk.StartsWith("fmt "u8))
            {
                format = WavFormat.Read(source, body, size);
            }
            else if (chunk.StartsWith("ds64"u8) && size >= 16)
            {
                riffEnd = start + 8 + ReadInt64(source, body);
                longDataSize = ReadInt64(source, body + 8);
            }
            else if (chunk.StartsWith("fact"u8) && size >= 4)
            {
                factSamples = ReadUInt32(source, body);
            }
            else if (chunk.StartsWith("data"u8))
            {
                var left = source.Length - body;
                if (size == uint.MaxValue && longDataSize is { } known && dataSize is null) size = known;
                faults.Truncated |= size > left && !IsUnknown(size);
                size = dataSize is null ? RealDataSize(left, size, riffEnd - body) : Math.Min(size, left);
                faults.Joined |= dataSize > 0 && size > 0;
                dataSize = (dataSize ?? 0) + size;
                dataEnd = body + size;
            }

            // A chunk of odd size is followed by one byte of padding.
            position = body + size + (size & 1);
        }

        if (format is null) throw new AudioFormatException("The WAV file has no format chunk.");
        if (dataSize is not { } bytes) throw new AudioFormatException("The WAV file has no data chunk.");
        if (riffEnd >= dataEnd) LookBehind(source, riffEnd, faults);
        var samples = format.CountSamples(bytes, factSamples);
        return new TtsAudioInfo(
            "WAV",
            format.Codec,
            SampleMath.ToDuration(samples, format.SampleRate),
            format.SampleRate,
            format.Channels,
            bitrate: null,
            SampleMath.ToKbps(bytes, samples, format.SampleRate))
        {
            Faults = faults.Names,
        };
    }

    /// <summary>How many bytes the samples take.</summary>
    /// <param name="left">Bytes to the end of the file.</param>
    /// <param name="stated">What the chunk says.</param>
    /// <param name="statedByRiff">Bytes to where the file says that it ends.</param>
    public static long RealDataSize(long left, long stated, long statedByRiff)
    {
        // Zero is the truth only in a file whose outer size was written too (some leave out its padding).
        if (stated == 0 && Math.Abs(statedByRiff - left) > 1) return left;
        return Math.Min(stated, left);
    }

    /// <summary>What writers to a pipe put for a size they do not know: about 2 or 4 GB (0x7FFFF000 is espeak-ng's and sox's).</summary>
    private static bool IsUnknown(long stated) => stated is >= 0x7FFFF000 and <= 0x80000000 or >= 0xFFFFF000 and <= uint.MaxValue;

    /// <summary>Players stop where the file says it ends. A last byte of padding is often not counted.</summary>
    private static void LookBehind(ByteSource source, long end, AudioFaults faults)
    {
        if (source.Length - end <= 1) return;
        if (source.TryRead(end, 12, out var head) && AudioInfoReader.Sniff(head) == "WAV") faults.Joined = true;
        else faults.TrailingData = true;
    }

    private static uint ReadUInt32(ByteSource source, long offset) =>
        BinaryPrimitives.ReadUInt32LittleEndian(source.Read(offset, 4));

    private static long ReadInt64(ByteSource source, long offset)
    {
        var value = BinaryPrimitives.ReadInt64LittleEndian(source.Read(offset, 8));
        return value is >= 0 and < long.MaxValue / 2
            ? value
            : throw new AudioFormatException("The WAV file states an impossible size.");
    }
}
