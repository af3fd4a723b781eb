using System.Management.Automation;
using RunwareTts.Completion;

namespace RunwareTts.ModuleTests;

public sealed class CompletionTests
{
    public static TheoryData<Type> Attributes => [.. Types.Where(t => t.Name.EndsWith("CompleterAttribute", StringComparison.Ordinal))];

    public static TheoryData<Type> Completers => [.. Types.Where(t => t.Name.EndsWith("Completer", StringComparison.Ordinal) && !t.IsAbstract)];

    private static IEnumerable<Type> Types => typeof(CatalogCompleter).Assembly.GetTypes().Where(t => t.IsPublic);

    [Theory]
    [MemberData(nameof(Attributes))]
    public void Is_offered_by_an_attribute_that_PowerShell_knows(Type attribute)
    {
        Assert.True(typeof(ArgumentCompleterAttribute).IsAssignableFrom(attribute));
        Assert.True(attribute.IsSealed);
        Assert.NotNull(attribute.GetConstructor(Type.EmptyTypes));
    }

    [Theory]
    [MemberData(nameof(Completers))]
    public void Is_made_by_PowerShell_without_arguments(Type completer)
    {
        Assert.True(typeof(IArgumentCompleter).IsAssignableFrom(completer));
        Assert.NotNull(completer.GetConstructor(Type.EmptyTypes));
        Assert.Contains(Types, t => t.Name == completer.Name + "Attribute");
    }

    [Theory]
    [InlineData("New-TtsSpeech", "Voice", typeof(VoiceCompleterAttribute))]
    [InlineData("New-TtsSpeech", "Model", typeof(ModelCompleterAttribute))]
    [InlineData("New-TtsSpeech", "Language", typeof(LanguageCompleterAttribute))]
    [InlineData("New-TtsSpeech", "OutputFormat", typeof(FormatCompleterAttribute))]
    [InlineData("New-TtsSpeech", "SampleRate", typeof(SampleRateCompleterAttribute))]
    [InlineData("New-TtsSpeech", "Channels", typeof(ChannelsCompleterAttribute))]
    [InlineData("New-TtsSpeech", "Bitrate", typeof(BitrateCompleterAttribute))]
    [InlineData("New-TtsSpeech", "OutputType", typeof(OutputTypeCompleterAttribute))]
    [InlineData("New-TtsSpeech", "OutputPath", typeof(OutputPathCompleterAttribute))]
    [InlineData("New-TtsSpeech", "Speed", typeof(SpeedCompleterAttribute))]
    [InlineData("New-TtsSpeech", "Style", typeof(StyleCompleterAttribute))]
    [InlineData("New-TtsSpeech", "NumberResults", typeof(NumberResultsCompleterAttribute))]
    [InlineData("Wait-TtsTask", "TaskUUID", typeof(TaskCompleterAttribute))]
    [InlineData("Get-TtsTask", "TaskUUID", typeof(TaskCompleterAttribute))]
    [InlineData("Test-TtsSpeech", "Voice", typeof(VoiceCompleterAttribute))]
    [InlineData("Test-TtsSpeech", "Model", typeof(ModelCompleterAttribute))]
    [InlineData("Test-TtsSpeech", "Language", typeof(LanguageCompleterAttribute))]
    [InlineData("Test-TtsSpeech", "OutputFormat", typeof(FormatCompleterAttribute))]
    [InlineData("Test-TtsSpeech", "SampleRate", typeof(SampleRateCompleterAttribute))]
    [InlineData("Test-TtsSpeech", "Channels", typeof(ChannelsCompleterAttribute))]
    [InlineData("Test-TtsSpeech", "Bitrate", typeof(BitrateCompleterAttribute))]
    [InlineData("Test-TtsSpeech", "OutputType", typeof(OutputTypeCompleterAttribute))]
    [InlineData("Test-TtsSpeech", "OutputPath", typeof(OutputPathCompleterAttribute))]
    [InlineData("Wait-TtsTask", "Voice", typeof(VoiceCompleterAttribute))]
    [InlineData("Wait-TtsTask", "Model", typeof(ModelCompleterAttribute))]
    [InlineData("Wait-TtsTask", "Language", typeof(LanguageCompleterAttribute))]
    [InlineData("Wait-TtsTask", "OutputFormat", typeof(FormatCompleterAttribute))]
    [InlineData("Wait-TtsTask", "OutputPath", typeof(OutputPathCompleterAttribute))]
    [InlineData("Save-TtsSpeech", "OutputPath", typeof(OutputPathCompleterAttribute))]
    [InlineData("Get-TtsVoice", "Name", typeof(VoiceNameCompleterAttribute))]
    [InlineData("Get-TtsVoice", "Language", typeof(LanguageCompleterAttribute))]
    [InlineData("Get-TtsVoice", "Model", typeof(ModelCompleterAttribute))]
    [InlineData("Split-TtsText", "Language", typeof(LanguageCompleterAttribute))]
    [InlineData("Get-TtsModel", "Name", typeof(ModelCompleterAttribute))]
    [InlineData("Get-TtsLanguage", "Name", typeof(LanguageCompleterAttribute))]
    [InlineData("Get-TtsFormat", "OutputFormat", typeof(FormatCompleterAttribute))]
    [InlineData("Get-TtsFormat", "SampleRate", typeof(SampleRateCompleterAttribute))]
    [InlineData("Get-TtsFormat", "Channels", typeof(ChannelsCompleterAttribute))]
    public void Stands_at(string cmdlet, string parameter, Type attribute) =>
        Assert.Contains(attribute, CmdletInfo.Of(cmdlet).Parameter(parameter).AttributeTypes);

    [Theory]
    [InlineData("uncle_fu", "uncle_fu")]
    [InlineData("24000", "24000")]
    [InlineData("alibaba:qwen@3-tts-1.7b-customvoice", "alibaba:qwen@3-tts-1.7b-customvoice")]
    [InlineData("Zoë", "Zoë")]
    [InlineData("uncle fu", "'uncle fu'")]
    [InlineData("o'neil", "'o''neil'")]
    [InlineData("o\u2019neil", "'o\u2019\u2019neil'")]
    [InlineData("say \"hi\"", "'say \"hi\"'")]
    [InlineData("a*", "'a*'")]
    [InlineData("[a]", "'[a]'")]
    [InlineData("$x", "'$x'")]
    [InlineData("a;b", "'a;b'")]
    [InlineData("a,b", "'a,b'")]
    [InlineData("{Id}", "'{Id}'")]
    [InlineData("-x", "'-x'")]
    [InlineData("@x", "'@x'")]
    [InlineData("", "''")]
    public void Quotes_what_PowerShell_would_read_otherwise(string value, string word) => Assert.Equal(word, Word.Quote(value));

    [Theory]
    [InlineData(null, "")]
    [InlineData("ry", "ry")]
    [InlineData("'ry'", "ry")]
    [InlineData("\"ry", "ry")]
    public void Reads_a_word_without_its_quotes(string? word, string value) => Assert.Equal(value, Word.Unquote(word));
}
