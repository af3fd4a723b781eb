using System.Collections.Concurrent;
using RunwareTts.Files;

namespace RunwareTts.Offline;

/// <summary>MeCab as a child process: it reads kanji as kana, which espeak-ng cannot. Kana, Latin letters and digits pass.</summary>
internal static class Mecab
{
    private static readonly TimeSpan MostTime = TimeSpan.FromSeconds(5);
    private static readonly ConcurrentDictionary<string, Task<bool>> Readers = new();

    /// <summary>Tried once a program, and for seconds at most.</summary>
    public static bool IsHere => FindAsync().GetAwaiter().GetResult() is not null;

    /// <summary>Writes how a text is read, in katakana, into another file.</summary>
    /// <returns>The file to speak: the text itself where there is no MeCab.</returns>
    public static async Task<string> ReadAsync(string textFile, string readingFile, CancellationToken token)
    {
        if (await FindAsync().ConfigureAwait(false) is not { } program)
            return textFile;
        WorkFolder folder = WorkFolder.Of(textFile);
        string[] arguments = ["-Oyomi", "-o", folder.NameOf(readingFile), folder.NameOf(textFile)];
        await ChildProcess.RunAsync(program, folder, arguments, token).ConfigureAwait(false);
        return readingFile;
    }

    private static async Task<string?> FindAsync() => Program.Mecab.Find() is { } program && await Readers.GetOrAdd(program, ReadsAsync).ConfigureAwait(false) ? program : null;

    // With a dictionary in EUC-JP or Shift-JIS it leaves kanji as they are and says nothing; without one it fails.
    private static async Task<bool> ReadsAsync(string program)
    {
        using CancellationTokenSource patience = new(MostTime);
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "東京");
            WorkFolder folder = WorkFolder.Of(file);
            string[] arguments = ["-Oyomi", folder.NameOf(file)];
            return (await ChildProcess.RunAsync(program, folder, arguments, patience.Token).ConfigureAwait(false)).Trim() == "トウキョウ";
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
