using System.Text.RegularExpressions;

namespace RunwareTts.ModuleTests;

/// <summary>A markdown page of docs/en-US, cut at its headings.</summary>
internal sealed partial class HelpPage
{
    private HelpPage(string file)
    {
        Name = Path.GetFileNameWithoutExtension(file);
        Text = File.ReadAllText(file).ReplaceLineEndings("\n");
    }

    public static string Folder { get; } = Path.Combine(Repository.Root, "docs", "en-US");

    public static IReadOnlyList<HelpPage> All { get; } = [.. Directory.GetFiles(Folder, "*.md").Order(StringComparer.Ordinal).Select(file => new HelpPage(file))];

    public string Name { get; }

    public string Text { get; }

    public IEnumerable<string> Parameters => Heading().Matches(Section("PARAMETERS")).Select(m => m.Groups["name"].Value).Where(n => n[0] == '-').Select(n => n[1..]);

    public static HelpPage Of(string name) => All.Single(p => p.Name == name);

    /// <summary>From a heading of the second level to the next, without itself.</summary>
    public string Section(string heading) => Between(Text, $"## {heading}\n", "\n## ");

    /// <summary>Each subsection of a section, with its heading.</summary>
    public IEnumerable<string> Parts(string heading) => Part().Matches(Section(heading) + "\n").Select(m => m.Value.TrimEnd());

    /// <summary>What stands about a parameter, in words.</summary>
    public string Words(string parameter) => Between(Section("PARAMETERS") + "\n", $"### -{parameter}\n", "```yaml").Trim();

    /// <summary>The metadata of a parameter, as the schema has it.</summary>
    public string Yaml(string parameter) => Between(Between(Section("PARAMETERS") + "\n### ", $"### -{parameter}\n", "\n### "), "```yaml\n", "```");

    private static string Between(string text, string from, string to)
    {
        int start = text.IndexOf(from, StringComparison.Ordinal);
        Assert.True(start >= 0, $"There is no '{from.Trim()}'.");
        start += from.Length;
        int end = text.IndexOf(to, start, StringComparison.Ordinal);
        return end < 0 ? text[start..] : text[start..end];
    }

    [GeneratedRegex(@"(?m)^### (?<name>\S+)")]
    private static partial Regex Heading();

    [GeneratedRegex(@"(?ms)^### .*?(?=^### |\z)")]
    private static partial Regex Part();
}
