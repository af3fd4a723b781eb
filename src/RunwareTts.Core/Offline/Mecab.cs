using System.Collections.Concurrent;

namespace RunwareTts.Offline;

/// <summary>MeCab as a child process: it reads kanji as kana, which espeak-ng cannot. Kana, Latin letters and digits pass.</summary>
internal static class Mecab
{
    private static readonly ConcurrentDictionary<string, Task<bool>> Readers = new();

    public static bool IsHere => Find() is not null;

    /// <summary>Writes how a text is read, in katakana, into another file.</summary>
    /// <returns>The file to speak: the text itself where there is no MeCab.</returns>
    public static async Task<string> ReadAsync(string textFile, string readingFile, CancellationToken token)
    {
        if (Find() is not { } program)
            return textFile;
        await ChildProcess.RunAsync(program, ["-Oyomi", "-o", readingFile, textFile], token).ConfigureAwait(false);
        return readingFile;
    }

    private static string? Find() => Program.Mecab.Find() is { } program && Readers.GetOrAdd(program, ReadsAsync).GetAwaiter().GetResult() ? program : null;

    // With a dictionary in EUC-JP or Shift-JIS it leaves kanji as they are and says nothing; without one it fails.
    private static async Task<bool> ReadsAsync(string program)
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "東京");
            return (await ChildProcess.RunAsync(program, ["-Oyomi", file], CancellationToken.None).ConfigureAwait(false)).Trim() == "トウキョウ";
        }
        catch (TtsException)
        {
            return false;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
