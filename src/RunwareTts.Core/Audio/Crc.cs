namespace RunwareTts.Audio;

/// <summary>The three checksums of FLAC and OGG, all most significant bit first and from zero.</summary>
internal static class Crc
{
    private static readonly uint[] Table8 = MakeTable(0x07, 8);
    private static readonly uint[] Table16 = MakeTable(0x8005, 16);
    private static readonly uint[] Table32 = MakeTable(0x04C11DB7, 32);

    public static byte Crc8(ReadOnlySpan<byte> bytes)
    {
        uint crc = 0;
        foreach (var value in bytes) crc = Table8[crc ^ value];
        return (byte)crc;
    }

    public static ushort Crc16(ushort start, ReadOnlySpan<byte> bytes)
    {
        uint crc = start;
        foreach (var value in bytes) crc = ((crc << 8) & 0xFFFF) ^ Table16[(crc >> 8) ^ value];
        return (ushort)crc;
    }

    public static uint Crc32(uint start, ReadOnlySpan<byte> bytes)
    {
        var crc = start;
        foreach (var value in bytes) crc = (crc << 8) ^ Table32[(crc >> 24) ^ value];
        return crc;
    }

    private static uint[] MakeTable(uint polynomial, int width)
    {
        var table = new uint[256];
        var top = 1u << (width - 1);
        var mask = uint.MaxValue >> (32 - width);
        for (uint i = 0; i < 256; i++)
        {
            var value = i << (width - 8);
            for (var bit = 0; bit < 8; bit++) value = (value & top) != 0 ? (value << 1) ^ polynomial : value << 1;
            table[i] = value & mask;
        }

        return table;
    }
}
