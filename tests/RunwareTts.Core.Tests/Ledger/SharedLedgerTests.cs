using RunwareTts.Ledger;

namespace RunwareTts.Tests.Ledger;

public sealed class SharedLedgerTests
{
    [Fact]
    public async Task Pipelines_that_come_and_go_never_lock_one_another_out()
    {
        using TempFolder folder = new();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            for (int i = 0; i < 200; i++)
            {
                using TaskLedger ledger = LedgerPlace.OpenDirectory(folder.Path);
                await ledger.AppendAsync(Submitted());
            }
        })));
        Assert.Equal(800, LedgerReader.Read(folder.Path).Count());
    }

    [Fact]
    public async Task A_ledger_that_was_taken_away_lets_nothing_leave()
    {
        using TempFolder folder = new();
        using TaskLedger ledger = LedgerPlace.OpenDirectory(folder.Path);
        await ledger.AppendAsync(Submitted());
        Directory.Move(folder.Path, folder.Path + "-moved");
        try
        {
            await Assert.ThrowsAnyAsync<IOException>(() => ledger.AppendAsync(Submitted()));
        }
        finally
        {
            Directory.Move(folder.Path + "-moved", folder.Path);
        }
    }

    private static LedgerEvent Submitted() => new() { Event = LedgerEventKind.Submitted, At = DateTimeOffset.UtcNow, Task = Guid.NewGuid() };
}
