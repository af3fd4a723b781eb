namespace RunwareTts.Levels;

/// <summary>The K-weighting of ITU-R BS.1770 for one channel, at any sample rate.</summary>
internal sealed class KWeighting
{
    // The standard lists coefficients for 48 kHz only. These are the two analogue filters from which they come: a
    // shelf for the head, and a high-pass.
    private const double ShelfFrequency = 1681.974450955533;
    private const double ShelfGain = 3.999843853973347;
    private const double ShelfQ = 0.7071752369554196;
    private const double ShelfSlope = 0.4996667741545416;
    private const double PassFrequency = 38.13547087602444;
    private const double PassQ = 0.5003270373238773;

    private readonly Biquad _shelf;
    private readonly Biquad _pass;

    public KWeighting(int sampleRate)
    {
        double k = Math.Tan(Math.PI * ShelfFrequency / sampleRate);
        double high = Math.Pow(10, ShelfGain / 20);
        double band = Math.Pow(high, ShelfSlope);
        double scale = 1 + (k / ShelfQ) + (k * k);
        _shelf = new Biquad(
            (high + (band * k / ShelfQ) + (k * k)) / scale,
            2 * ((k * k) - high) / scale,
            (high - (band * k / ShelfQ) + (k * k)) / scale,
            2 * ((k * k) - 1) / scale,
            (1 - (k / ShelfQ) + (k * k)) / scale);

        k = Math.Tan(Math.PI * PassFrequency / sampleRate);
        scale = 1 + (k / PassQ) + (k * k);
        _pass = new Biquad(1, -2, 1, 2 * ((k * k) - 1) / scale, (1 - (k / PassQ) + (k * k)) / scale);
    }

    public double Next(double sample) => _pass.Next(_shelf.Next(sample));

    private sealed class Biquad(double b0, double b1, double b2, double a1, double a2)
    {
        // Below it, a decaying tail would become denormal numbers, which take many times as long.
        private const double Smallest = 1e-30;

        private double _first;
        private double _second;

        public double Next(double sample)
        {
            double result = (b0 * sample) + _first;
            _first = (b1 * sample) - (a1 * result) + _second;
            _second = (b2 * sample) - (a2 * result);
            if (Math.Abs(_first) < Smallest)
                _first = 0;
            if (Math.Abs(_second) < Smallest)
                _second = 0;
            return result;
        }
    }
}
