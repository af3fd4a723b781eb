namespace RunwareTts.Providers.Offline;

/// <summary>How espeak-ng is to sound: a voice variant, pitch (0 to 99, 50 is its own), pace (1 is its own), amplitude (0 to 200) and the gap between words (10 ms each).</summary>
internal sealed record DraftVoice(string Variant, int Pitch = 50, double Pace = 1, int Amplitude = 100, int Gap = 0)
{
    /// <summary>Each preset voice by a variant and pitch of its own, near to how Qwen describes it.</summary>
    private static readonly Dictionary<string, DraftVoice> Presets = new(StringComparer.OrdinalIgnoreCase)
    {
        ["aiden"] = new("m5", 58),
        ["dylan"] = new("m3", 62),
        ["eric"] = new("m7", 55, 1.06),
        ["ono_anna"] = new("f5", 75, 1.05),
        ["ryan"] = new("m1", 46, 1.08),
        ["serena"] = new("f4", 50, 0.95),
        ["sohee"] = new("f2", 58),
        ["uncle_fu"] = new("m8", 35, 0.9),
        ["vivian"] = new("f3", 62, 1.05),
    };

    public static DraftVoice? Preset(string voice) => Presets.TryGetValue(voice, out DraftVoice? preset) ? preset : null;

    public bool IsFemale => Variant.StartsWith('f') || Variant == "whisperf";

    public static DraftVoice Adult(bool female) => new(female ? "f3" : "m3");

    public static DraftVoice Child(bool female) => female ? new("f5", 80) : new("m7", 85);

    /// <summary>This voice with more or less of a trait.</summary>
    public DraftVoice With(VoiceTrait trait, double strength) => this with
    {
        Pitch = Clamp(Pitch + (int)Math.Round(trait.Pitch * strength), 0, 99),
        Pace = Pace * (1 + (trait.Pace - 1) * strength),
        Amplitude = trait.Amplitude ?? Amplitude,
        Gap = Math.Max(Gap, trait.Gap),
    };

    /// <summary>The voice of the n-th result of a task, a little different from the others.</summary>
    public DraftVoice Vary(int n) => this with
    {
        Pitch = Clamp(Pitch + (n % 2 == 0 ? -1 : 1) * 2 * ((n + 1) / 2), 0, 99),
        Pace = Pace * (1 + 0.01 * n),
    };

    public static int Clamp(int value, int min, int max) => Math.Max(min, Math.Min(max, value));
}
