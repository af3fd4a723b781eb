using RunwareTts.Ledger;

namespace RunwareTts.Tests.Ledger;

/// <summary>One process at a time on a ledger.</summary>
public sealed class LedgerLockTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Ledger => Path.Combine(_folder.Path, "tts-ledger.jsonl");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void However_they_come_and_go_only_one_has_it() => Assert.Equal(1, LockHolder.Most(Ledger, wanted: 2000));

    [Fact]
    public void However_they_come_and_go_without_locks_only_one_has_it()
    {
        Assert.Equal(1, LockHolder.StormElsewhere(Ledger, hasLocks: false));
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void Another_process_is_kept_away_where_files_can_be_locked_and_where_not(bool firstHasLocks, bool secondHasLocks)
    {
        using (LockHolder first = LockHolder.Start(Ledger, firstHasLocks))
        {
            Assert.True(first.HasLock);
            using LockHolder refused = LockHolder.Start(Ledger, secondHasLocks);
            Assert.False(refused.HasLock);
        }

        Assert.Empty(Directory.GetFiles(_folder.Path));
        using LockHolder second = LockHolder.Start(Ledger, secondHasLocks);
        Assert.True(second.HasLock);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void One_that_was_killed_stands_in_nobodys_way(bool firstHasLocks, bool secondHasLocks)
    {
        using LockHolder killed = LockHolder.Start(Ledger, firstHasLocks);
        killed.Kill();
        using LockHolder second = LockHolder.Start(Ledger, secondHasLocks);
        Assert.True(second.HasLock);
    }

    [Fact]
    public void One_of_another_machine_without_locks_is_named_with_the_file_to_remove()
    {
        File.WriteAllText(Ledger + LedgerLock.Suffix, "unlocked\nrender-7|1234|x:99");
        TtsException error = Assert.Throws<TtsException>(() => LedgerLock.Take(Ledger));
        Assert.Equal("LedgerLocked", error.ErrorId);
        Assert.Contains("process 1234 of the machine render-7", error.Message, StringComparison.Ordinal);
        Assert.Contains($"remove {Ledger}{LedgerLock.Suffix}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_an_earlier_version_has_left_of_its_lock_is_in_nobodys_way()
    {
        File.WriteAllText(Ledger + LedgerLock.Suffix, "");
        LedgerLock.Take(Ledger).Dispose();
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_not_taken_for_another_process()
    {
        Assert.Throws<DirectoryNotFoundException>(() => LedgerLock.Take(Path.Combine(_folder.Path, "gone", "tts-ledger.jsonl")));
        // As of a full or read-only disk: an IOException, and nobody has it.
        Assert.IsNotType<TtsException>(Record.Exception(() => LedgerLock.Take($"/dev/full/{Guid.NewGuid():N}")));
    }
}
