using RunwareTts.Audio;
using RunwareTts.Files;
using RunwareTts.Ledger;
using RunwareTts.Levels;
using RunwareTts.Providers;
using RunwareTts.Requests;
using RunwareTts.Tags;

namespace RunwareTts.Batch;

/// <summary>
/// Writes a result into a temporary file next to its final name, checks it and renames it. A result without a file is
/// checked in memory.
/// </summary>
internal sealed class ResultSaver(IAudioSource source, RetryDelay delay)
{
    private const int MaxTries = 3;

    // A complete download that fails the check is fetched once more only: the next one mostly fails too.
    private const int MaxInvalid = 2;

    /// <summary>Saves a result.</summary>
    /// <param name="speech">The unsaved result.</param>
    /// <param name="target">Where it goes.</param>
    /// <param name="journal">Records the file; null for none.</param>
    /// <param name="index">Which result of its task it is, from 0.</param>
    /// <param name="token">Stops the download.</param>
    /// <param name="copyOf">A file with the same audio, which is read instead of the service; null for none.</param>
    /// <exception cref="TtsException">
    /// DownloadFailed, AudioInvalid, OutputNotWritten; each with the result in Speech.
    /// </exception>
    public async Task<TtsSpeech> SaveAsync(
        TtsSpeech speech, SaveTarget target, TaskJournal? journal, int index, CancellationToken token,
        string? copyOf = null)
    {
        using PendingSpeech pending = await PrepareAsync(speech, target, token, copyOf).ConfigureAwait(false);
        return await pending.CommitAsync(journal, index).ConfigureAwait(false);
    }

    /// <summary>The same without the rename, so that the caller can discard the file.</summary>
    /// <inheritdoc cref="SaveAsync"/>
    public async Task<PendingSpeech> PrepareAsync(
        TtsSpeech speech, SaveTarget target, CancellationToken token, string? copyOf = null)
    {
        if (target.Path is not { } path)
            return new PendingSpeech(
                await InMemoryAsync(speech, target, token).ConfigureAwait(false), speech, target, null);

        int invalid = 0;
        TimeSpan? asked = null;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return await WriteAsync(speech, target, path, copyOf, token).ConfigureAwait(false);
            }
            catch (AudioFormatException e)
            {
                if (++invalid == MaxInvalid || speech.AudioData is not null)
                    throw Errors.AudioInvalid(path, e.Message, speech);
            }
            catch (TtsException e)
            {
                if (attempt >= MaxTries || !e.IsTransient)
                    throw Errors.DownloadFailed(
                        speech.AudioUrl is { } url ? Presigned.Mask(url) : "", e.Message, speech, e);
                asked = e.RetryAfter;
            }
            catch (Exception e) when (FileFault.Is(e))
            {
                throw Errors.WriteFailed(path, e, speech);
            }

            await Task.Delay(delay.NextBrief(attempt, asked), token).ConfigureAwait(false);
        }
    }

    /// <summary>Writes other tags into a saved file, from its own audio, so that nothing is downloaded.</summary>
    /// <param name="speech">The file.</param>
    /// <param name="saved">Its event in the ledger.</param>
    /// <param name="tags">All its tags afterwards.</param>
    /// <param name="ledger">The ledger.</param>
    /// <param name="token">Stops it.</param>
    /// <inheritdoc cref="SaveAsync"/>
    public Task<TtsSpeech> RetagAsync(
        TtsSpeech speech, LedgerEvent saved, AudioTags tags, TaskLedger ledger, CancellationToken token)
    {
        SaveTarget target = new(speech.Path, saved.Audio?.Format) { Tags = tags, Replace = ReplaceMode.SameAudio };
        return SaveAsync(speech, target, new TaskJournal(ledger, saved), saved.Index ?? 0, token, copyOf: speech.Path);
    }

    private async Task<PendingSpeech> WriteAsync(
        TtsSpeech speech, SaveTarget target, string path, string? copyOf, CancellationToken token)
    {
        long? before = target.Replace == ReplaceMode.SameAudio ? new FileInfo(path).Length : null;
        PendingFile file = new(path);
        try
        {
            if (target.Tags is { } tags)
            {
                using FileStream plain = new(PendingFile.TemporaryFor(path), FileMode.CreateNew, FileAccess.ReadWrite,
                    FileShare.None, 4096, FileOptions.DeleteOnClose);
                await FetchAsync(speech, copyOf, plain, token).ConfigureAwait(false);
                plain.Position = 0;
                // Writing tags corrects the sizes in the header, which would hide that the file was cut.
                string format = Inspect(plain, target).Format;
                await AudioTagger.WriteAsync(plain, format, tags, [], file.Stream, token).ConfigureAwait(false);
            }
            else
            {
                await FetchAsync(speech, copyOf, file.Stream, token).ConfigureAwait(false);
            }

            TtsAudioInfo audio = Inspect(file.Rewind(), target) with { Path = path };
            TtsSpeech saved = await WithTailAsync(
                SpeechFactory.WithAudio(speech, path, audio, file.Stream.Length), file.Stream, token)
                .ConfigureAwait(false);
            return new PendingSpeech(saved, speech, target, file) { Before = before };
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    // Of speech that ends where the model had to stop, the text may be complete all the same.
    private static async Task<TtsSpeech> WithTailAsync(TtsSpeech speech, Stream stream, CancellationToken token)
    {
        if (!speech.Truncated || speech.Parts is not null
            || await SilentTail.FindAsync(stream, speech.Audio!, token).ConfigureAwait(false) is not { } from)
            return speech;
        TtsSpeech heard = speech with { SilentFrom = from };
        return heard with { Suspect = SpeechLength.FindDoubt(heard) };
    }

    private async Task FetchAsync(TtsSpeech speech, string? copyOf, Stream stream, CancellationToken token)
    {
        if (copyOf is null)
        {
            await source.FetchAsync(ResultOf(speech), stream, token).ConfigureAwait(false);
            return;
        }

        using FileStream there = new(copyOf, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        await there.CopyToAsync(stream, 81920, token).ConfigureAwait(false);
    }

    /// <summary>Where the audio of a result is.</summary>
    public static SpeechResult ResultOf(TtsSpeech speech) =>
        new(speech.AudioUUID, speech.AudioUrl is { } url ? new Uri(url) : null, speech.AudioData, speech.Cost);

    private static async Task<TtsSpeech> InMemoryAsync(
        TtsSpeech speech, SaveTarget target, CancellationToken token)
    {
        if (speech.AudioData is not { } data)
            return speech;
        try
        {
            using MemoryStream stream = new(data);
            TtsSpeech heard = SpeechFactory.WithAudio(speech, null, Inspect(stream, target), data.Length);
            return await WithTailAsync(heard, stream, token).ConfigureAwait(false);
        }
        catch (AudioFormatException e)
        {
            throw Errors.AudioInvalid("this result", e.Message, speech with { Size = data.Length });
        }
    }

    private static TtsAudioInfo Inspect(Stream stream, SaveTarget target) =>
        AudioCheck.Read(stream, target.Format, target.SampleRate, target.Channels);
}
