using System.Collections;
using System.Management.Automation;
using System.Reflection;
using RunwareTts.Binding;
using RunwareTts.Requests;

namespace RunwareTts.ModuleTests;

/// <summary>What a CSV row may hold. PowerShell must neither convert nor refuse any of it: Core reads it.</summary>
public sealed class RowParameterTests
{
    private static readonly string[] BatchParameters =
        ["OutputDirectory", "Async", "Split", "ThrottleLimit", "TimeoutSec", "MaxCost", "Force", "Regenerate", "SkipLedger", "RetrySuspect", "Subtitle", "Chapter", "Play", "KeepVoice", "VoiceFolder", "ApiKey", "Endpoint"];

    // Of a row too, and the only ones that no cell can hold.
    private const string Tag = "Tag";
    private const string Option = "Option";

    private static readonly CmdletInfo NewTtsSpeech = CmdletInfo.Of("New-TtsSpeech");

    private static readonly string[] RowParameters =
        [.. NewTtsSpeech.Parameters.Where(p => p.Name != "InputObject" && p.Name is not (Tag or Option) && !BatchParameters.Contains(p.Name)).Select(p => p.Name)];

    public static TheoryData<string> RowNames => [.. RowParameters];

    public static TheoryData<string> BatchNames => [.. NewTtsSpeech.Parameters.Select(p => p.Name).Intersect(BatchParameters)];

    [Theory]
    [MemberData(nameof(RowNames))]
    public void Is_a_string_that_binds_by_its_column(string name)
    {
        ParameterInfo parameter = NewTtsSpeech.Parameter(name);
        Assert.Equal(typeof(string), parameter.Type);
        Assert.True(parameter.BindsByName);
        Assert.False(parameter.BindsByValue);
    }

    [Theory]
    [MemberData(nameof(RowNames))]
    public void Is_refused_by_Core_and_not_by_PowerShell(string name)
    {
        ParameterInfo parameter = NewTtsSpeech.Parameter(name);
        Assert.False(parameter.IsMandatory);
        Assert.DoesNotContain(parameter.AttributeTypes, t => typeof(ValidateArgumentsAttribute).IsAssignableFrom(t));
        // The one transformation only marks what is no single value, for Core to refuse it with its row.
        Assert.Equal([typeof(RowCellAttribute)], parameter.AttributeTypes.Where(t => typeof(ArgumentTransformationAttribute).IsAssignableFrom(t)));
        Assert.DoesNotContain(parameter.AttributeTypes, t => t.Name.StartsWith("Validate", StringComparison.Ordinal) || t.Name.StartsWith("Allow", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("New-TtsSpeech")]
    [InlineData("Test-TtsSpeech")]
    public void Of_further_fields_is_a_table_which_is_refused_by_Core(string cmdlet)
    {
        ParameterInfo parameter = CmdletInfo.Of(cmdlet).Parameter(Option);
        Assert.Equal((typeof(IDictionary), true, false, false), (parameter.Type, parameter.BindsByName, parameter.BindsByValue, parameter.IsMandatory));
        Assert.Contains(typeof(OptionTableAttribute), parameter.AttributeTypes);
    }

    [Theory]
    [InlineData("New-TtsSpeech", true)]
    [InlineData("Test-TtsSpeech", true)]
    [InlineData("Wait-TtsTask", false)]
    [InlineData("Save-TtsSpeech", false)]
    [InlineData("Join-TtsSpeech", false)]
    public void Of_tags_is_a_table_which_is_refused_by_Core_where_it_is_that_of_a_row(string cmdlet, bool isOfRow)
    {
        ParameterInfo parameter = CmdletInfo.Of(cmdlet).Parameter(Tag);
        Assert.Equal((typeof(IDictionary), isOfRow, false), (parameter.Type, parameter.BindsByName, parameter.BindsByValue));
        Assert.Equal(isOfRow, parameter.AttributeTypes.Contains(typeof(TagTableAttribute)));
        Assert.False(parameter.IsMandatory);
    }

    [Theory]
    [MemberData(nameof(BatchNames))]
    public void Of_the_batch_stands_on_the_line_only(string name)
    {
        ParameterInfo parameter = NewTtsSpeech.Parameter(name);
        Assert.False(parameter.BindsByName || parameter.BindsByValue);
        Assert.Null(parameter.Position);
    }

    [Fact]
    public void Are_the_columns_that_Core_reads()
    {
        IEnumerable<string> columns = typeof(SpeechRow).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.PropertyType == typeof(string)).Select(p => p.Name);
        Assert.Equal(columns.Order(StringComparer.Ordinal), RowParameters.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Have_the_aliases_that_Core_knows_as_names_of_columns()
    {
        string[] aliases = [.. NewTtsSpeech.Parameters.Where(p => RowParameters.Contains(p.Name)).SelectMany(p => p.Aliases.Select(a => $"{p.Name} {a}"))];
        IEnumerable<string> known = RowField.All.SelectMany(f => f.Aliases.Select(a => $"{f.Name} {a}"));
        Assert.Equal(aliases.Order(StringComparer.Ordinal), known.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Has_the_text_at_the_first_position_and_nothing_at_another() =>
        Assert.Equal(["Text"], NewTtsSpeech.Parameters.Where(p => p.Position is not null).Select(p => p.Name));

    [Theory]
    [InlineData("Text", new[] { "Script", "Content" })]
    [InlineData("Voice", new[] { "Speaker", "VoiceId" })]
    [InlineData("Style", new[] { "Instruction", "Instructions" })]
    [InlineData("VoiceDescription", new[] { "VoicePrompt" })]
    [InlineData("ReferenceAudio", new[] { "RefAudio", "VoiceSample" })]
    [InlineData("Transcript", new[] { "ReferenceText", "RefText" })]
    [InlineData("Language", new[] { "Lang" })]
    [InlineData("OutputFormat", new[] { "Format" })]
    [InlineData("OutputPath", new[] { "OutFile", "FileName" })]
    [InlineData("Id", new[] { "Name" })]
    public void Has_the_aliases_of_the_design(string name, string[] aliases) =>
        Assert.Equal(aliases, NewTtsSpeech.Parameter(name).Aliases);

    [Fact]
    public void Has_no_other_alias() =>
        Assert.Equal(
            ["Id", "Language", "OutputFormat", "OutputPath", "ReferenceAudio", "Style", "Text", "Transcript", "Voice", "VoiceDescription"],
            NewTtsSpeech.Parameters.Where(p => p.Aliases.Any()).Select(p => p.Name).Order(StringComparer.Ordinal));

    /// <summary>A result is a row again, so what was asked for stands in it under the parameter's name.</summary>
    [Theory]
    [MemberData(nameof(RowNames))]
    public void Stands_in_a_result_unless_it_is_about_delivery(string name)
    {
        string[] delivery = ["OutputPath", "OutputType", "NumberResults", "Ttl", "WebhookUrl", "UploadEndpoint"];
        Assert.Equal(!delivery.Contains(name), typeof(TtsSpeech).GetProperty(name) is not null);
    }

    /// <summary>A measured fact under a name that binds would be asked for when the result is piped back.</summary>
    [Fact]
    public void Takes_no_measured_fact_of_a_result_for_a_wish()
    {
        string[] asked = ["Id", "Text", "Model", "Voice", "Style", "VoiceDescription", "ReferenceAudio", "Transcript", "Option", "Language", "Speed", "OutputFormat", "Bitrate", "SampleRate", "Channels", "MaxNewTokens", "InputObject"];
        IEnumerable<string> binding = NewTtsSpeech.Parameters.SelectMany(p => p.Aliases.Prepend(p.Name));
        IEnumerable<string> facts = typeof(TtsSpeech).GetProperties().Select(p => p.Name).Except(asked);
        Assert.Empty(facts.Intersect(binding, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>Both read yesterday's CSV: the columns of a task, as text.</summary>
    [Theory]
    [InlineData("Wait-TtsTask")]
    [InlineData("Get-TtsTask")]
    public void Of_a_task_bind_to(string name)
    {
        CmdletInfo wait = CmdletInfo.Of(name);
        string[] told = ["Status", "Progress", "Endpoint"];
        string[] columns = [.. typeof(TtsTask).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(p => p.Name).Except(told)];
        Assert.All(columns, column => Assert.True(wait.Parameter(column).BindsByName, column));
        Assert.All(columns, column => Assert.Contains(wait.Parameter(column).Type, new[] { typeof(string), typeof(string[]) }));
    }
}
