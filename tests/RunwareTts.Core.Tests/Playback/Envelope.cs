namespace RunwareTts.Tests.Playback;

/// <summary>The energy of a sound over time.</summary>
internal sealed record Envelope(double[] Levels)
{
    public const double Window = 0.01;
    private const double Silence = 0.002;
    private const int SilentEnd = 40;

    public double Seconds => Levels.Length * Window;

    public int Length => Levels.Length;

    public bool EndsSilently => Levels.Length > SilentEnd && Levels.TakeLast(SilentEnd).All(level => level < Silence);

    public bool IsSilent => Levels.All(level => level < Silence);

    /// <summary>From its first to its last sound.</summary>
    public Envelope Trimmed
    {
        get
        {
            int first = Array.FindIndex(Levels, level => level >= Silence);
            int last = Array.FindLastIndex(Levels, level => level >= Silence);
            return new Envelope(first < 0 ? [] : Levels[first..(last + 1)]);
        }
    }

    /// <param name="pcm">16 bits, one channel.</param>
    /// <param name="rate">Hz.</param>
    public static Envelope Of(byte[] pcm, int rate)
    {
        int window = (int)(Window * rate);
        double[] levels = new double[pcm.Length / 2 / window];
        for (int i = 0; i < levels.Length; i++)
        {
            double sum = 0;
            for (int n = i * window; n < (i + 1) * window; n++)
                sum += Math.Pow(BitConverter.ToInt16(pcm, n * 2) / 32768.0, 2);
            levels[i] = Math.Sqrt(sum / window);
        }

        return new Envelope(levels);
    }

    /// <summary>The best correlation of the two, however they are shifted by up to a fifth of a second.</summary>
    public double Likeness(Envelope other) => Enumerable.Range(-20, 41).Max(shift => Correlation(other, shift));

    private double Correlation(Envelope other, int shift)
    {
        (double, double)[] pairs = [.. Enumerable.Range(0, Levels.Length)
            .Where(i => i + shift >= 0 && i + shift < other.Levels.Length).Select(i => (Levels[i], other.Levels[i + shift]))];
        if (pairs.Length == 0)
            return 0;
        double left = pairs.Average(p => p.Item1);
        double right = pairs.Average(p => p.Item2);
        double both = pairs.Sum(p => (p.Item1 - left) * (p.Item2 - right));
        return both / Math.Sqrt(pairs.Sum(p => Math.Pow(p.Item1 - left, 2)) * pairs.Sum(p => Math.Pow(p.Item2 - right, 2)));
    }
}
