using System.Collections.Concurrent;
using RunwareTts.Files;

namespace RunwareTts.Tools;

/// <summary>MeCab as a child process: it reads kanji as kana, which espeak-ng cannot. Kana, Latin letters and digits pass.</summary>
internal static class Mecab
{
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(5);
    private static readonly ConcurrentDictionary<string, Task<bool>> Trials = new();

    /// <summary>It is there and can read. A program is tried once, and for seconds at most.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled. The trial goes on, for whoever asks
    /// next.</exception>
    public static bool IsHere(CancellationToken token)
    {
        Task<string?> found = FindAsync();
        found.Wait(token);
        return found.Result is not null;
    }

    /// <summary>
    /// A trial that failed counts for one command: before the next one a dictionary may have been installed.
    /// </summary>
    public static void ForgetFailures()
    {
        foreach (string program in Trials.Where(t => t.Value is { IsCompleted: true, Result: false })
            .Select(t => t.Key))
            Trials.TryRemove(program, out _);
    }

    /// <summary>Writes how a text is read, in katakana, into another file.</summary>
    /// <returns>The file to speak: the text itself where there is no MeCab.</returns>
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

    // A program that the killed one has started may hold its output open for longer: that is not waited for.
    private static async Task<bool> TryAsync(string program)
    {
        using CancellationTokenSource patience = new(MaxTime);
        Task<bool> reads = ReadsAsync(program, patience.Token);
        await Task.WhenAny(reads, Task.Delay(MaxTime + MaxTime)).ConfigureAwait(false);
        return reads.IsCompleted && await reads.ConfigureAwait(false);
    }

    // With a dictionary in EUC-JP or Shift-JIS it leaves kanji as they are and says nothing; without one it fails.
    private static async Task<bool> ReadsAsync(string program, CancellationToken token)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "東京");
            WorkFolder folder = WorkFolder.Of(file);
            string[] arguments = ["-Oyomi", folder.NameOf(file)];
            return (await ChildProcess.RunAsync(program, folder, arguments, token).ConfigureAwait(false))
                .Trim() == "トウキョウ";
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
