namespace RunwareTts.Tests.Providers.Offline;

/// <summary>The instrument is right before anything is measured by it: tones of a known pitch.</summary>
public sealed class PitchTests
{
    private const int Rate = 22050;

    public static TheoryData<double, string> Tones()
    {
        TheoryData<double, string> tones = [];
        foreach (double pitch in new[] { 60, 82.4, 110, 146.8, 203.7, 261.6, 330, 440 })
            foreach (string kind in new[] { "sine", "saw", "no fundamental", "noisy" })
                tones.Add(pitch, kind);
        return tones;
    }

    [Theory]
    [MemberData(nameof(Tones))]
    public void A_tone_has_its_pitch(double pitch, string kind)
    {
        Random random = new(1);
        PitchTrack track = PitchTrack.Of(Wav(i => kind switch
        {
            "sine" => Partial(i, pitch, 1),
            "no fundamental" => (Partial(i, pitch, 2) + Partial(i, pitch, 3) + Partial(i, pitch, 4)) / 3,
            "noisy" => Saw(i, pitch) + 0.1 * (random.NextDouble() - 0.5),
            _ => Saw(i, pitch),
        }));
        Assert.InRange(track.Median / pitch, 0.995, 1.005);
        Assert.True(track.Voiced > 0.9);
    }

    [Fact]
    public void The_median_of_two_tones_is_the_longer()
    {
        double median = PitchTrack.Of(Wav(i => Saw(i, i < Rate * 2 / 3 ? 120 : 240))).Median;
        Assert.InRange(median, 119, 121);
    }

    [Fact]
    public void Noise_has_no_voice()
    {
        Random random = new(1);
        Assert.Equal(0, PitchTrack.Of(Wav(_ => random.NextDouble() - 0.5)).Voiced, 2);
    }

    [Fact]
    public void Silence_has_nothing() => Assert.Equal(0, PitchTrack.Of(Wav(_ => 0)).Voiced);

    private static double Partial(int i, double pitch, int n) => Math.Sin(2 * Math.PI * n * pitch * i / Rate);

    private static double Saw(int i, double pitch) => Enumerable.Range(1, 8).Sum(n => Partial(i, pitch, n) / n) / 2;

    // One second.
    private static byte[] Wav(Func<int, double> sample)
    {
        byte[] wav = new byte[44 + 2 * Rate];
        BitConverter.TryWriteBytes(wav.AsSpan(24), Rate);
        for (int i = 0; i < Rate; i++)
            BitConverter.TryWriteBytes(wav.AsSpan(44 + 2 * i), (short)(20_000 * Math.Clamp(sample(i), -1, 1)));
        return wav;
    }
}
