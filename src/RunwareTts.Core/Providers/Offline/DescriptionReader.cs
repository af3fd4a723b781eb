using System.Text.RegularExpressions;

namespace RunwareTts.Providers.Offline;

/// <summary>
/// Hears sex, age, pitch, pace and loudness in a description in plain words, whole words only. It follows what a
/// description says and knows nothing of what it means: a draft, for hearing texts before they are paid for.
/// </summary>
internal static class DescriptionReader
{
    private const int ChildUntil = 12;
    private const int YoungUntil = 29;
    private const int OldFrom = 60;

    private static readonly string[] Ages = ["old", "young"];
    private static readonly string[] Tones = ["low", "high", "lively", "sad", "pausing", "soft", "whispering", "loud"];
    private static readonly string[] Paces = ["slow", "fast"];
    private static readonly string[] Tempers = ["measured", "urgent"];

    /// <summary>A voice made from a description alone.</summary>
    public static DraftVoice Design(string description)
    {
        int? age = VoiceAge.In(description);
        bool child = age is { } years ? years <= ChildUntil : Speaker(description, "child") is not null;
        bool? female = IsFemale(description);
        DraftVoice voice = child ? DraftVoice.Child(female ?? true) : DraftVoice.Adult(female ?? false);
        return Colour(child ? voice : Aged(voice, description, age), description);
    }

    /// <summary>A voice coloured by a style hint or description; sex and age stay.</summary>
    public static DraftVoice Colour(DraftVoice voice, string hint)
    {
        (VoiceTrait Trait, double Strength)[] tones = [.. Tones.Select(name => Heard(hint, name)).Append(Pace(hint)).OfType<(VoiceTrait, double)>()];
        foreach ((VoiceTrait trait, double strength) in tones)
            voice = voice.With(trait, strength);
        return tones.Any(t => t.Trait.Name == "whispering") ? voice with { Variant = voice.IsFemale ? "whisperf" : "whisper" } : voice;
    }

    private static DraftVoice Aged(DraftVoice voice, string description, int? age)
    {
        string? name = age is { } years ? years >= OldFrom ? "old" : years <= YoungUntil ? "young" : null
            : Ages.Where(n => Speaker(description, n) is not null).OrderBy(n => Speaker(description, n)).FirstOrDefault();
        return name is null ? voice : voice.With(VoiceTrait.Named(name), 1);
    }

    // How fast it says it is goes before how calm or urgent.
    private static (VoiceTrait Trait, double Strength)? Pace(string hint) =>
        Paces.Where(name => First(hint, name) is not null).OrderBy(name => First(hint, name)!.Index).Concat(Tempers)
            .Select(name => Heard(hint, name)).FirstOrDefault(heard => heard is not null);

    private static (VoiceTrait Trait, double Strength)? Heard(string hint, string name) =>
        First(hint, name) is { } word ? (VoiceTrait.Named(name), Emphasis.On(hint, word)) : null;

    private static Match? First(string hint, string name) => VoiceTrait.Named(name).In(hint).FirstOrDefault(word => Emphasis.On(hint, word) > 0);

    // Who speaks is said by the subject; else by a pronoun; else there is only who is talked about.
    private static bool? IsFemale(string description) =>
        Sooner(Speaker(description, "female"), Speaker(description, "male"))
        ?? Sooner(Speaker(description, "she"), Speaker(description, "he"))
        ?? Sooner(Mentioned(description, "female"), Mentioned(description, "male"));

    private static bool? Sooner(int? female, int? male) => (female ?? male) is null ? null : (female ?? int.MaxValue) < (male ?? int.MaxValue);

    private static int? Speaker(string description, string name) =>
        VoiceTrait.Named(name).In(description).FirstOrDefault(w => !Emphasis.IsDenied(description, w) && !Emphasis.IsObject(description, w))?.Index;

    private static int? Mentioned(string description, string name) => VoiceTrait.Named(name).In(description).FirstOrDefault(w => !Emphasis.IsDenied(description, w))?.Index;
}
