using RunwareTts.Files;

namespace RunwareTts.Tests.Files;

public sealed class FullPathTests
{
    [Theory]
    [InlineData(@"C:\x", true)]
    [InlineData("c:/x", true)]
    [InlineData(@"\\server\share", true)]
    [InlineData(@"\\?\C:\x", true)]
    [InlineData(@"\x", false)]
    [InlineData("/x", false)]
    [InlineData("C:x", false)]
    [InlineData("C:", false)]
    [InlineData("x", false)]
    [InlineData("", false)]
    public void On_Windows_it_has_a_drive_or_a_share(string path, bool isFull) => Assert.Equal(isFull, FullPath.IsFull(path, isWindows: true));

    [Theory]
    [InlineData("/x", true)]
    [InlineData(@"\x", false)]
    [InlineData(@"C:\x", false)]
    [InlineData("x", false)]
    public void Elsewhere_it_begins_at_the_root(string path, bool isFull) => Assert.Equal(isFull, FullPath.IsFull(path, isWindows: false));

    [Theory]
    [InlineData(@"C:\Out", @"c:\out\a.mp3", '\\', true, "a.mp3")]
    [InlineData(@"C:\", @"C:\real\a.mp3", '\\', true, @"real\a.mp3")]
    [InlineData(@"C:\Out", @"C:\Outside\a.mp3", '\\', true, null)]
    [InlineData("/", "/real/a.mp3", '/', false, "real/a.mp3")]
    [InlineData("/out/", "/out/a.mp3", '/', false, "a.mp3")]
    [InlineData("/out", "/Out/a.mp3", '/', false, null)]
    [InlineData("/out", "/out", '/', false, null)]
    public void A_path_below_a_folder_is_relative_to_it(
        string folder, string path, char separator, bool ignoresCase, string? below) =>
        Assert.Equal(below, FullPath.Below(folder, path, separator, ignoresCase));

    [Theory]
    [InlineData(0xA000000C, true)]
    [InlineData(0xA0000003, true)]
    [InlineData(0x80000013, false)]
    [InlineData(0x9000001A, false)]
    [InlineData(0x9000601A, false)]
    [InlineData(0x8000001B, false)]
    public void Only_links_and_junctions_lead_away(uint tag, bool leadsAway) => Assert.Equal(leadsAway, ReparsePoint.LeadsAway(tag));

    [Fact]
    public void A_link_below_the_root_stays_in_it()
    {
        using TempFolder folder = new();
        string link = Path.Combine(folder.Path, "link");
        Directory.CreateDirectory(Path.Combine(folder.Path, "real"));
        try
        {
            Directory.CreateSymbolicLink(link, Path.Combine(folder.Path, "real"));
        }
        catch (IOException) when (OperatingSystem.IsWindows())
        {
            // It takes a right that not every account has.
            return;
        }

        bool leadsOut = RealPath.LeadsOut(link, Path.GetPathRoot(folder.Path)!);
#if DESKTOP
        // .NET Framework cannot follow one, and refuses all.
        Assert.True(leadsOut);
#else
        Assert.False(leadsOut);
#endif
    }
}
