using System.Globalization;

namespace RunwareTts;

/// <summary>How loud a file is, and a drawing of it.</summary>
public sealed record TtsWaveform : TtsResult
{
    internal TtsWaveform(TimeSpan duration, double? peak, double? loudness, int clipped)
    {
        Duration = duration;
        Peak = peak;
        Loudness = loudness;
        Clipped = clipped;
    }

    /// <summary>The file; null where the audio is in none that stays.</summary>
    public string? Path { get; internal init; }

    public TimeSpan Duration { get; }

    /// <summary>The largest sample in dBFS; null for digital silence.</summary>
    public double? Peak { get; }

    /// <summary>The integrated loudness in LUFS; null for silence, and for less than 0.4 s.</summary>
    public double? Loudness { get; }

    /// <summary>How often the sound is clipped: several samples in a row at full scale.</summary>
    public int Clipped { get; }

    /// <summary>Two rows of blocks and a scale of time, as plain text.</summary>
    public IReadOnlyList<string> Lines { get; internal init; } = [];

    public override string ToString() =>
        string.Format(CultureInfo.InvariantCulture, "{0:0.###} s, peak {1:0.0} dBFS, {2:0.0} LUFS",
            Duration.TotalSeconds, Peak, Loudness);
}
