namespace RunwareTts.Providers.Offline;

/// <param name="Variant">A voice variant of espeak-ng.</param>
/// <param name="Pitch">0 to 99.</param>
/// <param name="Pace">1 is the usual pace.</param>
/// <param name="Amplitude">0 to 200.</param>
internal sealed record DraftVoice(string Variant, int Pitch = 50, double Pace = 1, int Amplitude = 100)
{
    private const int MaxPitch = 99;

    /// <summary>Each preset voice has a variant and pitch of its own, near to how Qwen describes it.</summary>
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

    public bool IsFemale => Variant.StartsWith('f') || Variant == "whisperf";

    public static DraftVoice? FindPreset(string voice) =>
        Presets.TryGetValue(voice, out DraftVoice? preset) ? preset : null;

    /// <summary>A voice made from a description alone.</summary>
    public static DraftVoice Of(string description)
    {
        IReadOnlyList<VoiceTrait> traits = VoiceTrait.Find(description);
        bool IsNamed(string name) => traits.Any(trait => trait.Name == name);
        DraftVoice voice = IsNamed("child")
            ? IsNamed("male") ? new("m7", 85) : new("f5", 80)
            : new(IsNamed("female") ? "f3" : "m3");
        return traits.Aggregate(voice, With);
    }

    /// <summary>This voice with a style; its sex and age stay.</summary>
    public DraftVoice WithStyle(string style) =>
        VoiceTrait.Find(style).Where(trait => trait.Group is not ("sex" or "age")).Aggregate(this, With);

    /// <summary>The voice of the n-th result of a task, a little different from the others.</summary>
    public DraftVoice Vary(int n) => this with
    {
        Pitch = Clamp(Pitch + (n % 2 == 0 ? -1 : 1) * 2 * ((n + 1) / 2)),
        Pace = Pace * (1 + 0.01 * n),
    };

    private static DraftVoice With(DraftVoice voice, VoiceTrait trait) => voice with
    {
        Variant = trait.IsWhisper ? voice.IsFemale ? "whisperf" : "whisper" : voice.Variant,
        Pitch = Clamp(voice.Pitch + trait.Pitch),
        Pace = voice.Pace * trait.Pace,
        Amplitude = trait.Amplitude ?? voice.Amplitude,
    };

    private static int Clamp(int pitch) => Math.Max(0, Math.Min(MaxPitch, pitch));
}
