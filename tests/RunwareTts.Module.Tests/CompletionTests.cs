using System.Management.Automation;
using RunwareTts.Completion;

namespace RunwareTts.ModuleTests;

public sealed class CompletionTests
{
    public static TheoryData<Type> Completers => [.. Types.Where(t => t.Name.EndsWith("Completer", StringComparison.Ordinal) && !t.IsAbstract)];

    private static IEnumerable<Type> Types => typeof(RowCompleter).Assembly.GetTypes().Where(t => t.IsPublic);

    [Theory]
    [MemberData(nameof(Completers))]
    public void Is_made_by_PowerShell_without_arguments(Type completer)
    {
        Assert.True(typeof(IArgumentCompleter).IsAssignableFrom(completer));
        Assert.NotNull(completer.GetConstructor(Type.EmptyTypes));
    }

    [Theory]
    [InlineData("New-TtsSpeech", "Voice", typeof(RowCompleter))]
    [InlineData("New-TtsSpeech", "Model", typeof(RowCompleter))]
    [InlineData("New-TtsSpeech", "Language", typeof(RowCompleter))]
    [InlineData("New-TtsSpeech", "OutputFormat", typeof(RowCompleter))]
    [InlineData("New-TtsSpeech", "SampleRate", typeof(RowCompleter))]
    [InlineData("New-TtsSpeech", "Channels", typeof(RowCompleter))]
    [InlineData("New-TtsSpeech", "Bitrate", typeof(RowCompleter))]
    [InlineData("New-TtsSpeech", "OutputType", typeof(RowCompleter))]
    [InlineData("New-TtsSpeech", "OutputPath", typeof(OutputPathCompleter))]
    [InlineData("New-TtsSpeech", "Speed", typeof(RowCompleter))]
    [InlineData("New-TtsSpeech", "Style", typeof(RowCompleter))]
    [InlineData("New-TtsSpeech", "NumberResults", typeof(RowCompleter))]
    [InlineData("Wait-TtsTask", "TaskUUID", typeof(TaskCompleter))]
    [InlineData("Get-TtsTask", "TaskUUID", typeof(TaskCompleter))]
    [InlineData("Test-TtsSpeech", "Voice", typeof(RowCompleter))]
    [InlineData("Test-TtsSpeech", "Model", typeof(RowCompleter))]
    [InlineData("Test-TtsSpeech", "Language", typeof(RowCompleter))]
    [InlineData("Test-TtsSpeech", "OutputFormat", typeof(RowCompleter))]
    [InlineData("Test-TtsSpeech", "SampleRate", typeof(RowCompleter))]
    [InlineData("Test-TtsSpeech", "Channels", typeof(RowCompleter))]
    [InlineData("Test-TtsSpeech", "Bitrate", typeof(RowCompleter))]
    [InlineData("Test-TtsSpeech", "OutputType", typeof(RowCompleter))]
    [InlineData("Test-TtsSpeech", "OutputPath", typeof(OutputPathCompleter))]
    [InlineData("Wait-TtsTask", "Voice", typeof(RowCompleter))]
    [InlineData("Wait-TtsTask", "Model", typeof(RowCompleter))]
    [InlineData("Wait-TtsTask", "Language", typeof(RowCompleter))]
    [InlineData("Wait-TtsTask", "OutputFormat", typeof(RowCompleter))]
    [InlineData("Wait-TtsTask", "OutputPath", typeof(OutputPathCompleter))]
    [InlineData("Save-TtsSpeech", "OutputPath", typeof(OutputPathCompleter))]
    [InlineData("Get-TtsVoice", "Name", typeof(VoiceNameCompleter))]
    [InlineData("Get-TtsVoice", "Language", typeof(RowCompleter))]
    [InlineData("Get-TtsVoice", "Model", typeof(RowCompleter))]
    [InlineData("New-TtsVoice", "Language", typeof(RowCompleter))]
    [InlineData("Remove-TtsVoice", "Name", typeof(KeptNameCompleter))]
    [InlineData("Split-TtsText", "Language", typeof(RowCompleter))]
    [InlineData("Get-TtsModel", "Name", typeof(ModelNameCompleter))]
    [InlineData("Get-TtsLanguage", "Name", typeof(LanguageNameCompleter))]
    [InlineData("Get-TtsFormat", "OutputFormat", typeof(RowCompleter))]
    [InlineData("Get-TtsFormat", "SampleRate", typeof(RowCompleter))]
    [InlineData("Get-TtsFormat", "Channels", typeof(RowCompleter))]
    public void Stands_at(string cmdlet, string parameter, Type completer) =>
        Assert.Equal(completer, CmdletInfo.Of(cmdlet).Parameter(parameter).Completer);

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
