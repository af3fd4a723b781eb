using RunwareTts.Files;

namespace RunwareTts.Tests.Files;

/// <summary>What fails on Windows while another program looks at a file.</summary>
public sealed class FileRetryTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(0x80070005)]
    [InlineData(0x80070020)]
    [InlineData(0x80070021)]
    public async Task What_passes_is_done_again_on_Windows(uint code)
    {
        int tries = 0;
        await FileRetry.RunAsync(() => Fail(++tries < 4, (int)code), isWindows: true);
        Assert.Equal(4, tries);
    }

    [Theory]
    [InlineData(0x80070050)]
    [InlineData(0x80070070)]
    [InlineData(0x80070003)]
    public async Task What_does_not_pass_fails_at_once(uint code)
    {
        int tries = 0;
        await Assert.ThrowsAsync<IOException>(() => FileRetry.RunAsync(() => Fail(++tries > 0, (int)code), isWindows: true));
        Assert.Equal(1, tries);
    }

    [Fact]
    public async Task What_does_not_pass_in_time_is_thrown_as_it_is()
    {
        int tries = 0;
        UnauthorizedAccessException error = await Assert.ThrowsAsync<UnauthorizedAccessException>(() => FileRetry.RunAsync(
            () =>
            {
                tries++;
                throw new UnauthorizedAccessException("denied");
            },
            isWindows: true));
        Assert.Equal("denied", error.Message);
        Assert.InRange(tries, 5, 20);
    }

    [Fact]
    public async Task Elsewhere_no_right_is_no_right()
    {
        int tries = 0;
        await Assert.ThrowsAsync<IOException>(() => FileRetry.RunAsync(() => Fail(++tries > 0, unchecked((int)0x80070005)), isWindows: false));
        Assert.Equal(1, tries);
    }

    [Fact]
    public async Task Tidying_fails_in_silence()
    {
        await FileRetry.TidyFolderAsync(Path.Combine(_folder.Path, "nowhere"));
        string folder = Path.Combine(_folder.Path, "folder");
        Directory.CreateDirectory(folder);
        // No file of this name can be deleted.
        await FileRetry.TidyAsync(folder);
        Assert.True(Directory.Exists(folder));
    }

    [Fact]
    public async Task A_read_only_file_is_deleted()
    {
        string path = ReadOnly("a.bin");
        await FileRetry.DeleteAsync(path);
        Assert.False(File.Exists(path));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_that_a_scanner_looks_at_gets_its_name(bool isThere)
    {
        string path = Path.Combine(_folder.Path, "a.bin");
        if (isThere)
            File.WriteAllText(path, "older");
        using (Scanner scanner = new(_folder.Path))
        {
            if (isThere)
                await scanner.LookedAsync(0);
            int before = scanner.Looks;
            await ReplaceAsync(path, "whole", () => scanner.LookedAsync(before));
        }

        Assert.Equal("whole", File.ReadAllText(path));
        Assert.Equal(["a.bin"], _folder.Files);
    }

    [Fact]
    public async Task A_read_only_file_is_replaced_and_nothing_of_it_stays()
    {
        string path = ReadOnly("a.bin");
        bool isRecorded = false;
        await ReplaceAsync(path, "whole", () =>
        {
            isRecorded = true;
            return Task.CompletedTask;
        });
        Assert.True(isRecorded);
        Assert.Equal("whole", File.ReadAllText(path));
        Assert.Equal(["a.bin"], _folder.Files);
    }

    private static async Task ReplaceAsync(string path, string text, Func<Task> record)
    {
        using PendingFile file = new(path);
        await file.Stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text));
        file.Close();
        await record();
        await file.CommitAsync(replace: true);
    }

    private static void Fail(bool fails, int code)
    {
        if (fails)
            throw new IOException("not now", code);
    }

    private string ReadOnly(string name)
    {
        string path = Path.Combine(_folder.Path, name);
        File.WriteAllText(path, "older");
        File.SetAttributes(path, FileAttributes.ReadOnly);
        return path;
    }
}
