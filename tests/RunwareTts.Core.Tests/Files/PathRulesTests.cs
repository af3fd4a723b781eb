using RunwareTts.Files;

namespace RunwareTts.Tests.Files;

public sealed class PathRulesTests
{
    [Theory]
    [InlineData("Where are we?.mp3")]
    [InlineData(@"dir\a:b.mp3")]
    [InlineData(@"C:\out\a*b.mp3")]
    [InlineData(@"C:out\a|b.mp3")]
    [InlineData("CON.mp3")]
    [InlineData(@"C:\nul\x.mp3")]
    [InlineData("COM1 .mp3")]
    [InlineData("out./x.mp3")]
    [InlineData("out/x.mp3 ")]
    [InlineData("a\u0007.mp3")]
    [InlineData(@"Microsoft.PowerShell.Core\FileSystem::C:\out\<x>.mp3")]
    public void What_Windows_cannot_have_is_found_in_the_path_as_it_is_written(string path) =>
        Assert.NotNull(PathRules.WindowsFault(path));

    [Theory]
    [InlineData(@"C:\out\x.mp3")]
    [InlineData(@"..\out/./x y.mp3")]
    [InlineData(@"Temp:\x.mp3")]
    [InlineData(@"\\server\share\x.mp3")]
    [InlineData(@"\\?\C:\out\x.mp3")]
    [InlineData(@"Microsoft.PowerShell.Core\FileSystem::C:\out\x.mp3")]
    [InlineData("console.mp3")]
    public void What_it_can_have_is_not(string path) => Assert.Null(PathRules.WindowsFault(path));

    [Theory]
    [InlineData(127, 255, true)]
    [InlineData(128, 255, false)]
    [InlineData(255, 1, true)]
    [InlineData(256, 1, false)]
    public void Names_are_counted_in_bytes_or_in_UTF_16(int length, int bytesOrUnits, bool isGood)
    {
        bool isWindows = bytesOrUnits == 1;
        string path = Path.Combine("/out", new string('\u00E4', length));
        Assert.Equal(isGood, PathRules.LengthFault(path, isWindows, 32766) is null);
    }
}
