using System.Text.RegularExpressions;

namespace RunwareTts.Offline;

/// <summary>
/// Hears sex, age, pitch, pace and loudness in a description in plain words, whole words only. It follows what a
/// description says and knows nothing of what it means: a draft, for hearing texts before they are paid for.
/// </summary>
internal static class DescriptionReader
{
    private static readonly Regex Female = Words("female|woman|women|girl|lady|mother|mum|mom|grandma|grandmother|sister|aunt|queen|she|her", "女");
    private static readonly Regex Male = Words("male|man|men|boy|guy|gentleman|father|dad|grandpa|grandfather|brother|uncle|king|he|his", "男");
    private static readonly Regex Child = Words("child|kid|girl|boy|toddler|childlike|schoolgirl|schoolboy");
    private static readonly Regex Old = Words("old|elderly|aged|ancient|weathered|grandma|grandpa|grandmother|grandfather|seasoned|veteran|in (?:his|her|their) (?:sixties|seventies|eighties)");
    private static readonly Regex Young = Words("young|youthful|teen|teenage|teenager|in (?:his|her|their) twenties");
    private static readonly Regex Low = Words("low|lower|lowered|deep|deeper|bass|baritone|husky|gravelly|low-pitched|smoky");
    private static readonly Regex High = Words("high|higher|bright|light|shrill|squeaky|soprano|high-pitched|playful");
    private static readonly Regex Slow = Words("slow|slowly|slower|unhurried|lingering|drawling|medium-slow");
    private static readonly Regex Measured = Words("measured|calm|composed|moderate|steady|relaxed|purposeful");
    private static readonly Regex Fast = Words("fast|faster|quick|quickly|rapid|brisk|hurried|energetic|excited|enthusiasm|enthusiastic");
    private static readonly Regex Loud = Words("loud|loudly|shouting|booming|powerful");
    private static readonly Regex Soft = Words("soft|softly|quiet|quietly|whisper|whispered|whispering|hushed");
    private static readonly Regex Whispered = Words("whisper|whispered|whispering");
    private static readonly Regex Paused = Words("pause|pauses|pausing|deliberate");

    /// <summary>A voice made from a description alone.</summary>
    public static DraftVoice Design(string description)
    {
        bool female = Female.IsMatch(description) && (!Male.IsMatch(description) || FirstIsFemale(description));
        DraftVoice voice = Whispered.IsMatch(description) ? new DraftVoice(female ? "whisperf" : "whisper")
            : Child.IsMatch(description) ? female ? new DraftVoice("f5", 80) : new DraftVoice("m7", 85)
            : new DraftVoice(female ? "f3" : "m3");
        if (Old.IsMatch(description))
            voice = voice with { Pitch = voice.Pitch - 12, Pace = voice.Pace * 0.9 };
        else if (Young.IsMatch(description))
            voice = voice with { Pitch = voice.Pitch + 12 };
        return Colour(voice, description);
    }

    /// <summary>A voice coloured by a style hint or description; sex and age stay.</summary>
    public static DraftVoice Colour(DraftVoice voice, string hint)
    {
        int pitch = (Low.IsMatch(hint) ? -20 : 0) + (High.IsMatch(hint) ? 15 : 0);
        double pace = Slow.IsMatch(hint) ? 0.82 : Fast.IsMatch(hint) ? 1.2 : Measured.IsMatch(hint) ? 0.93 : 1;
        return voice with
        {
            Pitch = DraftVoice.Clamp(voice.Pitch + pitch, 0, 99),
            Pace = voice.Pace * pace,
            Amplitude = Loud.IsMatch(hint) ? 150 : Soft.IsMatch(hint) ? 60 : voice.Amplitude,
            Gap = Paused.IsMatch(hint) ? 4 : voice.Gap,
        };
    }

    private static bool FirstIsFemale(string description) => Female.Match(description).Index < Male.Match(description).Index;

    private static Regex Words(string words, string? sign = null) =>
        new($@"(?<!\p{{L}})(?:{words})(?!\p{{L}}){(sign is null ? "" : "|" + sign)}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
}
