using System.Globalization;
using System.Text;

namespace RunwareTts.Levels;

/// <summary>
/// Two rows of blocks that rise from the bottom by the square root of the level, so that soft speech has a shape too,
/// and a scale of time. It is plain text: a dot for silence, an exclamation mark where the sound is clipped.
/// </summary>
internal static class WaveformDrawing
{
    private const int LevelsPerRow = 8;

    // -60 dBFS.
    private const double Silence = 0.001;
    private const char Silent = '\u00B7';
    private const char Clipped = '!';

    // A label with its mark, such as |12:30 or |1:00:00, and a blank.
    private const int LabelWidth = 8;
    private const int LongLabelWidth = 10;

    // The lower one eighth block to the full block.
    private const string Blocks = " \u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588";

    private static readonly double[] Steps =
        [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 18000, 36000];

    /// <returns>The upper row, the lower row and the scale.</returns>
    public static string[] Draw(LevelColumns columns, TimeSpan duration)
    {
        StringBuilder upper = new();
        StringBuilder lower = new();
        for (int i = 0; i < columns.Peaks.Length; i++)
        {
            double peak = columns.Peaks[i];
            int level = Math.Min(2 * LevelsPerRow, (int)Math.Ceiling(2 * LevelsPerRow * Math.Sqrt(peak)));
            upper.Append(columns.IsClipped[i] ? Clipped : Blocks[Math.Max(0, level - LevelsPerRow)]);
            lower.Append(peak < Silence ? Silent : Blocks[Math.Min(level, LevelsPerRow)]);
        }

        return [upper.ToString(), lower.ToString(), Scale(columns.Peaks.Length, duration.TotalSeconds)];
    }

    private static string Scale(int width, double seconds)
    {
        if (seconds <= 0)
            return "|0s";
        double least = seconds * (seconds < 3600 ? LabelWidth : LongLabelWidth) / width;
        double step = Steps.FirstOrDefault(s => s >= least);
        if (step == 0)
            step = Math.Ceiling(least / Steps[Steps.Length - 1]) * Steps[Steps.Length - 1];
        StringBuilder scale = new();
        for (int n = 0; n * step < seconds; n++)
        {
            int column = (int)(n * step / seconds * width);
            string label = "|" + Label(n * step, step);
            if (column + label.Length > width || column < scale.Length)
                break;
            scale.Append(' ', column - scale.Length).Append(label);
        }

        return scale.ToString();
    }

    private static string Label(double seconds, double step)
    {
        TimeSpan time = TimeSpan.FromSeconds(seconds);
        return seconds >= 3600
            ? string.Format(CultureInfo.InvariantCulture, "{0}:{1:mm\\:ss}", (int)time.TotalHours, time)
            : seconds >= 60 ? string.Format(CultureInfo.InvariantCulture, "{0:m\\:ss}", time)
            : seconds.ToString(step < 0.1 ? "0.##" : "0.#", CultureInfo.InvariantCulture) + "s";
    }
}
