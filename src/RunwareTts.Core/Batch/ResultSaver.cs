using RunwareTts.Audio;
using RunwareTts.Files;
using RunwareTts.Ledger;
using RunwareTts.Providers;
using RunwareTts.Requests;
using RunwareTts.Tags;

namespace RunwareTts.Batch;

/// <summary>Brings a result's bytes to its file, checked before they bear its name; or leaves them where they are.</summary>
internal sealed class ResultSaver(Func<SpeechResult, Stream, CancellationToken, Task> fetch, RetryDelay delay)
{
    private const int MostTries = 3;

    // What came whole and is wrong is fetched once more: the next time it is most often the same.
    private const int MostWrong = 2;

    // However long it asks to wait: the rows after this one wait too.
    private static readonly TimeSpan MaxRest = TimeSpan.FromSeconds(10);

    /// <summary>Saves one result of a task and tells of it, or of why it could not be.</summary>
    /// <inheritdoc cref="TrySaveAsync"/>
    public async Task TellAsync(SpeechResult result, SaveOrder order, Action<BatchEvent> emit, object? source, CancellationToken token)
    {
        if (await TrySaveAsync(result, order, emit, source, token).ConfigureAwait(false) is { } speech)
            Tell(speech, emit);
    }

    /// <summary>Saves one result of a task; null when it could not be, which is told.</summary>
    /// <param name="result">The result.</param>
    /// <param name="order">Where it goes.</param>
    /// <param name="emit">Takes what happened.</param>
    /// <param name="source">The row as it was given.</param>
    /// <param name="token">Stops the download.</param>
    public async Task<TtsSpeech?> TrySaveAsync(SpeechResult result, SaveOrder order, Action<BatchEvent> emit, object? source, CancellationToken token)
    {
        try
        {
            return await SaveAsync(result, order, token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            emit(new BatchEvent.Failed(e as TtsException ?? Errors.Unexpected(e, order.Describe(new Saved(null, null, null, result)).TaskUUID), source));
            return null;
        }
    }

    /// <summary>Tells of a saved result, and before it of what is doubtful about it.</summary>
    public static void Tell(TtsSpeech speech, Action<BatchEvent> emit)
    {
        if (speech.Suspect is not null)
            emit(new BatchEvent.Warned(SpeechLength.Explain(speech)));
        emit(new BatchEvent.Spoken(speech));
    }

    /// <exception cref="TtsException">DownloadFailed, AudioInvalid, OutputNotWritten; each with the result in Speech.</exception>
    /// <exception cref="NotWantedException">The order does not accept it.</exception>
    public async Task<TtsSpeech> SaveAsync(SpeechResult result, SaveOrder order, CancellationToken token)
    {
        if (order.Path is not { } path)
            return order.Describe(InMemory(result, order));

        TtsSpeech unsaved = order.Describe(new Saved(null, null, null, result));
        int wrong = 0;
        TimeSpan? asked = null;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return order.Describe(await WriteAsync(result, order, path, token).ConfigureAwait(false));
            }
            catch (AudioFormatException e)
            {
                if (++wrong == MostWrong || result.Data is not null)
                    throw Errors.AudioInvalid(path, e.Message, unsaved);
            }
            catch (TtsException e)
            {
                if (attempt >= MostTries || !e.IsTransient)
                    throw Errors.DownloadFailed(result.Url is { } url ? Presigned.Mask(url.OriginalString) : "", e.Message, unsaved, e);
                asked = e.RetryAfter > MaxRest ? MaxRest : e.RetryAfter;
            }
            catch (Exception e) when (FileFault.Is(e))
            {
                throw Errors.WriteFailed(path, e, unsaved);
            }

            await Task.Delay(delay.Next(attempt, asked), token).ConfigureAwait(false);
        }
    }

    /// <summary>Gives a file that is there other tags. Its audio is nobody's work but the disk's.</summary>
    /// <param name="saved">What is on record of it.</param>
    /// <param name="path">The file.</param>
    /// <param name="tags">All that it is to have.</param>
    /// <param name="ledger">Where it is on record.</param>
    /// <param name="describe">Makes the object of it.</param>
    /// <param name="token">Stops it.</param>
    /// <inheritdoc cref="SaveAsync"/>
    public Task<TtsSpeech> RetagAsync(LedgerEvent saved, string path, AudioTags tags, TaskLedger ledger, Func<Saved, TtsSpeech> describe, CancellationToken token)
    {
        TaskNotes notes = new(ledger, saved);
        SaveOrder order = new(path, saved.Audio?.Format, describe) { Tags = tags, Overwrite = true, IsSame = true, Record = again => notes.SavedAsync(again, saved.Index ?? 0) };
        return SaveAsync(SpeechWriter.ResultOf(saved), order.From(path), token);
    }

    private async Task<Saved> WriteAsync(SpeechResult result, SaveOrder order, string path, CancellationToken token)
    {
        Saved saved = new(path, null, null, result with { Data = null }) { Tags = order.Tags?.Hash, Before = order.IsSame ? new FileInfo(path).Length : null };
        Task Bring(Stream stream) => order.Source?.Invoke(stream, token) ?? fetch(result, stream, token);
        await AtomicFile.WriteAsync(
            path,
            order.Overwrite,
            stream => order.Tags is { } tags ? TagAsync(Bring, order, tags, stream, token) : Bring(stream),
            stream => saved = Accepted(saved with { Audio = Inspect(stream, order) with { Path = path }, Size = stream.Length }, order),
            mark => order.Record?.Invoke(saved with { Mark = mark }) ?? Task.CompletedTask).ConfigureAwait(false);
        return saved;
    }

    private static async Task TagAsync(Func<Stream, Task> bring, SaveOrder order, AudioTags tags, Stream target, CancellationToken token)
    {
        using FileStream plain = new(AtomicFile.TemporaryBeside(order.Path!), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 4096, FileOptions.DeleteOnClose);
        await bring(plain).ConfigureAwait(false);
        plain.Position = 0;
        // With its sizes put right, what is cut would look whole.
        TtsAudioInfo audio = Inspect(plain, order);
        await AudioTagger.WriteAsync(plain, audio.Format, tags, [], target, token).ConfigureAwait(false);
    }

    private static Saved InMemory(SpeechResult result, SaveOrder order)
    {
        if (result.Data is not { } data)
            return new Saved(null, null, null, result);
        try
        {
            using MemoryStream stream = new(data);
            return Accepted(new Saved(null, Inspect(stream, order), data.Length, result), order);
        }
        catch (AudioFormatException e)
        {
            throw Errors.AudioInvalid("this result", e.Message, order.Describe(new Saved(null, null, data.Length, result)));
        }
    }

    private static TtsAudioInfo Inspect(Stream stream, SaveOrder order) =>
        AudioCheck.Read(stream, order.Format, order.SampleRate, order.Channels);

    private static Saved Accepted(Saved saved, SaveOrder order) => order.Accept?.Invoke(saved) == false ? throw new NotWantedException() : saved;
}

/// <summary>A result came whole, and is not better than the one that is there.</summary>
internal sealed class NotWantedException : Exception;
