using System.Management.Automation;
using System.Text.RegularExpressions;

namespace RunwareTts.ModuleTests;

/// <summary>The pages of docs/en-US say what the cmdlets are, no less and no more.</summary>
public sealed class HelpPageTests
{
    private static readonly string[] Topics = ["about_RunwareTts", "about_RunwareTts_Batch", "about_RunwareTts_Models", "about_RunwareTts_Offline", "about_RunwareTts_SelfHosted", "about_RunwareTts_Voices"];

    public static TheoryData<string> Pages => [.. HelpPage.All.Select(p => p.Name)];

    public static TheoryData<string> Cmdlets => [.. CmdletInfo.All.Select(c => c.Name)];

    public static TheoryData<string, string> Parameters
    {
        get
        {
            TheoryData<string, string> all = [];
            foreach (CmdletInfo cmdlet in CmdletInfo.All)
            {
                foreach (ParameterInfo parameter in cmdlet.Parameters)
                    all.Add(cmdlet.Name, parameter.Name);
            }

            return all;
        }
    }

    [Fact]
    public void Are_one_for_each_cmdlet_one_for_the_module_and_the_topics() =>
        Assert.Equal(CmdletInfo.All.Select(c => c.Name).Append("RunwareTts").Concat(Topics).Order(StringComparer.Ordinal), HelpPage.All.Select(p => p.Name));

    [Theory]
    [MemberData(nameof(Pages))]
    public void Have_no_placeholder(string page)
    {
        HelpPage help = HelpPage.Of(page);
        Assert.DoesNotContain("{{", help.Text, StringComparison.Ordinal);
        Assert.DoesNotMatch(@"\t|(?m)[ ]$", help.Text);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Of_a_cmdlet_have_their_sections_filled(string cmdlet)
    {
        HelpPage help = HelpPage.Of(cmdlet);
        Assert.Contains($"\ntitle: {cmdlet}\n", help.Text, StringComparison.Ordinal);
        Assert.Contains("\nexternal help file: RunwareTts.dll-Help.xml\n", help.Text, StringComparison.Ordinal);
        Assert.Matches(@"\A\n[A-Z][^\n]+\.\n\z", help.Section("SYNOPSIS"));
        Assert.All(new[] { "SYNTAX", "DESCRIPTION", "INPUTS", "OUTPUTS", "NOTES", "RELATED LINKS" }, section => Assert.NotEmpty(help.Section(section).Trim()));
        Assert.Contains(" ", help.Section("NOTES").Trim(), StringComparison.Ordinal);
    }

    /// <summary>Where Get-Help -Online leads: this page, as it stands on the project's site.</summary>
    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Of_a_cmdlet_say_where_they_stand_online_and_so_does_the_cmdlet(string cmdlet)
    {
        string project = Regex.Match(File.ReadAllText(Repository.Manifest), @"ProjectUri\s*=\s*'([^']+)'").Groups[1].Value;
        string page = $"{project}/blob/main/docs/en-US/{cmdlet}.md";
        Assert.Equal(page, CmdletInfo.Of(cmdlet).HelpUri);
        Assert.Contains($"\nHelpUri: {page}\n", HelpPage.Of(cmdlet).Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Of_a_cmdlet_have_at_least_three_examples(string cmdlet)
    {
        string[] examples = [.. HelpPage.Of(cmdlet).Parts("EXAMPLES")];
        Assert.True(examples.Length >= 3, $"{examples.Length} examples");
        Assert.All(examples.Select((text, n) => (text, n)), example =>
        {
            Assert.StartsWith($"### Example {example.n + 1}: ", example.text, StringComparison.Ordinal);
            Assert.Contains("\n```powershell\n", example.text, StringComparison.Ordinal);
            Assert.Contains(cmdlet, example.text, StringComparison.Ordinal);
        });
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Of_a_cmdlet_have_its_parameters_and_no_other(string cmdlet)
    {
        CmdletInfo info = CmdletInfo.Of(cmdlet);
        IEnumerable<string> real = info.Parameters.Select(p => p.Name).Concat(info.SupportsShouldProcess ? ["WhatIf", "Confirm"] : []);
        Assert.Equal(real.Order(StringComparer.Ordinal), HelpPage.Of(cmdlet).Parameters.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Parameters))]
    public void Of_a_parameter_have_words_and_its_metadata(string cmdlet, string parameter)
    {
        ParameterInfo info = CmdletInfo.Of(cmdlet).Parameter(parameter);
        HelpPage help = HelpPage.Of(cmdlet);
        string words = help.Words(parameter);
        Assert.True(words.Length >= 40 && words.Contains(". ", StringComparison.Ordinal) | words.EndsWith('.'), words);

        string yaml = help.Yaml(parameter);
        Assert.Contains($"Type: {info.Type}\n", yaml, StringComparison.Ordinal);
        Assert.Contains($"SupportsWildcards: {Lower(info.AttributeTypes.Contains(typeof(SupportsWildcardsAttribute)))}\n", yaml, StringComparison.Ordinal);
        Assert.Contains($"Aliases:{List(info.Aliases)}\nParameterSets:\n", yaml, StringComparison.Ordinal);
        Assert.Contains($"ParameterSets:\n{string.Concat(info.Sets.Select(Describe))}DontShow:", yaml, StringComparison.Ordinal);
        Assert.Contains($"AcceptedValues:{List(info.AcceptedValues)}\n", yaml, StringComparison.Ordinal);
    }

    /// <summary>Who reads of a parameter learns by what a CSV may name it.</summary>
    [Theory]
    [MemberData(nameof(Parameters))]
    public void Of_a_parameter_tell_its_aliases(string cmdlet, string parameter) =>
        Assert.All(CmdletInfo.Of(cmdlet).Parameter(parameter).Aliases, alias => Assert.Contains(alias, HelpPage.Of(cmdlet).Words(parameter), StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Of_a_cmdlet_tell_what_it_gives(string cmdlet) =>
        Assert.Equal(CmdletInfo.Of(cmdlet).OutputTypes.Select(t => $"### {t.FullName}"), HelpPage.Of(cmdlet).Parts("OUTPUTS").Select(p => p.Split('\n')[0]));

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Of_the_module_repeat_the_synopsis(string cmdlet) =>
        Assert.Contains($"### [{cmdlet}]({cmdlet}.md)\n\n{HelpPage.Of(cmdlet).Section("SYNOPSIS").Trim()}\n", HelpPage.Of("RunwareTts").Text, StringComparison.Ordinal);

    private static string Describe(ParameterSet set) =>
        $"- Name: {set.Name}\n  Position: {set.Position?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "Named"}\n  IsRequired: {Lower(set.IsMandatory)}\n  ValueFromPipeline: {Lower(set.BindsByValue)}\n  ValueFromPipelineByPropertyName: {Lower(set.BindsByName)}\n  ValueFromRemainingArguments: false\n";

    private static string List(IEnumerable<string> values) => values.Any() ? string.Concat(values.Select(v => $"\n- {v}")) : " []";

    private static string Lower(bool value) => value ? "true" : "false";
}
