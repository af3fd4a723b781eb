using RunwareTts.Catalog;
using RunwareTts.Requests;
using RunwareTts.Voices;

namespace RunwareTts.Tests.Voices;

public sealed class VoiceNameTests
{
    public static TheoryData<string> Presets => [.. SpeechCatalog.Voices.Select(v => v.Name)];

    [Theory]
    [InlineData("anna")]
    [InlineData("Old-Announcer_2")]
    [InlineData("v1.2")]
    [InlineData("2")]
    [InlineData("Zo\u00eb")]
    [InlineData("Zoe\u0308")]
    [InlineData("\u8001\u64ad\u97f3\u5458")]
    [InlineData("ryan2")]
    [InlineData("automatic")]
    public void A_word_is_a_name(string name) => Assert.Null(VoiceName.Fault(name));

    [Fact]
    public void What_KeepVoice_calls_a_voice_is_a_name() => Assert.Null(VoiceName.Fault(KeptName.Of("A weathered, old (very old!) announcer; \u4f4e\u6c89")));

    [Theory]
    [MemberData(nameof(Presets))]
    public void A_preset_keeps_its_name(string name)
    {
        Assert.Contains("preset", VoiceName.Fault(name)!, StringComparison.Ordinal);
        Assert.NotNull(VoiceName.Fault(name.ToUpperInvariant()));
    }

    [Theory]
    [InlineData("", "blank")]
    [InlineData("  ", "blank")]
    [InlineData("auto", "meaning of its own")]
    [InlineData("Design", "meaning of its own")]
    [InlineData("CLONE", "meaning of its own")]
    [InlineData("anna b", "has a blank")]
    [InlineData(" anna", "has a blank")]
    [InlineData("anna\u00a0b", "has a blank")]
    [InlineData("../anna", "character")]
    [InlineData("a/b", "character")]
    [InlineData(@"a\b", "character")]
    [InlineData("c:anna", "character")]
    [InlineData("a*", "character")]
    [InlineData("a[1]", "character")]
    [InlineData("a\n", "not visible")]
    [InlineData("a\u202eb", "not visible")]
    [InlineData("$anna", "character")]
    [InlineData("-anna", "does not begin")]
    [InlineData(".anna", "does not begin")]
    [InlineData("anna.", "ends in a dot")]
    [InlineData("CON", "reserved device")]
    [InlineData("com1.x", "reserved device")]
    [InlineData("LPT\u00b9", "reserved device")]
    public void Other_words_are_refused_by_name(string name, string says)
    {
        Assert.Contains(says, VoiceName.Fault(name)!, StringComparison.Ordinal);
        TtsException error = Assert.Throws<TtsException>(() => VoiceKeeper.CheckName(name));
        Assert.Equal("InvalidRequest.Name", error.ErrorId);
    }

    [Fact]
    public void A_name_may_have_as_many_bytes_as_a_file_has()
    {
        Assert.Null(VoiceName.Fault(new string('a', 240)));
        Assert.NotNull(VoiceName.Fault(new string('\u8001', 81)));
    }
}
