using System.Management.Automation;
using RunwareTts.Binding;
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
    [InlineData("New-TtsSpeech", "OutputType", typeof(OutputTypeCompleterAttribute))]
    [InlineData("Get-TtsVoice", "Name", typeof(VoiceCompleterAttribute))]
    [InlineData("Get-TtsVoice", "Language", typeof(LanguageCompleterAttribute))]
    [InlineData("Get-TtsVoice", "Model", typeof(ModelCompleterAttribute))]
    public void Stands_at(string cmdlet, string parameter, Type attribute) =>
        Assert.Contains(attribute, CmdletInfo.Of(cmdlet).Parameter(parameter).AttributeTypes);

    [Fact]
    public void A_key_is_taken_in_by_a_transformation() =>
        Assert.True(typeof(ArgumentTransformationAttribute).IsAssignableFrom(typeof(ApiKeyTransformationAttribute)));
}
