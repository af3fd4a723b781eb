namespace RunwareTts.Levels;

/// <summary>The peak of each column of a drawing, and where it is clipped.</summary>
internal sealed class LevelColumns(int count, long frames, int channels, double fullScale)
{
    // One sample at full scale is a normalized peak; several in a row were cut off.
    private const int ClippedRun = 3;

    // Of each channel: how many samples in a row are at full scale, as a negative number below zero.
    private readonly int[] _runs = new int[channels];
    private long _frame;

    /// <param name="count">The columns.</param>
    /// <param name="audio">What the file is, which tells how long it is.</param>
    /// <param name="reader">Its samples.</param>
    public static LevelColumns Of(int count, TtsAudioInfo audio, SampleReader reader) =>
        new(count, (long)Math.Round(audio.Duration.Ticks / (double)TimeSpan.TicksPerSecond * audio.SampleRate),
            reader.Channels, reader.FullScale);

    /// <summary>The largest sample of each column, from 0 to 1.</summary>
    public double[] Peaks { get; } = new double[count];

    public bool[] IsClipped { get; } = new bool[count];

    /// <summary>How often the sound is clipped.</summary>
    public int ClippedCount { get; private set; }

    /// <summary>The largest sample, from 0 to 1.</summary>
    public double Peak => Peaks.Max();

    /// <summary>Takes one sample of each channel.</summary>
    public void Add(double[] samples, int at)
    {
        int column = (int)Math.Min(count - 1, _frame++ * count / Math.Max(1, frames));
        for (int c = 0; c < channels; c++)
        {
            double sample = samples[at + c];
            Peaks[column] = Math.Max(Peaks[column], Math.Abs(sample));
            int run = sample >= fullScale ? Math.Max(0, _runs[c]) + 1
                : sample <= -fullScale ? Math.Min(0, _runs[c]) - 1
                : 0;
            _runs[c] = run;
            if (Math.Abs(run) == ClippedRun)
                ClippedCount++;
            IsClipped[column] |= Math.Abs(run) >= ClippedRun;
        }
    }
}
