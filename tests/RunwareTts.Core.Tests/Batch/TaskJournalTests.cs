using RunwareTts.Batch;
using RunwareTts.Ledger;
using RunwareTts.Tests.Ledger;

namespace RunwareTts.Tests.Batch;

/// <summary>What is written down of a task says nothing that has become untrue of its file.</summary>
public sealed class TaskJournalTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_upload_leaves_a_file_to_the_row_that_has_replaced_it()
    {
        using TaskLedger ledger = LedgerLocation.OpenDirectory(_folder.Path);
        string path = Path.Combine(_folder.Path, "a.mp3");
        (LedgerEvent first, LedgerEvent second) = (Saved("first", 3), Saved("second", 4));
        await ledger.AppendAsync(first);
        await ledger.AppendAsync(second);
        await new TaskJournal(ledger, ledger.FindRequest("first")!).UploadedAsync("place");
        Assert.Equal(second.Task, ledger.FindFile(path)!.Task);
        Assert.Equal(first.Task, ledger.FindRequest("first")!.Task);
        Assert.True(ledger.FindRequest("first")!.IsDone);
        Assert.True(ledger.IsUploaded("first", "place"));
        Assert.False(ledger.IsUploaded("second", "place"));
    }

    [Fact]
    public async Task An_upload_leaves_what_was_seen_of_a_file_later()
    {
        using TaskLedger ledger = LedgerLocation.OpenDirectory(_folder.Path);
        LedgerEvent saved = Saved("first", 3);
        await ledger.AppendAsync(saved);
        await ledger.AppendAsync(saved with { Event = LedgerEventKind.Seen, Written = DateTime.UtcNow, Content = "seen" });
        await new TaskJournal(ledger, ledger.FindRequest("first")!).UploadedAsync("place");
        Assert.Equal("seen", ledger.FindFile(Path.Combine(_folder.Path, "a.mp3"))!.Content);
        Assert.True(ledger.IsUploaded("first", "place"));
    }

    private static LedgerEvent Saved(string hash, long bytes) => Past.Submitted(hash) with
    {
        Event = LedgerEventKind.Saved,
        Results = [new LedgerResult("x", null, null)],
        Index = 0,
        File = "a.mp3",
        Bytes = bytes,
    };
}
