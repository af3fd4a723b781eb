using RunwareTts.Catalog;
using RunwareTts.Files;
using RunwareTts.Ledger;
using RunwareTts.Voices;

namespace RunwareTts.Review;

/// <summary>
/// The clips of a folder: what its ledger knows, in the order of the batch, and then all other audio files in it. A
/// ledger keeps neither texts nor styles.
/// </summary>
internal static class ReviewFolder
{
    /// <exception cref="TtsException">FileNotFound, FileNotReadable, InvalidRequest.Path.</exception>
    public static IEnumerable<TtsSpeech> Read(string folder, CancellationToken token)
    {
        if (!Directory.Exists(folder))
            throw Errors.NoFolder(folder);
        HashSet<string> seen = new(RealPath.Comparer);
        bool hasLedger = File.Exists(Path.Combine(folder, InsideDirectory.LedgerName));
        foreach (TtsLedgerEntry entry in hasLedger ? LedgerReader.Read(folder) : [])
        {
            token.ThrowIfCancellationRequested();
            foreach (TtsSpeech clip in OfEntry(entry))
            {
                seen.Add(clip.Path ?? "");
                yield return clip;
            }
        }

        string[] others = [.. AudioFilesIn(folder).Where(file => !seen.Contains(file))];
        Array.Sort(others, NumberedNames.Order);
        if (seen.Count + others.Length == 0)
            throw Errors.NoClipsIn(folder);
        foreach (string file in others)
            yield return new TtsSpeech { Path = file };
    }

    /// <summary>The results of one task of a ledger; none of a task without a result.</summary>
    public static IEnumerable<TtsSpeech> OfEntry(TtsLedgerEntry entry)
    {
        if (entry.Status is not ("Saved" or "Completed"))
            yield break;
        int results = Math.Max(entry.NumberResults ?? 1, 1);
        string? planned = entry is { OutputDirectory: { } folder, OutputPath: { } name }
            ? Path.GetFullPath(Path.Combine(folder, name)) : null;
        for (int result = 0; result < results; result++)
        {
            yield return new TtsSpeech
            {
                Id = entry.Id,
                Model = entry.Model,
                Voice = entry.Voice,
                Language = entry.Language,
                OutputFormat = entry.OutputFormat,
                Path = results == 1 || planned is null ? entry.Path : NumberedNames.Of(planned, result),
                AudioUrl = entry.AudioUrl,
                Cost = entry.Cost / results,
                TaskUUID = entry.TaskUUID,
                Provider = entry.Provider,
                Status = entry.Status,
            };
        }
    }

    private static IEnumerable<string> AudioFilesIn(string folder)
    {
        try
        {
            return [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(IsClip)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Errors.FileNotReadable(folder, e);
        }
    }

    // The clip of a kept voice belongs to the voice, not to the batch.
    private static bool IsClip(string file) =>
        SpeechCatalog.FindFormatByExtension(Path.GetExtension(file)) is not null
        && !Path.GetFileName(file).StartsWith('.')
        && !File.Exists(Path.ChangeExtension(file, VoiceFile.Suffix));
}
