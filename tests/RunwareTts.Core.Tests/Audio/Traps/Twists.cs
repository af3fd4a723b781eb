using System.Buffers.Binary;

namespace RunwareTts.Tests.Audio;

/// <summary>What happens to files on their way.</summary>
internal static class Twists
{
    public static readonly byte[] Page = [.. Enumerable.Repeat("<html><body><h1>Bad gateway</h1></body></html>\n"u8.ToArray(), 20).SelectMany(line => line)];

    public static readonly byte[] Id3v1 = [.. "TAG"u8, .. "A title"u8, .. new byte[118]];

    public static Func<byte[], byte[]> Cut(double share) => bytes => bytes[..(int)(bytes.Length * share)];

    public static Func<byte[], byte[]> Cut(int bytesOff) => bytes => bytes[..^bytesOff];

    public static Func<byte[], byte[]> Behind(byte[] more) => bytes => [.. bytes, .. more];

    public static Func<byte[], byte[]> Before(byte[] more) => bytes => [.. more, .. bytes];

    /// <summary>The same file once more behind it.</summary>
    public static byte[] Twice(byte[] bytes) => [.. bytes, .. bytes];

    /// <summary>As on a bad disk: from a share of it on, so many bytes are zero.</summary>
    public static Func<byte[], byte[]> Zero(double from, int count) => bytes =>
    {
        Array.Clear(bytes, (int)(bytes.Length * from), count);
        return bytes;
    };

    /// <summary>The size of a WAV file's data, and of the whole, as writers to a pipe leave it.</summary>
    public static Func<byte[], byte[]> Sizes(uint riff, uint data) => bytes =>
    {
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), riff);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(bytes.AsSpan().IndexOf("data"u8) + 4), data);
        return bytes;
    };

    /// <summary>A tag of ID3v2 in front, with a footer too if wanted.</summary>
    public static byte[] Id3v2(int size, bool footer = false)
    {
        byte[] rest = [4, 0, (byte)(footer ? 0x10 : 0), (byte)(size >> 21), (byte)((size >> 14) & 127), (byte)((size >> 7) & 127), (byte)(size & 127)];
        return [.. "ID3"u8, .. rest, .. Enumerable.Repeat((byte)0xFF, size), .. footer ? [.. "3DI"u8, .. rest] : Array.Empty<byte>()];
    }

    /// <summary>A tag of APEv2 behind.</summary>
    public static byte[] Ape()
    {
        byte[] item = [.. TestSignal.UInt32(5), .. TestSignal.UInt32(0), .. "Title\0Hello"u8];
        return [.. Block(0xA0000000), .. item, .. Block(0x80000000)];

        byte[] Block(uint flags) => [.. "APETAGEX"u8, .. TestSignal.UInt32(2000), .. TestSignal.UInt32((uint)item.Length + 32), .. TestSignal.UInt32(1), .. TestSignal.UInt32(flags), .. new byte[8]];
    }

    /// <summary>Where the pages of an OGG file begin.</summary>
    public static int[] Pages(byte[] ogg) =>
        [.. Enumerable.Range(0, Math.Max(0, ogg.Length - 4)).Where(at => ogg.AsSpan(at).StartsWith("OggS\0"u8))];
}
