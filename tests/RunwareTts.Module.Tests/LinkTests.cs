namespace RunwareTts.ModuleTests;

/// <summary>Whoever reads a page of the repository and clicks on a link or sees a picture finds a file there.</summary>
public sealed class LinkTests
{
    public static TheoryData<string> Pages =>
    [
        .. Directory.GetFiles(Repository.Root, "*.md")
            .Concat(Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(Repository.Root, file)),
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public void Lead_to_what_is_there(string page)
    {
        string file = Path.Combine(Repository.Root, page);
        Assert.All(
            Repository.LinksOf(File.ReadAllText(file)).Where(to => !to.Contains("://", StringComparison.Ordinal)),
            to => Assert.True(Path.Exists(Path.Combine(Path.GetDirectoryName(file)!, to.Split('#')[0])), to));
    }

    [Fact]
    public void Of_the_README_show_each_picture_of_a_terminal()
    {
        string[] shown = [.. Repository.LinksOf(File.ReadAllText(Path.Combine(Repository.Root, "README.md"))).Where(to => to.EndsWith(".svg", StringComparison.Ordinal))];
        string[] pictures = [.. Directory.GetFiles(Path.Combine(Repository.Root, "docs", "images"), "*.svg").Select(file => $"docs/images/{Path.GetFileName(file)}")];
        Assert.NotEmpty(pictures);
        Assert.Equal(pictures.Order(StringComparer.Ordinal), shown.Order(StringComparer.Ordinal));
        Assert.All(pictures, picture => Assert.StartsWith("<svg", File.ReadAllText(Path.Combine(Repository.Root, picture)).TrimStart(), StringComparison.Ordinal));
    }
}
