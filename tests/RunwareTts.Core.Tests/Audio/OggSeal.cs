namespace RunwareTts.Tests.Audio;

/// <summary>Makes the checksums of an OGG file's pages right, whatever is in them.</summary>
internal static class OggSeal
{
    private const int HeaderSize = 27;
    private const int CrcAt = 22;

    public static byte[] Seal(byte[] ogg)
    {
        foreach (var at in Twists.Pages(ogg).Where(at => at + HeaderSize <= ogg.Length && at + HeaderSize + ogg[at + 26] <= ogg.Length))
        {
            var size = HeaderSize + ogg[at + 26] + ogg.Skip(at + HeaderSize).Take(ogg[at + 26]).Sum(lace => lace);
            if (at + size > ogg.Length) continue;
            var page = ogg.AsSpan(at, size);
            page.Slice(CrcAt, 4).Clear();
            uint crc = 0;
            foreach (var value in page)
            {
                crc ^= (uint)value << 24;
                for (var bit = 0; bit < 8; bit++) crc = (crc & 0x80000000) != 0 ? (crc << 1) ^ 0x04C11DB7 : crc << 1;
            }

            BitConverter.GetBytes(crc).CopyTo(page.Slice(CrcAt));
        }

        return ogg;
    }
}
