using System.Collections.Concurrent;
using RunwareTts.Files;
using RunwareTts.Tools;

namespace RunwareTts.Providers.Offline;

/// <summary>MeCab as a child process. It turns kanji into katakana, which espeak-ng can read.</summary>
internal static class KanjiReader
{
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(5);
    private static readonly ConcurrentDictionary<string, Task<bool>> Trials = new();

    /// <summary>It is installed and can read kanji. Each program is tried once, for a few seconds at most.</summary>
    /// <exception cref="OperationCanceledException">The trial goes on, for the next caller.</exception>
    public static bool IsHere(CancellationToken token)
    {
        Task<string?> found = FindAsync();
        found.Wait(token);
        return found.Result is not null;
    }

    /// <summary>Before the next command a dictionary may have been installed.</summary>
    public static void ForgetFailures()
    {
        foreach ((string program, Task<bool> reads) in Trials.Select(t => (t.Key, t.Value)))
        {
            if (reads is { IsCompleted: true, Result: false })
                Trials.TryRemove(program, out _);
        }
    }

    /// <summary>Writes the reading of a text, in katakana, into another file.</summary>
    /// <returns>The file to speak: without MeCab, the text itself.</returns>
    public static async Task<string> ReadAsync(string textFile, string readingFile, CancellationToken token)
    {
        Task<string?> found = FindAsync();
        await Task.WhenAny(found, Task.Delay(Timeout.Infinite, token)).ConfigureAwait(false);
        token.ThrowIfCancellationRequested();
        if (await found.ConfigureAwait(false) is not { } program)
            return textFile;
        WorkFolder folder = WorkFolder.Of(textFile);
        string[] arguments = ["-Oyomi", "-o", folder.NameOf(readingFile), folder.NameOf(textFile)];
        await ChildProcess.RunAsync(program, folder, arguments, token).ConfigureAwait(false);
        return readingFile;
    }

    private static async Task<string?> FindAsync() =>
        Program.Mecab.Find() is { } program && await Trials.GetOrAdd(program, TryAsync).ConfigureAwait(false)
            ? program : null;

    // A program that the killed one has started may hold its output open for longer; it is not waited for.
    private static async Task<bool> TryAsync(string program)
    {
        using CancellationTokenSource patience = new(MaxTime);
        Task<bool> reads = ReadsAsync(program, patience.Token);
        await Task.WhenAny(reads, Task.Delay(MaxTime + MaxTime)).ConfigureAwait(false);
        return reads.IsCompleted && await reads.ConfigureAwait(false);
    }

    // With a dictionary in EUC-JP or Shift-JIS it silently keeps kanji as they are; without one it fails.
    private static async Task<bool> ReadsAsync(string program, CancellationToken token)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "東京");
            WorkFolder folder = WorkFolder.Of(file);
            string[] arguments = ["-Oyomi", folder.NameOf(file)];
            string reading = await ChildProcess.RunAsync(program, folder, arguments, token).ConfigureAwait(false);
            return reading.Trim() == "トウキョウ";
        }
        catch (Exception e) when (e is TtsException or OperationCanceledException)
        {
            return false;
        }
        finally
        {
            await FileRetry.TidyAsync(file).ConfigureAwait(false);
        }
    }
}
