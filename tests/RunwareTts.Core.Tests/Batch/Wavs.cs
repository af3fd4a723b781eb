using System.Buffers.Binary;

namespace RunwareTts.Tests.Batch;

/// <summary>WAV files of a given length.</summary>
internal static class Wavs
{
    private const int Rate = 8000;

    public static byte[] Silence(double seconds)
    {
        int data = (int)(seconds * Rate) * 2;
        byte[] wav = new byte[44 + data];
        "RIFF"u8.CopyTo(wav);
        "WAVEfmt "u8.CopyTo(wav.AsSpan(8));
        "data"u8.CopyTo(wav.AsSpan(36));
        foreach ((int at, int value) in new[] { (4, wav.Length - 8), (16, 16), (20, 0x0001_0001), (24, Rate), (28, Rate * 2), (32, 0x0010_0002), (40, data) })
            BinaryPrimitives.WriteInt32LittleEndian(wav.AsSpan(at), value);
        return wav;
    }
}
