using RunwareTts.Requests;

namespace RunwareTts.Tests.Requests;

public sealed class AutoVoiceTests
{
    /// <summary>A dialect is chosen only where nothing else is allowed.</summary>
    [Theory]
    [InlineData("English", "", "ryan")]
    [InlineData("German", "", "ryan")]
    [InlineData("Chinese", "", "serena")]
    [InlineData("Japanese", "", "ono_anna")]
    [InlineData("Korean", "", "sohee")]
    [InlineData("Korean", "vivian,ryan", "ryan")]
    [InlineData("Chinese", "eric,ryan", "eric")]
    [InlineData("French", "Aiden", "aiden")]
    [InlineData("French", "somebody", null)]
    public void A_voice_is_native_in_the_language_else_in_English(string language, string allowed, string? voice) =>
        Assert.Equal(voice, AutoVoice.Choose(
            language, allowed.Split(',', StringSplitOptions.RemoveEmptyEntries)));

    [Theory]
    [InlineData(null, null, true)]
    [InlineData("AUTO", "CustomVoice", true)]
    [InlineData("ryan", null, false)]
    [InlineData("auto", "another:tts@1", false)]
    public void Auto_is_asked_for_by_no_voice_or_by_name(string? voice, string? model, bool isAuto) =>
        Assert.Equal(isAuto, AutoVoice.IsAskedFor(
            RowReader.Read(new SpeechRow { Text = "Hello.", Voice = voice, Model = model }).Request!));
}
