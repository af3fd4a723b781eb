using System.Diagnostics;
using RunwareTts.Ledger;

namespace RunwareTts.Tests.Ledger;

/// <summary>A ledger's lock in another process, also one in which .NET locks no file, as on a file system without locks.</summary>
internal sealed class LockHolder : IDisposable
{
    private const string Taken = "taken";

    private readonly Process _process;

    private LockHolder(Process process) => _process = process;

    /// <summary>It has the lock; otherwise it was refused, and has ended.</summary>
    public bool HasLock { get; private init; }

    public static LockHolder Start(string ledger, bool hasLocks)
    {
        Process process = Run("lock", ledger, hasLocks);
        return new LockHolder(process) { HasLock = process.StandardOutput.ReadLine() == Taken };
    }

    /// <summary>Runs many who want one lock in another process.</summary>
    /// <returns>How many had it at once.</returns>
    public static int StormElsewhere(string ledger, bool hasLocks)
    {
        using Process process = Run("lock-storm", ledger, hasLocks);
        string most = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return int.Parse(most, System.Globalization.CultureInfo.InvariantCulture);
    }

    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    public static int Hold(string ledger)
    {
        try
        {
            using IDisposable mine = LedgerLock.Take(ledger);
            Console.WriteLine(Taken);
            Console.In.ReadToEnd();
            return 0;
        }
        catch (TtsException e)
        {
            Console.WriteLine(e.ErrorId);
            return 1;
        }
    }

    public static int Storm(string ledger)
    {
        Console.Write(Most(ledger, wanted: 300));
        return 0;
    }

    /// <summary>How many of six threads ever have the lock at once.</summary>
    public static int Most(string ledger, int wanted)
    {
        int holders = 0;
        int most = 0;
        int taken = 0;
        Thread[] threads = [.. Enumerable.Range(0, 6).Select(_ => new Thread(() =>
        {
            while (Volatile.Read(ref taken) < wanted)
            {
                try
                {
                    using IDisposable mine = LedgerLock.Take(ledger);
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
        return most;
    }

    private static Process Run(string what, string ledger, bool hasLocks)
    {
        ProcessStartInfo start = new("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.ArgumentList.Add(typeof(LockHolder).Assembly.Location);
        start.ArgumentList.Add(what);
        start.ArgumentList.Add(ledger);
        start.Environment["DOTNET_SYSTEM_IO_DISABLEFILELOCKING"] = hasLocks ? "0" : "1";
        return Process.Start(start)!;
    }
}
