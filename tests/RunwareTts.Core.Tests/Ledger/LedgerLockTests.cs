using RunwareTts.Ledger;

namespace RunwareTts.Tests.Ledger;

/// <summary>One process at a time on a ledger.</summary>
public sealed class LedgerLockTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string Ledger => Path.Combine(_folder.Path, "tts-ledger.jsonl");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void However_they_come_and_go_only_one_has_it()
    {
        const int Wanted = 2000;
        int holders = 0;
        int most = 0;
        int taken = 0;
        Thread[] threads = [.. Enumerable.Range(0, 6).Select(_ => new Thread(() =>
        {
            while (Volatile.Read(ref taken) < Wanted)
            {
                try
                {
                    using IDisposable mine = LedgerLock.Take(Ledger);
                    int now = Interlocked.Increment(ref holders);
                    if (now > Volatile.Read(ref most))
                        Volatile.Write(ref most, now);
                    Interlocked.Increment(ref taken);
                    Thread.SpinWait(50);
                    Interlocked.Decrement(ref holders);
                }
                catch (TtsException e) when (e.ErrorId == "LedgerLocked")
                {
                    Thread.Yield();
                }
            }
        }))];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        Assert.Equal(1, most);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_not_taken_for_another_process()
    {
        Assert.Throws<DirectoryNotFoundException>(() => LedgerLock.Take(Path.Combine(_folder.Path, "gone", "tts-ledger.jsonl")));
        // As of a full or read-only disk: an IOException, and nobody has it.
        Assert.IsNotType<TtsException>(Record.Exception(() => LedgerLock.Take($"/dev/full/{Guid.NewGuid():N}")));
    }
}
