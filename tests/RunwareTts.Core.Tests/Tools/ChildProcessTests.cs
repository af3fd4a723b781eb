using System.Diagnostics;
using System.Globalization;
using RunwareTts.Tests.Providers.Offline;
using RunwareTts.Tools;

namespace RunwareTts.Tests.Tools;

/// <summary>No program outlives its caller, and a failure says why.</summary>
public sealed class ChildProcessTests
{
    [ShellFact]
    public async Task It_is_killed_by_its_token()
    {
        using CancellationTokenSource stop = new();
        Task<string> run = ChildProcess.RunAsync("/bin/sh", null, ["-c", "exec sleep 600"], stop.Token);
        stop.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }

    [ShellFact]
    public void It_is_killed_when_it_is_disposed()
    {
        int id;
        using (ChildProcess child = Start("echo $$; exec sleep 600", isFed: false))
            id = int.Parse(new StreamReader(child.Output).ReadLine()!, CultureInfo.InvariantCulture);
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(id));
    }

    [ShellFact]
    public async Task It_fails_with_its_last_words()
    {
        TtsException error = await Assert.ThrowsAsync<TtsException>(() =>
            ChildProcess.RunAsync("/bin/sh", null, ["-c", "echo no room >&2; exit 3"], CancellationToken.None));
        Assert.Equal(("OfflineToolFailed", "sh failed: no room (exit code 3)"), (error.ErrorId, error.Message));
    }

    [ShellFact]
    public async Task It_reads_what_it_is_fed()
    {
        using ChildProcess child = Start("read word; test \"$word\" = hello", isFed: true);
        await child.Input.WriteAsync("hello\n"u8.ToArray());
        await child.FinishAsync();
    }

    [ShellFact]
    public async Task It_failed_if_it_did_not_take_all()
    {
        using ChildProcess child = Start("exit 0", isFed: true);
        TtsException error = await Assert.ThrowsAsync<TtsException>(() => child.FinishAsync(tookAll: false));
        Assert.Equal("OfflineToolFailed", error.ErrorId);
    }

    private static ChildProcess Start(string script, bool isFed) =>
        ChildProcess.Start("/bin/sh", null, ["-c", script], isFed, CancellationToken.None);
}
