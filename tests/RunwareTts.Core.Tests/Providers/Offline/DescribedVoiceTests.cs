using RunwareTts.Catalog;
using RunwareTts.Providers.Offline;
using RunwareTts.Requests;

namespace RunwareTts.Tests.Providers.Offline;

/// <summary>Descriptions and styles change pitch and pace, measured on real speech.</summary>
public sealed class DescribedVoiceTests
{
    // Four percent is two thirds of a semitone: heard when two voices follow one another.
    private const double Heard = 1.04;
    private const double Near = 1.035;
    private const double BetweenTheSexes = 150;

    private static readonly Lazy<Dictionary<char, Sound>> Plain = new(() => DescribedVoice.Plain
        .ToDictionary(p => p.Key, p => Sound.Of(new SpeechRow { VoiceDescription = p.Value })));

    public static TheoryData<string> Descriptions => [.. DescribedVoice.All.Select(d => d.Description)];

    /// <summary>The settings of espeak-ng for each description of the table; other tests measure what is heard.</summary>
    [Theory]
    [MemberData(nameof(Descriptions))]
    public void A_description_steers_the_voice(string description)
    {
        DescribedVoice told = DescribedVoice.All.First(d => d.Description == description);
        DraftVoice plain = DraftVoice.Of(DescribedVoice.Plain[told.Sex]);
        DraftVoice voice = DraftVoice.Of(description);
        if (told.Sex != 'X')
            Assert.Equal(told.Sex == 'F', voice.IsFemale);
        Assert.Equal((told.Pitch, told.Pace), (Way(voice.Pitch - plain.Pitch, 4), Way(voice.Pace / plain.Pace - 1, 0.04)));
    }

    [Theory]
    [InlineData("A warm, cheerful male voice with moderate pace")]
    [InlineData("An elderly woman")]
    [InlineData("A ten-year-old boy")]
    [InlineData("年轻女性，声音明亮，语速快")]
    public void A_description_is_heard(string description) => Hear(description);

    [Theory]
    [Trait("Lane", "Slow")]
    [MemberData(nameof(Descriptions))]
    public void Every_description_is_heard(string description) => Hear(description);

    [Fact]
    public void Old_low_and_slow_is_far_from_bright_young_and_fast()
    {
        Sound announcer = Sound.Of(new SpeechRow { VoiceDescription = "A weathered old male announcer, low pitch, slow" });
        Sound woman = Sound.Of(new SpeechRow { VoiceDescription = "a bright young woman, fast" });
        Assert.True(woman.Pitch > 2 * announcer.Pitch, $"{woman.Pitch:0} Hz, {announcer.Pitch:0} Hz");
        Assert.True(announcer.Seconds > 1.4 * woman.Seconds, $"{announcer.Seconds:0.0} s, {woman.Seconds:0.0} s");
    }

    [Theory]
    [InlineData("A whispering man")]
    [InlineData("A woman's hushed whisper")]
    [InlineData("耳语的女声")]
    public void A_whisper_has_hardly_a_voice_in_it(string description)
    {
        double whispered = Sound.Of(new SpeechRow { VoiceDescription = description }).Voiced;
        Assert.True(whispered < 0.5 * Plain.Value['F'].Voiced && whispered < 0.5 * Plain.Value['M'].Voiced, $"{whispered:P0}");
    }

    [Theory]
    [InlineData("A low voice, then a high one", "low")]
    [InlineData("SLOWLY, not fast", "slow")]
    [InlineData("medium-slow", "slow")]
    [InlineData("middle-aged", "middle-aged")]
    [InlineData("ninety years old, slowdown, human, German", "no effect")]
    [InlineData("不紧不慢", "slow")]
    public void The_first_longest_word_of_a_group_counts(string description, string trait) =>
        Assert.Equal(trait, Assert.Single(VoiceTrait.Find(description)).Name);

    [Fact]
    public void The_nine_voices_are_told_apart_by_ear()
    {
        Dictionary<string, Sound> sounds = SpeechCatalog.Voices.ToDictionary(v => v.Name, v => Sound.Of(new SpeechRow { Voice = v.Name }));
        foreach ((string name, Sound sound) in sounds)
        {
            Assert.True(SpeechCatalog.FindVoice(name)!.Gender == "Female" == sound.Pitch > BetweenTheSexes, $"{name}: {sound.Pitch:0} Hz");
            foreach ((string other, Sound beside) in sounds.Where(s => string.CompareOrdinal(s.Key, name) > 0))
                Assert.True(Apart(sound.Pitch, beside.Pitch) || Apart(sound.Seconds, beside.Seconds), $"{name} {sound}, {other} {beside}");
        }

        // As the catalogue describes them: low, and light.
        Assert.Equal("uncle_fu", sounds.MinBy(s => s.Value.Pitch).Key);
        Assert.Equal("ono_anna", sounds.MaxBy(s => s.Value.Pitch).Key);
        Assert.True(sounds["vivian"].Pitch > sounds["serena"].Pitch * Heard, "bright is above gentle");
        Assert.True(sounds["dylan"].Pitch > sounds["ryan"].Pitch * Heard, "youthful is above strong");
    }

    public static TheoryData<string, string, int, int> Styles()
    {
        TheoryData<string, string, int, int> styles = [];
        foreach (TtsVoice voice in SpeechCatalog.Voices)
        {
            styles.Add(voice.Name, "excited and fast", 1, 1);
            styles.Add(voice.Name, "slow and sad", -1, -1);
        }

        return styles;
    }

    [Theory]
    [Trait("Lane", "Slow")]
    [MemberData(nameof(Styles))]
    public void A_style_is_heard_in_each_voice(string voice, string style, int pitch, int pace)
    {
        (Sound plain, Sound sound) = (Sound.Of(new SpeechRow { Voice = voice }), Sound.Of(new SpeechRow { Voice = voice, Style = style }));
        Goes(pitch, sound.Pitch / plain.Pitch, "pitch");
        Goes(pace, plain.Seconds / sound.Seconds, "pace");
    }

    [Theory]
    [InlineData("ryan")]
    [InlineData("vivian")]
    public void A_whispering_style_is_a_whisper(string voice) =>
        Assert.True(Sound.Of(new SpeechRow { Voice = voice, Style = "whispering" }).Voiced < 0.5 * Sound.Of(new SpeechRow { Voice = voice }).Voiced);

    private static void Hear(string description)
    {
        DescribedVoice told = DescribedVoice.All.First(d => d.Description == description);
        (Sound plain, Sound sound) = (Plain.Value[told.Sex], Sound.Of(new SpeechRow { VoiceDescription = description }));
        if (told is not { Sex: 'X' } and not { Pitch: 1, Sex: 'M' })
            Assert.True(told.Sex == 'F' == sound.Pitch > BetweenTheSexes, $"{sound.Pitch:0} Hz");
        Goes(told.Pitch, sound.Pitch / plain.Pitch, "pitch");
        Goes(told.Pace, plain.Seconds / sound.Seconds, "pace");
    }

    private static int Way(double difference, double heard) => difference >= heard ? 1 : difference <= -heard ? -1 : 0;

    private static bool Apart(double one, double other) => Math.Max(one, other) > Math.Min(one, other) * Heard;

    private static void Goes(int way, double ratio, string what) =>
        Assert.True(way > 0 ? ratio > Heard : way < 0 ? ratio < 1 / Heard : ratio is > 1 / Near and < Near, $"{what} is {ratio:0.00} times that of the plain voice");
}
