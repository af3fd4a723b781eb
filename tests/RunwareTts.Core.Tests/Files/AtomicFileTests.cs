using System.Diagnostics;
using RunwareTts.Files;

namespace RunwareTts.Tests.Files;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_name_appears_with_the_whole_content()
    {
        string path = Path.Combine(_folder.Path, "new", "a.bin");
        await AtomicFile.WriteAsync(path, overwrite: false, s => s.WriteAsync("whole"u8.ToArray()).AsTask(), _ => Assert.False(File.Exists(path)));
        Assert.Equal("whole", File.ReadAllText(path));
        Assert.Equal([Path.Combine("new", "a.bin")], _folder.Files);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_write_or_check_that_fails_leaves_nothing(bool whileWriting)
    {
        string path = Path.Combine(_folder.Path, "a.bin");
        await Assert.ThrowsAsync<TimeZoneNotFoundException>(() => AtomicFile.WriteAsync(
            path,
            overwrite: true,
            s => whileWriting ? throw new TimeZoneNotFoundException() : s.WriteAsync(new byte[9]).AsTask(),
            _ => throw new TimeZoneNotFoundException()));
        Assert.Empty(_folder.Files);
    }

    [Fact]
    public async Task An_older_file_is_replaced_in_one_step_and_nothing_else_is_left()
    {
        string path = Path.Combine(_folder.Path, "a.bin");
        File.WriteAllText(path, "older");
        await AtomicFile.WriteAsync(path, overwrite: true, s => s.WriteAsync("newer"u8.ToArray()).AsTask(), _ => { }, _ =>
        {
            Assert.Equal("older", File.ReadAllText(path));
            return Task.CompletedTask;
        });
        Assert.Equal("newer", File.ReadAllText(path));
        Assert.Equal(["a.bin"], _folder.Files);
    }

    [Fact]
    public async Task An_older_file_stays_when_the_new_one_cannot_be_put_on_record()
    {
        string path = Path.Combine(_folder.Path, "a.bin");
        File.WriteAllText(path, "older");
        await Assert.ThrowsAsync<IOException>(() => AtomicFile.WriteAsync(path, overwrite: true, s => s.WriteAsync(new byte[9]).AsTask(), _ => { }, _ => throw new IOException("full")));
        Assert.Equal("older", File.ReadAllText(path));
        Assert.Equal(["a.bin"], _folder.Files);
    }

    [Fact]
    public async Task A_file_that_came_meanwhile_is_not_lost()
    {
        string path = Path.Combine(_folder.Path, "a.bin");
        await Assert.ThrowsAsync<IOException>(() => AtomicFile.WriteAsync(path, overwrite: false, s => s.WriteAsync(new byte[9]).AsTask(), _ => File.WriteAllText(path, "theirs")));
        Assert.Equal("theirs", File.ReadAllText(path));
        Assert.Equal(["a.bin"], _folder.Files);
    }

    [Fact]
    public async Task A_file_that_is_replaced_is_put_on_record_as_it_will_be()
    {
        string path = Path.Combine(_folder.Path, "a.bin");
        File.WriteAllText(path, "older");
        FileMark? recorded = null;
        await AtomicFile.WriteAsync(path, overwrite: true, s => s.WriteAsync("newer"u8.ToArray()).AsTask(), _ => { }, mark =>
        {
            Assert.Equal("older", File.ReadAllText(path));
            recorded = mark;
            return Task.CompletedTask;
        });
        Assert.Equal("newer", File.ReadAllText(path));
        Assert.Equal(FileMark.Of(path), recorded);
        Assert.Equal(["a.bin"], _folder.Files);
    }

    [Theory]
    [InlineData("writing")]
    [InlineData("checking")]
    [InlineData("recording")]
    [InlineData("never")]
    public async Task Whenever_the_process_is_killed_the_name_has_the_old_file_or_the_new_one(string moment)
    {
        string path = Path.Combine(_folder.Path, "a.bin");
        File.WriteAllText(path, "older");
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddDays(-1));
        using Process child = Process.Start(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [typeof(AtomicFileTests).Assembly.Location, "replace", path, moment]);
        await child.WaitForExitAsync();
        Assert.Equal(moment == "never", child.ExitCode == 0);

        // The next run, hours later, clears away what never had a name, and nothing else.
        foreach (string file in Directory.GetFiles(_folder.Path))
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddDays(-1));
        AtomicFile.Tidy(_folder.Path);
        Assert.Equal(["a.bin"], _folder.Files);
        Assert.Equal(moment == "never" ? "newer" : "older", File.ReadAllText(path));
    }

    /// <summary>What the child does.</summary>
    internal static Task ReplaceAsync(string path, string moment)
    {
        void Die(string now)
        {
            if (now != moment)
                return;
            using Process self = Process.GetCurrentProcess();
            self.Kill();
            Thread.Sleep(Timeout.Infinite);
        }

        async Task Write(Stream stream)
        {
            await stream.WriteAsync("new"u8.ToArray());
            Die("writing");
            await stream.WriteAsync("er"u8.ToArray());
        }

        Task Record(FileMark mark)
        {
            Die("recording");
            return Task.CompletedTask;
        }

        return AtomicFile.WriteAsync(path, overwrite: true, Write, _ => Die("checking"), Record);
    }
}
