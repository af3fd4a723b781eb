using RunwareTts.Catalog;
using RunwareTts.Requests;

namespace RunwareTts.Tests.Requests;

public sealed class SuggestionsTests
{
    public static TheoryData<string?> Nonsense => [null, "", " ", "[", "]", "{", "'", "*", "-", "--", ".", "/", "..", "a.", "/.x", "0", "-1", "1e9", "24kb", "99999999999999999999", "\0", "\ud800", "de-", "-de", "auto", "VoiceDesign", ".ogg"];

    [Theory]
    [MemberData(nameof(Nonsense))]
    public void Nothing_on_the_line_is_too_odd_to_be_asked(string? odd)
    {
        SpeechRow line = new()
        {
            Text = odd, Model = odd, Voice = odd, VoiceDescription = odd, Language = odd, OutputFormat = odd, OutputPath = odd, Bitrate = odd, SampleRate = odd, Channels = odd,
        };
        Suggestion[][] all =
        [
            [.. Suggestions.VoiceNames(odd, odd, odd)],
            .. new[] { "Voice", "OutputFormat", "SampleRate", "Channels", "Bitrate" }.Select(field => Find(field, line)),
        ];
        Assert.All(all.SelectMany(s => s), s => Assert.False(string.IsNullOrEmpty(s.Value) || string.IsNullOrEmpty(s.Tip)));
        Assert.All(all, some => Assert.Distinct(some.Select(s => s.Value)));
        Assert.All(all.Skip(1), Assert.NotEmpty);
    }

    [Theory]
    [InlineData(null, "aiden dylan eric ono_anna ryan serena sohee uncle_fu vivian auto")]
    [InlineData("zh", "dylan eric serena uncle_fu vivian aiden ono_anna ryan sohee auto")]
    [InlineData("Japanese", "ono_anna aiden dylan eric ryan serena sohee uncle_fu vivian auto")]
    [InlineData("German", "aiden dylan eric ono_anna ryan serena sohee uncle_fu vivian auto")]
    [InlineData("Klingon", "aiden dylan eric ono_anna ryan serena sohee uncle_fu vivian auto")]
    public void Voices_begin_with_the_native_ones(string? language, string expected) =>
        Assert.Equal(expected, Values(Find("Voice", new SpeechRow { Language = language })));

    [Theory]
    [InlineData("VoiceDesign", null, "design")]
    [InlineData("alibaba:qwen@3-tts-1.7b-voicedesign", null, "design")]
    [InlineData(null, "A child", "design")]
    public void VoiceDesign_has_the_one_voice_that_it_takes(string? model, string? description, string expected) =>
        Assert.Equal(expected, Values(Find("Voice", new SpeechRow { Model = model, VoiceDescription = description })));

    [Theory]
    [InlineData("Base", null)]
    [InlineData(null, "anna.wav")]
    public void Base_has_the_voice_of_its_clip(string? model, string? clip) =>
        Assert.Equal("clone", Values(Find("Voice", new SpeechRow { Model = model, ReferenceAudio = clip })));

    [Theory]
    [InlineData(null, null, true)]
    [InlineData("Base", null, true)]
    [InlineData("CustomVoice", null, false)]
    [InlineData("VoiceDesign", null, false)]
    [InlineData(null, "anna.wav", false)]
    public void A_kept_voice_speaks_with_Base_and_a_clip_of_its_own(string? model, string? clip, bool isOffered) =>
        Assert.Equal(isOffered, Suggestions.CanBeKept(new SpeechRow { Model = model, ReferenceAudio = clip }));

    [Theory]
    [InlineData("CustomVoice", "A child")]
    [InlineData("custom", null)]
    public void Any_other_model_has_the_preset_ones(string? model, string? description) =>
        Assert.Equal(10, Find("Voice", new SpeechRow { Model = model, VoiceDescription = description }).Length);

    [Theory]
    [InlineData(null, null, null, "aiden dylan eric ono_anna ryan serena sohee uncle_fu vivian")]
    [InlineData("en-GB", null, null, "aiden ryan")]
    [InlineData("zh", "female", null, "serena vivian")]
    [InlineData(null, null, "VoiceDesign", "")]
    [InlineData("Klingon", "", "nonsense", "aiden dylan eric ono_anna ryan serena sohee uncle_fu vivian")]
    public void Names_of_voices_are_those_that_would_be_listed(string? language, string? gender, string? model, string expected) =>
        Assert.Equal(expected, Values(Suggestions.VoiceNames(language, gender, model)));

    [Fact]
    public void A_voice_is_told_by_gender_language_dialect_and_description() =>
        Assert.Equal("Male, Chinese (Sichuan). Lively Chengdu male voice with a slightly husky brightness.", Find("Voice", new SpeechRow()).Single(s => s.Value == "eric").Tip);

    [Fact]
    public void Languages_have_their_codes_and_native_voices()
    {
        Suggestion[] all = Find("Language");
        Assert.Equal(SpeechCatalog.Languages.Select(l => l.Name), all.Select(s => s.Value));
        Assert.Equal("German (de)", all.Single(s => s.Value == "German").Tip);
        Assert.Equal("English (en); native to aiden, ryan", all.Single(s => s.Value == "English").Tip);
        Assert.Equal(["ja", "\u65E5\u672C\u8A9E"], all.Single(s => s.Value == "Japanese").Names);
    }

    [Fact]
    public void Models_are_known_by_their_full_ids_too() =>
        Assert.All(Find("Model"), s => Assert.Equal(SpeechCatalog.FindModel(s.Value)!.ModelId, Assert.Single(s.Names)));

    [Fact]
    public void Types_of_output_are_those_that_a_row_takes() =>
        Assert.All(Find("OutputType"), s => Assert.NotNull(RowReader.Read(new SpeechRow { Text = "x", OutputType = s.Value }).Request));

    private static Suggestion[] Find(string field, SpeechRow? line = null) => [.. Suggestions.Find(field, line ?? new SpeechRow())];

    private static string Values(IEnumerable<Suggestion> suggestions) => string.Join(" ", suggestions.Select(s => s.Value));
}
