using RunwareTts.Audio;

namespace RunwareTts.Joining;

/// <summary>A part that was read and has its place in the joined file. Of ten thousand of them little else is kept.</summary>
/// <param name="Path">The file.</param>
/// <param name="Format">Its format.</param>
/// <param name="Start">The sample at which it begins.</param>
/// <param name="Samples">Its length, without what its encoder added at both ends.</param>
internal sealed record PlacedPart(string Path, string Format, long Start, long Samples)
{
    public long End => Start + Samples;

    /// <exception cref="TtsException">FileNotReadable.</exception>
    public FileStream Open()
    {
        try
        {
            return new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, useAsync: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Errors.FileNotReadable(Path, e);
        }
    }

    /// <summary>Durations are cut to ticks, which are finer than samples, so that rounding gives the count back.</summary>
    public static long SamplesOf(TtsAudioInfo info) => (long)Math.Round((decimal)info.Duration.Ticks * info.SampleRate / TimeSpan.TicksPerSecond);

    public static string[] Holes { get; } = [nameof(AudioFaults.Truncated), nameof(AudioFaults.Damaged)];
}
