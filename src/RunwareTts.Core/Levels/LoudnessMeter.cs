namespace RunwareTts.Levels;

/// <summary>
/// The integrated loudness of EBU R 128: the power of K-weighted blocks of 400 ms that overlap by three quarters,
/// without those that are silent or much softer than the others.
/// </summary>
internal sealed class LoudnessMeter(int sampleRate, int channels)
{
    private const double Offset = -0.691;
    private const double AbsoluteGate = -70;
    private const double RelativeGate = -10;
    private const double SurroundWeight = 1.41;
    private const int StepsPerSecond = 10;
    private const int StepsPerBlock = 4;

    private readonly KWeighting[] _filters = [.. Enumerable.Range(0, channels).Select(_ => new KWeighting(sampleRate))];
    private readonly double[] _weights = [.. Enumerable.Range(0, channels).Select(c => WeightOf(c, channels))];
    private readonly Queue<double> _steps = new(StepsPerBlock);

    // The power of each block: ten numbers for a second.
    private readonly List<double> _blocks = [];
    private double _sum;
    private long _frames;
    private long _steppedAt;
    private long _stepCount = 1;
    private long _nextStep = sampleRate / StepsPerSecond;

    /// <summary>LUFS; null for silence, and for less than one block.</summary>
    public double? Integrated
    {
        get
        {
            double absolute = Power(AbsoluteGate);
            List<double> loud = [.. _blocks.Where(power => power > absolute)];
            if (loud.Count == 0)
                return null;
            double relative = loud.Average() * Math.Pow(10, RelativeGate / 10);
            return Offset + (10 * Math.Log10(loud.Where(power => power > relative).Average()));
        }
    }

    /// <summary>Takes one sample of each channel.</summary>
    public void Add(double[] samples, int at)
    {
        for (int c = 0; c < channels; c++)
        {
            double weighted = _filters[c].Next(samples[at + c]);
            _sum += _weights[c] * weighted * weighted;
        }

        // A tenth of a second need not be a whole number of samples.
        if (++_frames < _nextStep)
            return;
        _nextStep = ++_stepCount * sampleRate / StepsPerSecond;
        EndStep();
    }

    private void EndStep()
    {
        long length = Math.Max(1, _frames - _steppedAt);
        (double power, _sum, _steppedAt) = (_sum / length, 0, _frames);
        if (_steps.Count == StepsPerBlock)
            _steps.Dequeue();
        _steps.Enqueue(power);
        if (_steps.Count == StepsPerBlock)
            _blocks.Add(_steps.Average());
    }

    private static double Power(double loudness) => Math.Pow(10, (loudness - Offset) / 10);

    // 5.1 has its low-frequency channel fourth, which does not count, and then those behind the listener.
    private static double WeightOf(int channel, int channels) =>
        channels < 6 ? 1 : channel == 3 ? 0 : channel > 3 ? SurroundWeight : 1;
}
