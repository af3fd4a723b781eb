using System.Management.Automation;
using System.Reflection;
using RunwareTts.Binding;

namespace RunwareTts.ModuleTests;

public sealed class CmdletTests
{
    private static readonly HashSet<string> ApprovedVerbs =
    [
        .. from type in new[] { typeof(VerbsCommon), typeof(VerbsCommunications), typeof(VerbsData), typeof(VerbsDiagnostic), typeof(VerbsLifecycle), typeof(VerbsOther), typeof(VerbsSecurity) }
           from verb in type.GetFields(BindingFlags.Public | BindingFlags.Static)
           where verb.IsLiteral
           select (string)verb.GetRawConstantValue()!,
    ];

    public static TheoryData<string> Names => [.. CmdletInfo.All.Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Has_an_approved_verb_a_Tts_noun_and_a_class_of_its_name(string name)
    {
        CmdletInfo cmdlet = CmdletInfo.Of(name);
        Assert.Contains(cmdlet.Verb, ApprovedVerbs);
        Assert.StartsWith("Tts", cmdlet.Noun, StringComparison.Ordinal);
        Assert.Equal($"{cmdlet.Verb}{cmdlet.Noun}Command", cmdlet.Type.Name);
        Assert.True(cmdlet.Type.IsPublic && cmdlet.Type.IsSealed);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Says_what_it_gives(string name) =>
        Assert.NotEmpty(CmdletInfo.Of(name).Type.Data<OutputTypeAttribute>());

    [Theory]
    [MemberData(nameof(Names))]
    public void Names_each_parameter_and_alias_once(string name)
    {
        string[] names = [.. CmdletInfo.Of(name).Parameters.SelectMany(p => p.Aliases.Prepend(p.Name))];
        Assert.Equal(names.Length, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Never_binds_a_switch_a_key_or_an_endpoint_by_a_column(string name) =>
        Assert.DoesNotContain(
            CmdletInfo.Of(name).Parameters,
            p => (p.BindsByName || p.BindsByValue) && (p.Type == typeof(SwitchParameter) || p.Name is "ApiKey" or "Endpoint" or "TimeoutSec" or "ThrottleLimit"));

    [Fact]
    public void Only_what_changes_something_asks_ShouldProcess()
    {
        Assert.True(CmdletInfo.Of("New-TtsSpeech").SupportsShouldProcess);
        Assert.DoesNotContain(CmdletInfo.All, c => c.Verb == VerbsCommon.Get && c.SupportsShouldProcess);
    }

    /// <summary>Each names its parameters as every PowerShell user knows them, and a pipe works where a row can come from one.</summary>
    [Theory]
    [InlineData("New-TtsSpeech")]
    [InlineData("Test-TtsSpeech")]
    [InlineData("Save-TtsSpeech")]
    [InlineData("Wait-TtsTask")]
    [InlineData("Get-TtsTask")]
    public void Takes_the_piped_object_as_it_is_and_requires_nothing_of_it(string name)
    {
        ParameterInfo input = Assert.Single(CmdletInfo.Of(name).Parameters, p => p.BindsByValue);
        Assert.Equal(("InputObject", typeof(PSObject), false), (input.Name, input.Type, input.BindsByName));
        Assert.DoesNotContain(CmdletInfo.Of(name).Parameters, p => p.IsMandatory);
    }

    [Fact]
    public void Test_TtsSpeech_takes_all_that_New_TtsSpeech_takes()
    {
        static IEnumerable<string> Shape(string name) =>
            CmdletInfo.Of(name).Parameters.Select(p => $"{p.Name} ({string.Join(", ", p.Aliases)}) {p.Type} {p.Position} {p.BindsByName} {p.BindsByValue}").Order(StringComparer.Ordinal);
        Assert.Equal(["Remote", "Summary"], CmdletInfo.Of("Test-TtsSpeech").Parameters.Select(p => p.Name).Except(CmdletInfo.Of("New-TtsSpeech").Parameters.Select(p => p.Name)).Order(StringComparer.Ordinal));
        Assert.Subset(Shape("Test-TtsSpeech").ToHashSet(), Shape("New-TtsSpeech").ToHashSet());
    }

    /// <summary>The catalogue is on this machine: it is asked without a key, by names from the line or the pipe.</summary>
    [Theory]
    [InlineData("Get-TtsVoice", "Name")]
    [InlineData("Get-TtsModel", "Name")]
    [InlineData("Get-TtsLanguage", "Name")]
    [InlineData("Get-TtsFormat", "OutputFormat")]
    public void Of_the_catalogue_takes_names_with_wildcards_and_no_key(string name, string parameter)
    {
        CmdletInfo cmdlet = CmdletInfo.Of(name);
        ParameterInfo names = cmdlet.Parameter(parameter);
        Assert.Equal((typeof(string[]), 0, true, true), (names.Type, names.Position, names.BindsByValue, names.BindsByName));
        Assert.Contains(typeof(SupportsWildcardsAttribute), names.AttributeTypes);
        Assert.False(typeof(ServiceCmdlet).IsAssignableFrom(cmdlet.Type));
    }

    /// <summary>What is listed can be spoken: each stands in the parameter of its name.</summary>
    [Theory]
    [InlineData(typeof(TtsModel), "Model")]
    [InlineData(typeof(TtsLanguage), "Language")]
    [InlineData(typeof(TtsFormat), "OutputFormat")]
    [InlineData(typeof(TtsFormat), "SampleRate")]
    [InlineData(typeof(TtsFormat), "Channels")]
    public void Speech_takes_what_the_catalogue_lists(Type listed, string parameter)
    {
        Assert.True(CmdletInfo.Of("New-TtsSpeech").Parameter(parameter).BindsByName);
        Assert.NotNull(listed.GetProperty(parameter));
        string[] others = [.. listed.GetProperties().Select(p => p.Name).Except(["Name", "Model", "Language", "OutputFormat", "SampleRate", "Channels"])];
        Assert.Empty(others.Intersect(CmdletInfo.Of("New-TtsSpeech").Parameters.SelectMany(p => p.Aliases.Prepend(p.Name)), StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>A part is a row: its text, its name and its language, and nothing that New-TtsSpeech would take for something else.</summary>
    [Fact]
    public void Speech_takes_the_parts_of_a_text()
    {
        string[] names = [.. CmdletInfo.Of("New-TtsSpeech").Parameters.Where(p => p.BindsByName).SelectMany(p => p.Aliases.Prepend(p.Name))];
        Assert.Equal(["Id", "Language", "Text"], typeof(TtsTextPart).GetProperties().Select(p => p.Name).Intersect(names, StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Split_TtsText_takes_a_text_or_files()
    {
        CmdletInfo split = CmdletInfo.Of("Split-TtsText");
        Assert.Equal(("InputObject", typeof(PSObject)), split.Parameters.Where(p => p.BindsByValue).Select(p => (p.Name, p.Type)).Single());
        Assert.Equal(["PSPath"], split.Parameter("LiteralPath").Aliases);
        Assert.Equal(["LiteralPath"], split.Parameters.Where(p => p.BindsByName).Select(p => p.Name));
        Assert.Equal(["Text"], split.Parameters.Where(p => p.Position is not null).Select(p => p.Name));
        Assert.Equal(["Text", "Path", "LiteralPath"], split.Parameters.SelectMany(p => p.Sets).Select(s => s.Name).Where(n => n != "(All)"));
        Assert.Contains(typeof(SupportsWildcardsAttribute), split.Parameter("Path").AttributeTypes);
        Assert.False(typeof(ServiceCmdlet).IsAssignableFrom(split.Type));
    }

    /// <summary>As every cmdlet that reads files: a path with wildcards first, a literal one by name, and what was piped as it is.</summary>
    [Theory]
    [InlineData("Get-TtsAudioInfo", "")]
    [InlineData("Out-TtsSpeaker", "Player")]
    [InlineData("Show-TtsWaveform", "Width")]
    public void Of_files_takes_paths_and_no_key(string name, string other)
    {
        CmdletInfo cmdlet = CmdletInfo.Of(name);
        Assert.Equal(["InputObject", "LiteralPath", "Path"], cmdlet.Parameters.Select(p => p.Name).Where(p => p != other).Order(StringComparer.Ordinal));
        Assert.Equal((typeof(string[]), 0), (cmdlet.Parameter("Path").Type, cmdlet.Parameter("Path").Position));
        Assert.Contains(typeof(SupportsWildcardsAttribute), cmdlet.Parameter("Path").AttributeTypes);
        Assert.Equal(["PSPath", "LP"], cmdlet.Parameter("LiteralPath").Aliases);
        Assert.Equal((typeof(PSObject), true), (cmdlet.Parameter("InputObject").Type, cmdlet.Parameter("InputObject").BindsByValue));
        Assert.Single(cmdlet.Parameters, p => p.BindsByValue || p.BindsByName);
    }

    [Fact]
    public void Save_TtsSpeech_needs_no_key_and_takes_none() =>
        Assert.DoesNotContain(CmdletInfo.Of("Save-TtsSpeech").Parameters, p => p.Name is "ApiKey" or "Endpoint");

    [Fact]
    public void New_TtsSpeech_asks_quietly()
    {
        CustomAttributeData cmdlet = CmdletInfo.Of("New-TtsSpeech").Type.Data<CmdletAttribute>().Single();
        Assert.Equal((int)ConfirmImpact.Low, cmdlet.Named("ConfirmImpact"));
    }

    [Theory]
    [InlineData("New-TtsSpeech", new[] { "TtsSpeech", "TtsTask" })]
    [InlineData("Wait-TtsTask", new[] { "TtsSpeech" })]
    [InlineData("Get-TtsTask", new[] { "TtsTask" })]
    [InlineData("Save-TtsSpeech", new[] { "TtsSpeech" })]
    [InlineData("Test-TtsSpeech", new[] { "TtsValidation", "TtsValidationSummary" })]
    [InlineData("Get-TtsAccount", new[] { "TtsAccount" })]
    [InlineData("Get-TtsLedger", new[] { "TtsLedgerEntry", "TtsLedgerSummary" })]
    [InlineData("Receive-TtsWebhook", new[] { "TtsSpeech" })]
    [InlineData("Split-TtsText", new[] { "TtsTextPart" })]
    [InlineData("Get-TtsAudioInfo", new[] { "TtsAudioInfo" })]
    [InlineData("Out-TtsSpeaker", new[] { "Void" })]
    [InlineData("Show-TtsWaveform", new[] { "TtsWaveform" })]
    [InlineData("Export-TtsReport", new[] { "FileInfo" })]
    [InlineData("Get-TtsVoice", new[] { "TtsVoice" })]
    [InlineData("New-TtsVoice", new[] { "TtsVoice" })]
    [InlineData("Get-TtsModel", new[] { "TtsModel" })]
    [InlineData("Get-TtsLanguage", new[] { "TtsLanguage" })]
    [InlineData("Get-TtsFormat", new[] { "TtsFormat" })]
    [InlineData("Get-TtsService", new[] { "TtsService" })]
    public void Gives_the_types_of_the_design(string name, string[] types) =>
        Assert.Equal(types, CmdletInfo.Of(name).OutputTypes.Select(t => t.Name));
}
