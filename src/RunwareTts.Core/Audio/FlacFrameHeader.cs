using System.Buffers.Binary;

namespace RunwareTts.Audio;

/// <summary>A FLAC frame's header, valid only if its CRC-8 is right and it fits the STREAMINFO.</summary>
internal readonly record struct FlacFrameHeader(long FirstSample, int BlockSize)
{
    public const int MaxSize = 16;

    private static readonly int[] Rates =
        [0, 88200, 176400, 192000, 8000, 16000, 22050, 24000, 32000, 44100, 48000, 96000];

    private static readonly int[] Depths = [0, 8, 12, -1, 16, 20, 24, 32];

    public static bool TryParse(ReadOnlySpan<byte> bytes, FlacStreamInfo info, out FlacFrameHeader header)
    {
        header = default;
        if (bytes.Length < 6 || bytes[0] != 0xFF || (bytes[1] & 0xFE) != 0xF8) return false;
        if ((bytes[3] & 1) != 0 || !FitsChannels(bytes[3] >> 4, info)) return false;
        if (!Fits(Depths[(bytes[3] >> 1) & 7], info.BitsPerSample)) return false;
        var at = 4;
        if (!TryReadNumber(bytes, ref at, out var number)) return false;
        if (!TryReadBlockSize(bytes, bytes[2] >> 4, ref at, out var blockSize)) return false;
        if (!TryReadRate(bytes, bytes[2] & 15, ref at, out var rate) || !Fits(rate, info.SampleRate)) return false;
        if (at >= bytes.Length || Crc.Crc8(bytes.Slice(0, at)) != bytes[at]) return false;
        var isVariable = (bytes[1] & 1) != 0;
        header = new FlacFrameHeader(isVariable ? number : number * info.MaxBlockSize, blockSize);
        return true;
    }

    // Zero stands for "as in the STREAMINFO".
    private static bool Fits(int value, int expected) => value == 0 || value == expected;

    private static bool FitsChannels(int code, FlacStreamInfo info) =>
        code < 8 ? code + 1 == info.Channels : code <= 10 && info.Channels == 2;

    /// <summary>The frame or sample number is coded as UTF-8 does, with up to 36 bits.</summary>
    private static bool TryReadNumber(ReadOnlySpan<byte> bytes, ref int at, out long number)
    {
        var lead = bytes[at++];
        number = lead;
        if (lead < 0x80) return true;
        var more = 0;
        for (var bit = 0x40; bit != 0 && (lead & bit) != 0; bit >>= 1) more++;
        if (more is 0 or 7 || at + more > bytes.Length) return false;
        number = lead & (0x3F >> more);
        for (; more > 0; more--)
        {
            if ((bytes[at] & 0xC0) != 0x80) return false;
            number = (number << 6) | (long)(bytes[at++] & 0x3F);
        }

        return true;
    }

    private static bool TryReadBlockSize(ReadOnlySpan<byte> bytes, int code, ref int at, out int size)
    {
        size = code switch { 1 => 192, >= 2 and <= 5 => 576 << (code - 2), >= 8 => 256 << (code - 8), _ => 0 };
        if (code is 6 or 7 && TryReadField(bytes, code - 5, ref at, out var field)) size = field + 1;
        return size > 0;
    }

    private static bool TryReadRate(ReadOnlySpan<byte> bytes, int code, ref int at, out int rate)
    {
        rate = code < Rates.Length ? Rates[code] : -1;
        if (code is < 12 or 15) return code != 15;
        if (!TryReadField(bytes, code == 12 ? 1 : 2, ref at, out var field)) return false;
        rate = code switch { 12 => field * 1000, 13 => field, _ => field * 10 };
        return true;
    }

    private static bool TryReadField(ReadOnlySpan<byte> bytes, int size, ref int at, out int value)
    {
        value = 0;
        if (at + size > bytes.Length) return false;
        value = size == 1 ? bytes[at] : BinaryPrimitives.ReadUInt16BigEndian(bytes.Slice(at));
        at += size;
        return true;
    }
}
