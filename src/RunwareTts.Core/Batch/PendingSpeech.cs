using RunwareTts.Files;

namespace RunwareTts.Batch;

/// <summary>A result with a complete file under a temporary name. Dispose deletes it unless it was committed.</summary>
/// <param name="speech">The result with its file.</param>
/// <param name="unsaved">The result without its file, for an error.</param>
/// <param name="target">Where it goes.</param>
/// <param name="file">Its file; null where it has none.</param>
internal sealed class PendingSpeech(TtsSpeech speech, TtsSpeech unsaved, SaveTarget target, PendingFile? file)
    : IDisposable
{
    public TtsSpeech Speech => speech;

    /// <summary>The length of the file with the same audio that it replaces.</summary>
    public long? Before { get; init; }

    /// <summary>The hash of its tags for the ledger.</summary>
    public string? Tags => target.Tags?.Hash;

    /// <summary>Records the file in the ledger, then renames it, so that a crash leaves no unknown file.</summary>
    /// <exception cref="TtsException">OutputNotWritten, with the result in Speech.</exception>
    public async Task<TtsSpeech> CommitAsync(TaskJournal? journal, int index)
    {
        if (file is null)
            return speech;
        try
        {
            FileMark mark = file.Close();
            if (journal is not null)
                await journal.SavedAsync(this, mark, index).ConfigureAwait(false);
            await file.CommitAsync(target.Replace != ReplaceMode.Never).ConfigureAwait(false);
            return speech;
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            throw Errors.WriteFailed(file.Path, e, unsaved);
        }
    }

    public void Dispose() => file?.Dispose();
}
