using RunwareTts.Files;

namespace RunwareTts.Tests.Files;

public sealed class FileFaultTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_full_device_is_one_and_leaves_no_room_for_any_file()
    {
        if (!OperatingSystem.IsLinux())
            return;
        Exception full = Assert.ThrowsAny<Exception>(() => File.WriteAllBytes("/dev/full", new byte[1]));
        Assert.Equal((true, true), (FileFault.Is(full), FileFault.IsFull(full)));
    }

    [Fact]
    public void A_file_that_is_larger_than_allowed_is_one_and_leaves_room_for_smaller_ones()
    {
        Exception large = Assert.ThrowsAny<Exception>(() =>
        {
            using FileStream stream = new(Path.Combine(_folder.Path, "x"), FileMode.Create);
            stream.Position = long.MaxValue - 1;
            stream.WriteByte(1);
            stream.Flush();
        });
        Assert.Equal((true, false), (FileFault.Is(large), FileFault.IsFull(large)));
    }

    [Fact]
    public void Others_leave_room()
    {
        foreach (string path in new[] { Path.Combine(_folder.Path, new string('x', 300)), Path.Combine(_folder.Path, "no", "x"), _folder.Path, Path.Combine(_folder.Path, "nul\0") })
        {
            Exception other = Assert.ThrowsAny<Exception>(() => File.WriteAllText(path, ""));
            Assert.False(FileFault.IsFull(other));
        }
    }
}
