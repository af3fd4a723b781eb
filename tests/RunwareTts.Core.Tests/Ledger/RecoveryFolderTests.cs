using System.Diagnostics;
using RunwareTts.Ledger;

namespace RunwareTts.Tests.Ledger;

/// <summary>What was sent without a folder: files of many processes, merged when these have ended, and nothing lost or counted twice.</summary>
public sealed class RecoveryFolderTests : IDisposable
{
    private const int Many = 40;

    private readonly TempFolder _folder = new();
    private readonly RecoveryFolder _recovery;

    public RecoveryFolderTests() => _recovery = new RecoveryFolder(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Those_of_processes_that_have_ended_become_one_and_all_is_known()
    {
        Guid[] tasks = [.. Enumerable.Range(0, Many).Select(Leave)];
        RecoveryEvents events = new(_recovery, merges: true);
        for (int n = 0; n < Many; n++)
            Assert.Equal(tasks[n], Find(events, $"hash {n}")!.Task);
        Assert.Single(Directory.GetFiles(_folder.Path));
        Assert.Equal(tasks.Order(), new RecoveryEvents(_recovery, merges: false).FirstOfTasks().Select(e => e.Task).Order());
        // And again, with the merged one among them.
        Guid[] more = [.. Enumerable.Range(Many, Many).Select(Leave)];
        _recovery.Merge();
        Assert.Single(Directory.GetFiles(_folder.Path));
        Assert.Equal(tasks.Concat(more).Order(), new RecoveryEvents(_recovery, merges: false).FirstOfTasks().Select(e => e.Task).Order());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_end_of_a_task_counts_although_its_sender_has_written_later(bool isMerged)
    {
        LedgerEvent sent = Past.Submitted("a") with { Endpoint = "here" };
        LedgerEvent taken = sent with { Event = LedgerEventKind.Accepted };
        LedgerResult made = new("x", "https://example.org/x", null);
        LedgerEvent done = sent with { Event = LedgerEventKind.Completed, Results = [made] };
        using Process self = Process.GetCurrentProcess();
        string waiter = Path.Combine(_folder.Path, $"20260101T000001Z-{int.MaxValue}-0123abcd.jsonl");
        string sender = Path.Combine(_folder.Path, $"20260101T000000Z-{self.Id}-0123abcd.jsonl");
        File.WriteAllBytes(waiter, done.ToLine());
        File.WriteAllBytes(sender, [.. sent.ToLine(), .. taken.ToLine(), .. Past.Submitted("b").ToLine()]);
        File.SetLastWriteTimeUtc(waiter, DateTime.UtcNow.AddMinutes(-1));
        if (isMerged)
        {
            for (int n = 0; n < Many; n++)
                Leave(n);
            _recovery.Merge();
            Assert.False(File.Exists(waiter));
        }

        RecoveryEvents events = new(_recovery, merges: false);
        Assert.True(Find(events, "a")!.IsDone);
        Assert.True(events.Look(index => index.FindTask(sent.Task))!.IsDone);
        Assert.False(Find(events, "b")!.IsDone);
    }

    [Fact]
    public async Task One_that_is_written_is_left_alone()
    {
        using TaskLedger living = LedgerLocation.OpenRecovery(_recovery);
        await living.AppendAsync(Past.Submitted("mine"));
        string own = Assert.Single(_recovery.Files());
        for (int n = 0; n < Many; n++)
            Leave(n);
        _recovery.Merge();
        Assert.True(File.Exists(own));
        Assert.Equal(2, _recovery.Files().Length);
        await living.AppendAsync(Past.Submitted("more"));
        Assert.Equal(Many + 2, new RecoveryEvents(_recovery, merges: false).FirstOfTasks().Count());
    }

    [Fact]
    public void One_of_a_process_that_runs_an_earlier_version_is_left_alone()
    {
        using Process self = Process.GetCurrentProcess();
        string theirs = Path.Combine(_folder.Path, $"20260101T000000Z-{self.Id}-0123abcd.jsonl");
        File.WriteAllBytes(theirs, Past.Submitted("theirs").ToLine());
        for (int n = 0; n < Many; n++)
            Leave(n);
        _recovery.Merge();
        Assert.True(File.Exists(theirs));
        Assert.Equal(2, _recovery.Files().Length);
    }

    [Fact]
    public void A_merge_that_was_killed_before_it_had_tidied_up_has_nothing_count_twice()
    {
        for (int n = 0; n < Many; n++)
            Leave("same");
        byte[][] before = [.. _recovery.Files().Select(File.ReadAllBytes)];
        string[] names = _recovery.Files();
        Assert.Equal(Many, CountGenerations("same"));
        _recovery.Merge();
        for (int n = 0; n < names.Length; n++)
            File.WriteAllBytes(names[n], before[n]);
        File.WriteAllText(Path.Combine(_folder.Path, "half.merging"), "{");
        Assert.Equal(Many, CountGenerations("same"));
        for (int n = 0; n < Many; n++)
            Leave(n);
        _recovery.Merge();
        Assert.Equal(Many, CountGenerations("same"));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void What_was_found_before_a_merge_is_found_after_it()
    {
        Guid[] tasks = [.. Enumerable.Range(0, Many).Select(Leave)];
        RecoveryEvents events = new(_recovery, merges: false);
        Assert.Equal(tasks[0], Find(events, "hash 0")!.Task);
        _recovery.Merge();
        for (int n = 0; n < Many; n++)
            Assert.Equal(tasks[n], Find(events, $"hash {n}")!.Task);
    }

    [Fact]
    public async Task Many_who_merge_and_write_at_one_time_lose_nothing()
    {
        const int Writers = 6;
        const int Each = 40;
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(() =>
        {
            for (int n = 0; n < Each; n++)
            {
                Leave($"{writer} {n}");
                if (n % 5 == writer % 5)
                    _recovery.Merge();
                RecoveryEvents events = new(_recovery, merges: false);
                for (int known = 0; known <= n; known += 7)
                    Assert.NotNull(Find(events, $"{writer} {known}"));
            }
        })));
        Assert.Equal(Writers * Each, new RecoveryEvents(_recovery, merges: true).FirstOfTasks().Count());
    }

    [Fact]
    public void A_folder_asks_for_it_only_when_it_does_not_know_a_row_itself()
    {
        using TempFolder batch = new();
        Past.Write(batch.Path, Past.Submitted("known") with { Event = LedgerEventKind.Completed, Results = [new LedgerResult("a", null, null)] });
        Guid elsewhere = Leave("elsewhere");
        string file = Assert.Single(_recovery.Files());
        using TaskLedger ledger = LedgerLocation.OpenDirectory(batch.Path, _recovery);
        File.Move(file, file + "-away");
        Assert.NotNull(ledger.FindRequest("known"));
        File.Move(file + "-away", file);
        Assert.Equal(elsewhere, ledger.FindRequest("elsewhere")!.Task);
    }

    [Fact]
    public void What_a_folder_knows_of_a_task_counts_more()
    {
        using TempFolder batch = new();
        Guid task = Guid.NewGuid();
        LedgerEvent sent = Past.Submitted("a", task);
        File.WriteAllBytes(_recovery.NewFile(), [.. sent.ToLine(), .. (sent with { Event = LedgerEventKind.Accepted }).ToLine()]);
        Past.Write(batch.Path, sent with { Event = LedgerEventKind.Saved, Results = [new LedgerResult("a", null, null)], File = "a.mp3", Bytes = 5, Index = 0 });
        using TaskLedger ledger = LedgerLocation.OpenDirectory(batch.Path, _recovery);
        Assert.Equal(LedgerEventKind.Saved, ledger.FindTask(task)!.Event);
    }

    [Theory]
    [InlineData("HOME", "/nonexistent")]
    [InlineData("HOME", "relative")]
    [InlineData("XDG_STATE_HOME", "relative")]
    [InlineData("XDG_STATE_HOME", "")]
    [InlineData("HOME", "")]
    [InlineData("HOME", null)]
    public void It_never_follows_the_working_folder(string variable, string? value)
    {
        ProcessStartInfo start = new("dotnet") { RedirectStandardOutput = true, WorkingDirectory = _folder.Path };
        start.ArgumentList.Add(typeof(RecoveryFolderTests).Assembly.Location);
        start.ArgumentList.Add("state-folder");
        start.Environment.Remove("XDG_STATE_HOME");
        start.Environment["DOTNET_CLI_HOME"] = _folder.Path;
        if (value is null)
            start.Environment.Remove(variable);
        else
            start.Environment[variable] = value;
        Directory.CreateDirectory(Path.Combine(_folder.Path, "relative"));
        using Process process = Process.Start(start)!;
        string said = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        Assert.Equal(variable == "HOME" && value is { Length: > 0 }, said == "OutputNotWritten");
        Assert.True(said == "OutputNotWritten" || Path.IsPathRooted(said));
        Assert.DoesNotContain(_folder.Path, said, StringComparison.Ordinal);
    }

    private static LedgerEvent? Find(RecoveryEvents events, string hash) =>
        events.Look(index => index.FindRequest(hash));

    private int CountGenerations(string hash) =>
        new RecoveryEvents(_recovery, merges: false).Look(index => index.CountGenerations(hash));

    private Guid Leave(int n) => Leave($"hash {n}");

    // As a process leaves it that was killed: nobody has its lock.
    private Guid Leave(string hash)
    {
        LedgerEvent sent = Past.Submitted(hash);
        LedgerEvent done = sent with { Event = LedgerEventKind.Completed, Results = [new LedgerResult("a", null, 0.1m)] };
        string file = _recovery.NewFile();
        File.WriteAllBytes(file + ".new", [.. sent.ToLine(), .. done.ToLine()]);
        File.Move(file + ".new", file);
        return sent.Task;
    }
}
