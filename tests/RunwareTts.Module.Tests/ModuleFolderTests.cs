namespace RunwareTts.ModuleTests;

/// <summary>What a build lays out is what is published. PowerShell brings its own engine, and a second one would break it.</summary>
public sealed class ModuleFolderTests
{
    [Fact]
    public void Has_the_manifest_the_views_and_the_licence()
    {
        string[] files = [.. Directory.GetFiles(Repository.ModuleFolder).Select(f => Path.GetFileName(f)!)];
        Assert.Superset(new HashSet<string> { "RunwareTts.psd1", "RunwareTts.Format.ps1xml", "RunwareTts.Types.ps1xml", "LICENSE" }, files.ToHashSet());
    }

    [Fact]
    public void For_PowerShell_7_has_the_two_assemblies_and_no_other() =>
        Assert.Equal(["RunwareTts.Core.dll", "RunwareTts.dll"], Assemblies("net8.0"));

    [Fact]
    public void For_Windows_PowerShell_has_System_Text_Json_and_what_it_needs_too()
    {
        Assert.Equal(
            [
                "Microsoft.Bcl.AsyncInterfaces.dll",
                "RunwareTts.Core.dll",
                "RunwareTts.dll",
                "System.Buffers.dll",
                "System.Memory.dll",
                "System.Numerics.Vectors.dll",
                "System.Runtime.CompilerServices.Unsafe.dll",
                "System.Text.Encodings.Web.dll",
                "System.Text.Json.dll",
                "System.Threading.Tasks.Extensions.dll",
            ],
            Assemblies("netstandard2.0"));
    }

    private static IEnumerable<string> Assemblies(string framework) =>
        Directory.GetFiles(Path.Combine(Repository.ModuleFolder, "bin", framework), "*.dll").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal);
}
