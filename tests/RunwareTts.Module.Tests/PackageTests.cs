using System.IO.Compression;
using System.Security.Cryptography;
using System.Xml.Linq;

namespace RunwareTts.ModuleTests;

/// <summary>What goes to a gallery is this and nothing else: a stray file cannot be taken back.</summary>
public sealed class PackageTests : IDisposable
{
    private static readonly string[] Shipped =
    [
        "LICENSE",
        "RunwareTts.Format.ps1xml",
        "RunwareTts.Types.ps1xml",
        "RunwareTts.psd1",
        "bin/net8.0/RunwareTts.Core.dll",
        "bin/net8.0/RunwareTts.dll",
        "bin/netstandard2.0/Microsoft.Bcl.AsyncInterfaces.dll",
        "bin/netstandard2.0/RunwareTts.Core.dll",
        "bin/netstandard2.0/RunwareTts.dll",
        "bin/netstandard2.0/System.Buffers.dll",
        "bin/netstandard2.0/System.Memory.dll",
        "bin/netstandard2.0/System.Numerics.Vectors.dll",
        "bin/netstandard2.0/System.Runtime.CompilerServices.Unsafe.dll",
        "bin/netstandard2.0/System.Text.Encodings.Web.dll",
        "bin/netstandard2.0/System.Text.Json.dll",
        "bin/netstandard2.0/System.Threading.Tasks.Extensions.dll",
    ];

    // What a package has about itself.
    private static readonly string[] Wrapping = ["README.md", "RunwareTts.nuspec", "[Content_Types].xml", "_rels/.rels", "package/services/metadata/core-properties/"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tts-package-");

    public void Dispose() => _folder.Delete(recursive: true);

    [PowerShellFact]
    public async Task Holds_the_module_the_licence_its_help_and_nothing_else()
    {
        string stray = Path.Combine(Repository.ModuleFolder, "bin", "net8.0", "RunwareTts.pdb");
        File.WriteAllText(stray, "an earlier build's");
        try
        {
            (string package, string output) = await PackAsync();
            using ZipArchive zip = ZipFile.OpenRead(package);
            Assert.Equal(
                Shipped.Concat(Help()).Concat(Wrapping).Order(StringComparer.Ordinal),
                zip.Entries.Select(e => e.FullName.EndsWith(".psmdcp", StringComparison.Ordinal) ? e.FullName[..^e.Name.Length] : e.FullName).Order(StringComparer.Ordinal));
            Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(package))), output, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(stray);
        }
    }

    [PowerShellFact]
    public async Task Says_of_itself_what_the_manifest_says()
    {
        (string package, _) = await PackAsync();
        using ZipArchive zip = ZipFile.OpenRead(package);
        using Stream nuspec = zip.GetEntry("RunwareTts.nuspec")!.Open();
        Dictionary<string, string> words = XDocument.Load(nuspec).Descendants().Where(e => !e.HasElements).ToDictionary(e => e.Name.LocalName, e => e.Value);

        string manifest = File.ReadAllText(Repository.Manifest).Replace("''", "'", StringComparison.Ordinal);
        Assert.All(["version", "authors", "copyright", "description", "projectUrl", "licenseUrl", "iconUrl", "releaseNotes"], name =>
            Assert.Contains($"= '{words[name]}'", manifest, StringComparison.Ordinal));
        Assert.Superset(
            new HashSet<string>(["PSModule", "PSEdition_Desktop", "PSEdition_Core", .. CmdletInfo.All.Select(c => $"PSCmdlet_{c.Name}")]),
            words["tags"].Split(' ').ToHashSet());
    }

    /// <summary>A gallery shows the README by itself.</summary>
    [PowerShellFact]
    public async Task Has_the_README_with_links_that_lead_to_the_project()
    {
        (string package, _) = await PackAsync();
        using ZipArchive zip = ZipFile.OpenRead(package);
        using StreamReader readme = new(zip.GetEntry("README.md")!.Open());
        string[] links = [.. Repository.LinksOf(await readme.ReadToEndAsync())];
        Assert.All(links, link => Assert.StartsWith("https://github.com/RunwareTts/RunwareTts/", link, StringComparison.Ordinal));
        Assert.Contains("https://github.com/RunwareTts/RunwareTts/raw/main/docs/images/batch.svg", links);
        Assert.Contains("https://github.com/RunwareTts/RunwareTts/blob/main/docs/design.md", links);
        using StreamReader nuspec = new(zip.GetEntry("RunwareTts.nuspec")!.Open());
        Assert.Contains("<readme>README.md</readme>", await nuspec.ReadToEndAsync(), StringComparison.Ordinal);
    }

    private async Task<(string Package, string Output)> PackAsync()
    {
        (int? exitCode, string output) = await PowerShellHost.RunAsync(
            TimeSpan.FromMinutes(3), "-File", Path.Combine(Repository.Root, "build.ps1"), "Package", "-NoBuild", "-Destination", _folder.FullName);
        Assert.True(exitCode == 0, output);
        return (Assert.Single(Directory.GetFiles(_folder.FullName)), output);
    }

    /// <summary>Help is there when build.ps1 Docs has made it: one file of the cmdlets, and each topic that has a page.</summary>
    private static IEnumerable<string> Help()
    {
        string pages = Path.Combine(Repository.Root, "docs", "en-US");
        return Directory.Exists(Path.Combine(Repository.ModuleFolder, "en-US"))
            ? Directory.GetFiles(pages, "about_*.md").Select(f => $"en-US/{Path.GetFileNameWithoutExtension(f)}.help.txt").Append("en-US/RunwareTts.dll-Help.xml")
            : [];
    }
}
