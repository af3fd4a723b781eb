namespace RunwareTts.Tests.Offline;

/// <summary>The median fundamental of a 16-bit mono WAV file, by autocorrelation.</summary>
internal static class Pitch
{
    public static double Median(byte[] wav)
    {
        int rate = BitConverter.ToInt32(wav, 24);
        short[] samples = new short[(wav.Length - 44) / 2];
        Buffer.BlockCopy(wav, 44, samples, 0, samples.Length * 2);
        List<double> pitches = [];
        int frame = rate / 20;
        for (int start = 0; start + 2 * frame < samples.Length; start += frame)
        {
            if (Of(samples, start, frame, rate) is { } pitch)
                pitches.Add(pitch);
        }

        pitches.Sort();
        return pitches[pitches.Count / 2];
    }

    private static double? Of(short[] samples, int start, int frame, int rate)
    {
        double energy = Correlation(samples, start, frame, 0);
        if (energy / frame < 250_000)
            return null;
        (double Value, int Lag) best = (0, 0);
        for (int lag = rate / 400; lag <= rate / 60; lag++)
        {
            double value = Correlation(samples, start, frame, lag);
            // A little better is not enough: twice the period correlates as well as the period.
            if (value > best.Value * 1.05)
                best = (value, lag);
        }

        return best.Value > 0.5 * energy ? (double)rate / best.Lag : null;
    }

    private static double Correlation(short[] samples, int start, int frame, int lag)
    {
        double sum = 0;
        for (int i = start; i < start + frame; i++)
            sum += (double)samples[i] * samples[i + lag];
        return sum;
    }
}
