namespace RunwareTts.Audio;

/// <summary>The first data chunk of a WAV file and its format.</summary>
internal sealed record WavSamples(WavFormat Format, long Start, long Size)
{
    /// <summary>They can be copied as they are, or widened from 16 to 24 bits.</summary>
    public bool IsPlain => Format.IsPcm && Format.BitsPerSample is 16 or 24;

    public bool IsOver16Bits => !Format.IsPcm || Format.BitsPerSample > 16;

    public static WavSamples Find(Stream wav)
    {
        var source = new ByteSource(wav);
        var chunks = new RiffWalker(source, TagSkipper.SkipLeading(source));
        WavFormat? format = null;
        while (chunks.TryNext(out var chunk))
        {
            if (chunk.Is("fmt "u8)) format ??= WavFormat.Read(source, chunk);
            else if (chunk.Is("data"u8) && format is not null) return new WavSamples(format, chunk.Start, chunk.Size);
        }

        throw new AudioFormatException("The WAV file has no data chunk after its format chunk.");
    }
}
