namespace RunwareTts.Audio;

/// <summary>Adds up the parts of a file of several, counted at the rate of the first.</summary>
internal sealed class PartSum(int rate)
{
    public int Rate { get; } = rate;

    public long Samples { get; private set; }

    public long Bytes { get; private set; }

    public TimeSpan Duration => SampleMath.ToDuration(Samples, Rate);

    public int Kbps => SampleMath.ToKbps(Bytes, Samples, Rate);

    public void Add(long samples, int rate, long bytes)
    {
        Samples = SampleMath.Add(Samples, SampleMath.Rescale(samples, rate, Rate));
        Bytes += bytes;
    }
}
