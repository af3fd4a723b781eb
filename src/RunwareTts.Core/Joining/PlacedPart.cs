namespace RunwareTts.Joining;

/// <summary>A checked part with its position in the joined file; a book has ten thousands of them.</summary>
internal sealed record PlacedPart(string Path, string Format, long Start, long Samples)
{
    public long End => Start + Samples;

    /// <exception cref="TtsException">FileNotReadable.</exception>
    public FileStream OpenRead() => OpenRead(Path);

    public static FileStream OpenRead(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, useAsync: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Errors.FileNotReadable(path, e);
        }
    }

    /// <summary>Durations are cut to ticks, which are finer than samples: rounding restores the count.</summary>
    public static long CountSamples(TtsAudioInfo info) =>
        (long)Math.Round((decimal)info.Duration.Ticks * info.SampleRate / TimeSpan.TicksPerSecond);
}
