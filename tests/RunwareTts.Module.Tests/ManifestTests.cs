using System.Text.RegularExpressions;

namespace RunwareTts.ModuleTests;

public sealed partial class ManifestTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Repository.Root, "RunwareTts.psd1"));

    [Fact]
    public void Exports_every_cmdlet_and_nothing_else()
    {
        string list = CmdletsToExport().Match(Text).Groups["list"].Value;
        IEnumerable<string> exported = Quoted().Matches(list).Select(m => m.Groups["name"].Value);
        Assert.Equal(CmdletInfo.All.Select(c => c.Name).Order(StringComparer.Ordinal), exported.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("FunctionsToExport")]
    [InlineData("VariablesToExport")]
    [InlineData("AliasesToExport")]
    public void Exports_no_other_thing(string key) =>
        Assert.Matches($@"(?m)^\s*{key}\s*=\s*@\(\)", Text);

    [Theory]
    [InlineData("CmdletsToExport")]
    [InlineData("FormatsToProcess")]
    [InlineData("TypesToProcess")]
    public void Names_things_and_uses_no_wildcard(string key) =>
        Assert.Matches($@"(?m)^\s*{key}\s*=[^*]*$", Text);

    [Fact]
    public void Names_only_files_that_are_in_the_module()
    {
        IEnumerable<string> files = Quoted().Matches(Text).Select(m => m.Groups["name"].Value).Where(n => n.EndsWith(".dll", StringComparison.Ordinal) || n.EndsWith(".ps1xml", StringComparison.Ordinal));
        Assert.All(files, file => Assert.True(file.Contains("netstandard2.0", StringComparison.Ordinal) || File.Exists(Path.Combine(Repository.ModuleFolder, file)), file));
        Assert.Equal(4, files.Count());
    }

    [Fact]
    public void Has_the_version_of_the_assembly()
    {
        Version version = Version.Parse(ModuleVersion().Match(Text).Groups["version"].Value);
        Assert.Equal(version.ToString(3), CmdletInfo.All[0].Type.Assembly.GetName().Version!.ToString(3));
    }

    [GeneratedRegex(@"CmdletsToExport\s*=\s*@\((?<list>[^)]*)\)")]
    private static partial Regex CmdletsToExport();

    [GeneratedRegex("'(?<name>[^']+)'")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"ModuleVersion\s*=\s*'(?<version>[^']+)'")]
    private static partial Regex ModuleVersion();
}
