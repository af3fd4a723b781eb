using System.Buffers.Binary;

namespace RunwareTts.Audio;

internal static class WavReader
{
    public static TtsAudioInfo Read(ByteSource source, long start)
    {
        var chunks = new RiffWalker(source, start);
        var faults = new AudioFaults();
        WavFormat? format = null;
        long? dataSize = null;
        long? factSamples = null;
        while (IsMore() && chunks.TryNext(out var chunk))
        {
            if (format is null && chunk.Is("fmt "u8))
            {
                format = WavFormat.Read(source, chunk);
            }
            else if (chunk.Is("fact"u8) && chunk.Size >= 4)
            {
                factSamples = BinaryPrimitives.ReadUInt32LittleEndian(source.Read(chunk.Start, 4));
            }
            else if (chunk.Is("data"u8))
            {
                faults.Joined |= dataSize > 0 && chunk.Size > 0;
                dataSize = (dataSize ?? 0) + chunk.Size;
            }
        }

        if (format is null) throw new AudioFormatException("The WAV file has no format chunk.");
        if (dataSize is not { } bytes) throw new AudioFormatException("The WAV file has no data chunk.");
        faults.Truncated = chunks.IsTruncated;
        if (chunks.RiffEnd >= chunks.DataEnd) CheckTail(source, chunks.RiffEnd, faults);
        var sum = new PartSum();
        sum.Add(format.CountSamples(bytes, factSamples), format.SampleRate, bytes);
        return sum.Describe("WAV", format.Codec, format.Channels, faults);

        // More samples may follow the first, up to the end that the file states.
        bool IsMore() => format is null || dataSize is null
            || chunks.Position < chunks.RiffEnd && chunks.RiffEnd >= chunks.DataEnd;
    }

    // A last byte of padding is often not counted.
    private static void CheckTail(ByteSource source, long end, AudioFaults faults)
    {
        if (source.Length - end <= 1) return;
        if (source.TryRead(end, 12, out var head) && AudioInfoReader.Sniff(head) == "WAV") faults.Joined = true;
        else faults.TrailingData = true;
    }
}
