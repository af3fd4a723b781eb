using RunwareTts.Files;
using RunwareTts.Ledger;

namespace RunwareTts.Tests.Ledger;

/// <summary>A folder's ledger in the hands of several pipelines of one process.</summary>
public sealed class SharedLedgerTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Pipelines_that_come_and_go_never_lock_one_another_out()
    {
        const int Pipelines = 4;
        const int Rounds = 50;
        await Task.WhenAll(Enumerable.Range(0, Pipelines).Select(_ => Task.Run(async () =>
        {
            for (int i = 0; i < Rounds; i++)
            {
                using TaskLedger ledger = LedgerLocation.OpenDirectory(_folder.Path);
                await ledger.AppendAsync(Past.Submitted($"{i}"));
            }
        })));
        Assert.Equal(Pipelines * Rounds, LedgerReader.Read(_folder.Path).Count());
    }

    [Fact]
    public async Task One_that_begins_while_another_is_still_writing_its_last_lines_is_let_in()
    {
        for (int i = 0; i < 12; i++)
        {
            TaskLedger first = LedgerLocation.OpenDirectory(_folder.Path);
            Task[] lines = [.. Enumerable.Range(0, 300).Select(n => first.AppendAsync(Past.Submitted($"{i} {n}")))];
            await lines[0];
            Task ending = Task.Run(first.Dispose);
            await Task.Delay(i % 4);
            using TaskLedger second = LedgerLocation.OpenDirectory(_folder.Path);
            await Task.WhenAll([ending, .. lines]);
            await second.AppendAsync(Past.Submitted($"{i} more"));
        }
    }

    [Fact]
    public async Task What_comes_after_the_end_is_refused_and_leaves_no_lock()
    {
        TaskLedger ledger = LedgerLocation.OpenDirectory(_folder.Path);
        ledger.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => ledger.AppendAsync(Past.Submitted("late")));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task What_one_pipeline_has_sent_the_other_knows()
    {
        using TaskLedger first = LedgerLocation.OpenDirectory(_folder.Path);
        using TaskLedger second = LedgerLocation.OpenDirectory(_folder.Path);
        LedgerEvent sent = Past.Submitted("a");
        await first.AppendAsync(sent);
        Assert.Equal(sent.Task, second.FindRequest("a")!.Task);
        Assert.Equal(sent.Task, second.FindTask(sent.Task)!.Task);
    }

    [Fact]
    public async Task A_folder_by_two_paths_has_one_ledger_that_knows_its_files_by_both()
    {
        using TempFolder elsewhere = new();
        string link = Path.Combine(elsewhere.Path, "link");
        Directory.CreateSymbolicLink(link, _folder.Path);
        using TaskLedger first = LedgerLocation.OpenDirectory(_folder.Path);
        await first.AppendAsync(Past.Submitted("a") with { Event = LedgerEventKind.Saved, File = "sub/a.mp3", Results = [new LedgerResult("a", null, null)] });
        using TaskLedger second = LedgerLocation.OpenDirectory(link + Path.DirectorySeparatorChar);
        Assert.Same(first, second);
        Assert.NotNull(second.FindFile(Path.Combine(link, "sub", "a.mp3")));
        Assert.NotNull(second.FindFile(Path.Combine(_folder.Path, "sub", "a.mp3")));
    }

    [Fact]
    public void A_ledger_that_cannot_be_read_is_not_said_to_be_unwritable()
    {
        Directory.CreateDirectory(LedgerLocation.FileIn(_folder.Path));
        using TempFolder other = new();
        TtsException error = Assert.Throws<TtsException>(() => LedgerLocation.ReadDirectory(_folder.Path));
        Assert.Equal("FileNotReadable", error.ErrorId);
        Assert.Contains("cannot be read", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_one_that_stays_can_go_on_writing()
    {
        TaskLedger first = LedgerLocation.OpenDirectory(_folder.Path);
        using TaskLedger second = LedgerLocation.OpenDirectory(_folder.Path);
        first.Dispose();
        await second.AppendAsync(Past.Submitted("a"));
        Assert.True(File.Exists(LedgerLocation.FileIn(_folder.Path) + LedgerLock.Suffix));
        second.Dispose();
        Assert.Equal([InsideDirectory.LedgerName], Directory.GetFiles(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_ledger_that_was_taken_away_lets_nothing_leave()
    {
        using TaskLedger ledger = LedgerLocation.OpenDirectory(_folder.Path);
        await ledger.AppendAsync(Past.Submitted("a"));
        Directory.Move(_folder.Path, _folder.Path + "-moved");
        try
        {
            await Assert.ThrowsAnyAsync<IOException>(() => ledger.AppendAsync(Past.Submitted("b")));
        }
        finally
        {
            Directory.Move(_folder.Path + "-moved", _folder.Path);
        }
    }

    [Fact]
    public void A_ledger_that_is_a_link_out_of_its_folder_is_neither_read_nor_written()
    {
        using TempFolder elsewhere = new();
        string theirs = Path.Combine(elsewhere.Path, "diary.txt");
        File.WriteAllText(theirs, "mine");
        File.CreateSymbolicLink(LedgerLocation.FileIn(_folder.Path), theirs);
        foreach (Action open in new Action[] { () => LedgerLocation.OpenDirectory(_folder.Path), () => LedgerLocation.ReadDirectory(_folder.Path) })
            Assert.Equal("OutputNotWritten", Assert.Throws<TtsException>(open).ErrorId);
        Assert.Equal("mine", File.ReadAllText(theirs));
    }
}
