using RunwareTts.Batch;
using RunwareTts.Ledger;
using RunwareTts.Requests;

namespace RunwareTts.Tests.Batch;

/// <summary>A file is ours while it is what was saved, by its time or by its content; one that was edited is not.</summary>
public sealed class EditedFileTests : IAsyncLifetime
{
    private static readonly SpeechRow Row = new() { Text = "Hello", Id = "hello", OutputPath = "x.wav", OutputFormat = "WAV" };
    private static readonly SpeechRow Other = Row with { Text = "World" };

    private readonly TempFolder _folder = new();
    private Service _service = null!;

    public async Task InitializeAsync() => _service = await Service.StartAsync();

    public async Task DisposeAsync()
    {
        await _service.DisposeAsync();
        _folder.Dispose();
    }

    private string File1 => Path.Combine(_folder.Path, "x.wav");

    private string[] Lines => File.ReadAllLines(LedgerLocation.FileIn(_folder.Path));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void One_that_was_edited_and_kept_its_length_is_neither_unchanged_nor_overwritten(bool isOldLedger)
    {
        Assert.Single(Run(Row).Spoken());
        if (isOldLedger)
        {
            ForgetMarks();
            Assert.Equal("Unchanged", Assert.Single(Run(Row).Spoken()).Status);
        }

        byte[] edited = Edit();
        foreach (SpeechRow row in new[] { Row, Other })
        {
            Assert.Equal("OutputExists", Assert.Single(Run(row).Errors()).ErrorId);
            Assert.Equal(edited, File.ReadAllBytes(File1));
        }

        Assert.Equal(1, _service.Record.ChargedTasks);
        Assert.Single(_service.Run([Other], _folder.Path, force: true).Spoken());
        Assert.NotEqual(edited, File.ReadAllBytes(File1));
    }

    [Fact]
    public void One_that_got_another_time_is_ours_and_its_time_is_written_down_once()
    {
        Assert.Single(Run(Row).Spoken());
        int lines = Lines.Length;
        // As of a copy, a restore, or a file system that keeps even seconds.
        File.SetLastWriteTimeUtc(File1, new DateTime(2020, 1, 2, 3, 4, 6, DateTimeKind.Utc));
        for (int n = 0; n < 3; n++)
            Assert.Equal("Unchanged", Assert.Single(Run(Row).Spoken()).Status);
        Assert.Equal(lines + 1, Lines.Length);
        Assert.Single(Run(Other).Spoken());
        Assert.Equal(2, _service.Record.ChargedTasks);
    }

    [Fact]
    public void A_ledger_of_an_older_version_knows_lengths_and_learns_more_once()
    {
        Assert.Single(Run(Row).Spoken());
        ForgetMarks();
        int lines = Lines.Length;
        for (int n = 0; n < 3; n++)
            Assert.Equal("Unchanged", Assert.Single(Run(Row).Spoken()).Status);
        Assert.Equal(lines + 1, Lines.Length);
    }

    [Fact]
    public async Task A_file_that_was_seen_does_not_hide_a_task_that_is_open()
    {
        TtsSpeech spoken = Assert.Single(Run(Row).Spoken());
        Guid open = Guid.NewGuid();
        using TaskLedger ledger = LedgerLocation.OpenDirectory(_folder.Path);
        LedgerEvent saved = ledger.FindFile(File1)!;
        await ledger.AppendAsync(new LedgerEvent { Event = LedgerEventKind.Submitted, At = DateTimeOffset.UtcNow, Task = open, Hash = saved.Hash });
        await TaskJournal.SeenAsync(ledger, saved, File1);
        Assert.Equal((open, LedgerEventKind.Saved), (ledger.FindOpen(saved.Hash!)?.Task, ledger.FindFile(File1)!.Event));
        Assert.Equal(2, ledger.Tasks().Count(t => t.First.Task == open || t.First.Task == spoken.TaskUUID));
        Assert.Equal(LedgerEventKind.Saved, ledger.FindTask(spoken.TaskUUID!.Value)!.Event);
    }

    [Fact]
    public void Killed_between_the_record_and_the_name_the_old_file_is_ours_and_the_new_one_is_had_for_nothing()
    {
        Assert.Single(Run(Row).Spoken());
        byte[] old = File.ReadAllBytes(File1);
        DateTime time = File.GetLastWriteTimeUtc(File1);
        Assert.Single(Run(Other).Spoken());
        byte[] other = File.ReadAllBytes(File1);

        // That is how the kill leaves them.
        File.WriteAllBytes(File1, old);
        File.SetLastWriteTimeUtc(File1, time);
        Assert.Equal("Unchanged", Assert.Single(Run(Other).Spoken()).Status);
        Assert.Equal(other, File.ReadAllBytes(File1));
        Assert.Single(Run(Row).Spoken());
        Assert.Equal(old, File.ReadAllBytes(File1));
        Assert.Equal(2, _service.Record.ChargedTasks);
    }

    private List<BatchEvent> Run(SpeechRow row) => _service.Run([row], _folder.Path);

    private byte[] Edit()
    {
        byte[] bytes = File.ReadAllBytes(File1);
        bytes[^1] ^= 0x55;
        File.WriteAllBytes(File1, bytes);
        File.SetLastWriteTimeUtc(File1, DateTime.UtcNow.AddMinutes(1));
        return bytes;
    }

    // The ledger as versions wrote it that knew a file by its length.
    private void ForgetMarks() => File.WriteAllLines(LedgerLocation.FileIn(_folder.Path), Lines.Select(line =>
    {
        LedgerEvent happened = LedgerEvent.Parse(System.Text.Encoding.UTF8.GetBytes(line))!;
        return System.Text.Encoding.UTF8.GetString((happened with { Written = null, Content = null, Over = null }).ToLine()).TrimEnd();
    }));
}
