using RunwareTts.Files;

namespace RunwareTts.Tests.Files;

public sealed class PendingFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Path1 => Path.Combine(_folder.Path, "a.bin");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_name_appears_with_the_whole_content()
    {
        string path = Path.Combine(_folder.Path, "new", "a.bin");
        using (PendingFile file = new(path))
        {
            await file.Stream.WriteAsync("whole"u8.ToArray());
            Assert.Equal("whole", new StreamReader(file.Rewind()).ReadToEnd());
            Assert.False(File.Exists(path));
            await file.CommitAsync(replace: false);
        }

        Assert.Equal("whole", File.ReadAllText(path));
        Assert.Equal([Path.Combine("new", "a.bin")], _folder.Files);
    }

    [Fact]
    public async Task Without_a_commit_nothing_is_left_and_an_older_file_stays()
    {
        File.WriteAllText(Path1, "older");
        using (PendingFile file = new(Path1))
        {
            await file.Stream.WriteAsync(new byte[9]);
            file.Close();
        }

        Assert.Equal("older", File.ReadAllText(Path1));
        Assert.Equal(["a.bin"], _folder.Files);
    }

    [Fact]
    public async Task An_older_file_is_replaced_in_one_step_by_what_the_mark_says()
    {
        File.WriteAllText(Path1, "older");
        FileMark mark;
        using (PendingFile file = new(Path1))
        {
            await file.Stream.WriteAsync("newer"u8.ToArray());
            mark = file.Close();
            Assert.Equal("older", File.ReadAllText(Path1));
            await file.CommitAsync(replace: true);
        }

        Assert.Equal("newer", File.ReadAllText(Path1));
        Assert.Equal(FileMark.Of(Path1), mark);
        Assert.Equal(["a.bin"], _folder.Files);
    }

    [Fact]
    public async Task A_file_that_came_meanwhile_is_not_lost()
    {
        using (PendingFile file = new(Path1))
        {
            await file.Stream.WriteAsync(new byte[9]);
            File.WriteAllText(Path1, "theirs");
            await Assert.ThrowsAsync<IOException>(() => file.CommitAsync(replace: false));
        }

        Assert.Equal("theirs", File.ReadAllText(Path1));
        Assert.Equal(["a.bin"], _folder.Files);
    }
}
