namespace RunwareTts.Audio;

/// <summary>Sample counts to time, in whole numbers so that no tick is lost to rounding.</summary>
internal static class SampleMath
{
    public static TimeSpan ToDuration(long samples, int rate)
    {
        var seconds = samples / rate;
        if (seconds >= TimeSpan.MaxValue.Ticks / TimeSpan.TicksPerSecond)
            throw new AudioFormatException("The file states an impossible length.");
        return new TimeSpan((seconds * TimeSpan.TicksPerSecond) + (samples % rate * TimeSpan.TicksPerSecond / rate));
    }

    /// <summary>Counts samples of another rate as samples of ours.</summary>
    public static long Rescale(long samples, int fromRate, int toRate)
    {
        if (fromRate == toRate) return samples;
        var seconds = samples / fromRate;
        if (seconds > long.MaxValue / 4 / toRate)
            throw new AudioFormatException("The file states an impossible length.");
        return (seconds * toRate) + (samples % fromRate * toRate / fromRate);
    }

    public static long Add(long left, long right) =>
        left > long.MaxValue - right
            ? throw new AudioFormatException("The file states an impossible length.")
            : left + right;

    public static int ToKbps(long bytes, long samples, int rate)
    {
        if (samples <= 0) return 0;
        var kbps = Math.Round(bytes * 8.0 * rate / samples / 1000, MidpointRounding.AwayFromZero);
        return (int)Math.Min(int.MaxValue, kbps);
    }

    public static int CheckRate(long rate) =>
        rate is > 0 and <= int.MaxValue
            ? (int)rate
            : throw new AudioFormatException("The file states no usable sample rate.");

    public static int CheckChannels(int channels) =>
        channels > 0 ? channels : throw new AudioFormatException("The file states no channels.");
}
