using RunwareTts.Catalog;
using RunwareTts.Requests;

namespace RunwareTts.Tests.Requests;

public sealed class VoiceRulesTests
{
    [Theory]
    [InlineData(null, null, "CustomVoice", "auto")]
    [InlineData("RYAN", null, "CustomVoice", "ryan")]
    [InlineData("Uncle_Fu", null, "CustomVoice", "uncle_fu")]
    [InlineData("Auto", null, "CustomVoice", "auto")]
    [InlineData(null, "A warm voice", "VoiceDesign", "design")]
    [InlineData("auto", "A warm voice", "VoiceDesign", "design")]
    [InlineData("Design", "A warm voice", "VoiceDesign", "design")]
    public void The_model_follows_from_what_is_given(string? voice, string? description, string model, string sent)
    {
        SpeechRequest request = RowReader.Read(new SpeechRow { Text = "x", Voice = voice, VoiceDescription = description }).Request!;
        Assert.Equal(model, request.ModelName);
        Assert.Equal(sent, request.Voice);
    }

    [Theory]
    [InlineData("ryan", null, "A warm voice", null, "Voice", "Voice 'ryan' belongs to CustomVoice.*Leave Voice out")]
    [InlineData(null, null, "A warm voice", "CustomVoice", "VoiceDescription", "VoiceDescription 'A warm voice' belongs to VoiceDesign.*Use Style")]
    [InlineData(null, null, "A warm voice that goes on and on for ever and ever", "CustomVoice", "VoiceDescription", "'A warm voice that goes on and on for eve...'")]
    [InlineData(null, "calm", "A warm voice", null, "Style", "Style 'calm' belongs to CustomVoice.*into the VoiceDescription")]
    [InlineData(null, "calm", null, "VoiceDesign", "VoiceDescription", "needs a VoiceDescription")]
    [InlineData(null, null, null, "VoiceDesign", "VoiceDescription", "needs a VoiceDescription.*such as 'A warm.*Get-TtsVoice lists them")]
    [InlineData("design", null, null, null, "VoiceDescription", "needs a VoiceDescription")]
    [InlineData("design", null, null, "CustomVoice", "Voice", "Voice 'design' belongs to VoiceDesign.*Get-TtsVoice lists them")]
    [InlineData(null, null, null, "Qwen", "Model", "Model 'Qwen' is unknown.*CustomVoice, VoiceDesign, Base, or a full id")]
    public void What_does_not_go_together_is_refused(string? voice, string? style, string? description, string? model, string parameter, string says)
    {
        SpeechRow row = new() { Text = "x", Voice = voice, Style = style, VoiceDescription = description, Model = model };
        Assert.Matches(says, Assert.Single(RowReader.Read(row).Problems, p => p.Parameter == parameter).Message);
    }

    [Fact]
    public void A_full_model_id_is_a_model()
    {
        foreach (TtsModel model in SpeechCatalog.Models)
        {
            SpeechRow row = new() { Text = "x", Model = model.ModelId };
            row = model.DefaultVoice switch
            {
                "design" => row with { VoiceDescription = "x" },
                "clone" => row with { ReferenceAudio = "a.wav" },
                _ => row,
            };
            Assert.Equal(model.Name, RowReader.Read(row).Request!.ModelName);
        }
    }

    [Theory]
    [InlineData("Voice", "newvoice")]
    [InlineData("Model", "alibaba:qwen@4")]
    public void What_the_catalogue_does_not_know_goes_through_with_a_warning(string parameter, string value)
    {
        SpeechRow row = new() { Text = "x" };
        typeof(SpeechRow).GetProperty(parameter)!.SetValue(row, value);
        RowReading reading = RowReader.Read(row);
        Assert.Empty(reading.Problems);
        Assert.Contains(value, Assert.Single(reading.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_is_not_known_gives_no_more_results_than_any_other() =>
        Assert.Equal("NumberResults", Assert.Single(RowReader.Read(new SpeechRow { Text = "x", Model = "alibaba:qwen@4", NumberResults = "300000000" }).Problems).Parameter);

    [Fact]
    public void VoiceDesign_gives_at_most_four_results() =>
        Assert.Contains("1 to 4", Assert.Single(RowReader.Read(new SpeechRow { Text = "x", VoiceDescription = "y", NumberResults = "5" }).Problems).Message, StringComparison.Ordinal);
}
