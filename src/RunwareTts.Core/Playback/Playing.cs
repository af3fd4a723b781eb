using System.Diagnostics;
using System.Globalization;

namespace RunwareTts.Playback;

/// <summary>A clip that is being played.</summary>
internal sealed record Playing(string Name, TimeSpan Length)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    public TimeSpan Position => _clock.Elapsed < Length ? _clock.Elapsed : Length;

    public int Percent => (int)(100 * Position.Ticks / Math.Max(1, Length.Ticks));

    /// <summary>Such as <c>hello.mp3 0:03 of 0:12</c>.</summary>
    public override string ToString() => $"{VisibleText.Of(Name)} {Text(Position)} of {Text(Length)}";

    private static string Text(TimeSpan time) =>
        string.Format(CultureInfo.InvariantCulture, "{0}:{1:ss}", (int)time.TotalMinutes, time);
}
