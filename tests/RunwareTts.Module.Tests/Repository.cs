using System.Text.RegularExpressions;

namespace RunwareTts.ModuleTests;

/// <summary>Where things are, seen from the folder in which the tests run: tests/…/bin/Configuration/framework.</summary>
internal static partial class Repository
{
    public static string Root { get; } = FindRoot();

    public static string ModuleFolder { get; } = Path.Combine(Root, "artifacts", "RunwareTts");

    public static string Manifest { get; } = Path.Combine(ModuleFolder, "RunwareTts.psd1");

    /// <summary>What the links and pictures of a markdown text lead to.</summary>
    public static IEnumerable<string> LinksOf(string markdown) => Link().Matches(markdown).Select(m => m.Groups["to"].Value);

    [GeneratedRegex(@"(?<!`)\[[^\]\n]+\]\((?<to>[^)\s]+)\)")]
    private static partial Regex Link();

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "RunwareTts.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException($"No RunwareTts.slnx above {AppContext.BaseDirectory}.");
    }
}
