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
}
