using System.Buffers.Binary;

namespace RunwareTts.Tests.Audio;

/// <summary>PCM of a known length, lively enough that variable bitrates vary.</summary>
internal static class TestSignal
{
    /// <summary>An odd count, so that no block or frame size divides it.</summary>
    public static int SamplesAt(int rate) => (rate * 3 / 2) + 137;

    public static byte[] MakePcm(int rate, int channels, int samples)
    {
        var random = new Random(rate + channels);
        var pcm = new byte[samples * channels * 2];
        for (var i = 0; i < samples * channels; i++)
        {
            var time = (double)(i / channels) / rate;
            var loudness = 0.5 + (0.5 * Math.Sin(time * 4));
            var value = (Math.Sin(time * 2 * Math.PI * 220) * 6000) + (loudness * loudness * random.Next(-9000, 9000));
            BinaryPrimitives.WriteInt16LittleEndian(pcm.AsSpan(i * 2), (short)value);
        }

        return pcm;
    }

    public static byte[] MakeWav(int rate, int channels, int samples) =>
        Wav(Chunk("fmt ", PcmFormat(rate, channels)), Chunk("data", MakePcm(rate, channels, samples)));

    public static byte[] Wav(params byte[][] chunks) => Riff("RIFF", null, chunks);

    public static byte[] Riff(string mark, uint? statedSize, params byte[][] chunks)
    {
        var body = Join([.. chunks.Prepend("WAVE"u8.ToArray())]);
        return Join(Mark(mark), UInt32(statedSize ?? (uint)body.Length), body);
    }

    public static byte[] Chunk(string mark, byte[] body, uint? statedSize = null) =>
        Join(Mark(mark), UInt32(statedSize ?? (uint)body.Length), body, new byte[body.Length & 1]);

    public static byte[] PcmFormat(int rate, int channels, int bits = 16, ushort tag = 1)
    {
        var block = channels * ((bits + 7) / 8);
        return Join(
            UInt16(tag), UInt16((ushort)channels), UInt32((uint)rate), UInt32((uint)(rate * block)), UInt16((ushort)block), UInt16((ushort)bits));
    }

    public static byte[] Join(params byte[][] parts) => [.. parts.SelectMany(part => part)];

    public static byte[] UInt16(ushort value) => [(byte)value, (byte)(value >> 8)];

    public static byte[] UInt32(uint value) => BitConverter.GetBytes(value);

    private static byte[] Mark(string mark) => System.Text.Encoding.ASCII.GetBytes(mark);
}
