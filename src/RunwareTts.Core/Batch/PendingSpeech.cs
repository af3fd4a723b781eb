using RunwareTts.Files;

namespace RunwareTts.Batch;

/// <summary>A result whose file is complete and not named yet. Disposed without CommitAsync, it is gone.</summary>
/// <param name="speech">The result as it will be.</param>
/// <param name="unsaved">The same without its file, for an error.</param>
/// <param name="target">Where it goes.</param>
/// <param name="file">Its file; null where it has none.</param>
internal sealed class PendingSpeech(TtsSpeech speech, TtsSpeech unsaved, SaveTarget target, PendingFile? file)
    : IDisposable
{
    public TtsSpeech Speech => speech;

    /// <summary>The length of the file with the same audio that it replaces.</summary>
    public long? Before { get; init; }

    /// <summary>The tags that it got, as the ledger has them.</summary>
    public string? Tags => target.Tags?.Hash;

    /// <summary>Writes the file down, then gives it its name: a crash between the two leaves no unknown file.</summary>
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
