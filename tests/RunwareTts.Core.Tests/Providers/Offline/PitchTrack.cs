namespace RunwareTts.Tests.Providers.Offline;

/// <summary>The median fundamental of a 16-bit mono WAV file and how much of what is loud has one, by YIN: the first lag at which a frame hardly differs from itself.</summary>
internal sealed record PitchTrack(double Median, double Voiced)
{
    private const double Lowest = 50;
    private const double Highest = 500;
    private const double Doubt = 0.2;
    private const double Quiet = 250_000;

    public static PitchTrack Of(byte[] wav)
    {
        int rate = BitConverter.ToInt32(wav, 24);
        short[] samples = new short[(wav.Length - 44) / 2];
        Buffer.BlockCopy(wav, 44, samples, 0, samples.Length * 2);
        int longest = (int)(rate / Lowest) + 1;
        List<double> pitches = [];
        int loud = 0;
        for (int start = 0; start + 2 * longest < samples.Length; start += rate / 50)
        {
            ReadOnlySpan<short> frame = samples.AsSpan(start, 2 * longest);
            if (Power(frame) < Quiet)
                continue;
            loud++;
            if (Lag(frame, (int)(rate / Highest), longest) is { } lag)
                pitches.Add(rate / lag);
        }

        pitches.Sort();
        return pitches.Count == 0 ? new PitchTrack(0, 0) : new PitchTrack(pitches[pitches.Count / 2], (double)pitches.Count / loud);
    }

    private static double Power(ReadOnlySpan<short> frame)
    {
        double sum = 0;
        foreach (short sample in frame)
            sum += sample * sample;
        return sum / frame.Length;
    }

    private static double? Lag(ReadOnlySpan<short> frame, int shortest, int longest)
    {
        double[] normal = new double[longest + 1];
        double sum = 0;
        for (int lag = 1; lag <= longest; lag++)
        {
            double difference = Difference(frame, lag, longest);
            sum += difference;
            normal[lag] = sum == 0 ? 1 : difference * lag / sum;
        }

        for (int lag = shortest; lag < longest; lag++)
        {
            if (normal[lag] < Doubt && normal[lag] <= normal[lag + 1])
                return lag + Vertex(normal[lag - 1], normal[lag], normal[lag + 1]);
        }

        return null;
    }

    private static double Difference(ReadOnlySpan<short> frame, int lag, int length)
    {
        double sum = 0;
        for (int i = 0; i < length; i++)
        {
            double difference = frame[i] - frame[i + lag];
            sum += difference * difference;
        }

        return sum;
    }

    // Between samples, where the parabola through three of them is lowest.
    private static double Vertex(double left, double middle, double right) =>
        left - 2 * middle + right is > 0 and var bend ? (left - right) / (2 * bend) : 0;
}
