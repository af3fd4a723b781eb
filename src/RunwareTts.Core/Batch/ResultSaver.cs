using RunwareTts.Audio;
using RunwareTts.Files;
using RunwareTts.Requests;

namespace RunwareTts.Batch;

/// <summary>Brings a result's bytes to its file, checked before they bear its name; or leaves them where they are.</summary>
internal sealed class ResultSaver(Func<SpeechResult, Stream, CancellationToken, Task> fetch, RetryDelay delay)
{
    private const int MostTries = 3;

    // What came whole and is wrong is fetched once more: the next time it is most often the same.
    private const int MostWrong = 2;

    /// <summary>Saves one result of a task and tells of it, or of why it could not be.</summary>
    /// <param name="result">The result.</param>
    /// <param name="order">Where it goes.</param>
    /// <param name="emit">Takes what happened.</param>
    /// <param name="source">The row as it was given.</param>
    /// <param name="token">Stops the download.</param>
    public async Task TellAsync(SpeechResult result, SaveOrder order, Action<BatchEvent> emit, object? source, CancellationToken token)
    {
        try
        {
            emit(new BatchEvent.Spoken(await SaveAsync(result, order, token).ConfigureAwait(false)));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            emit(new BatchEvent.Failed(e as TtsException ?? Errors.Unexpected(e, order.Describe(new Saved(null, null, null, result)).TaskUUID), source));
        }
    }

    /// <exception cref="TtsException">DownloadFailed, AudioInvalid, OutputNotWritten; each with the result in Speech.</exception>
    public async Task<TtsSpeech> SaveAsync(SpeechResult result, SaveOrder order, CancellationToken token)
    {
        if (order.Path is not { } path)
            return order.Describe(InMemory(result, order));

        TtsSpeech unsaved = order.Describe(new Saved(null, null, null, result));
        int wrong = 0;
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
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
            {
                throw Errors.WriteFailed(path, e, unsaved);
            }

            await Task.Delay(delay.Next(attempt, null), token).ConfigureAwait(false);
        }
    }

    private async Task<Saved> WriteAsync(SpeechResult result, SaveOrder order, string path, CancellationToken token)
    {
        Saved saved = new(path, null, null, result with { Data = null });
        await AtomicFile.WriteAsync(
            path,
            order.Overwrite,
            stream => order.Source?.Invoke(stream, token) ?? fetch(result, stream, token),
            stream => saved = saved with { Audio = Inspect(stream, order) with { Path = path }, Size = stream.Length },
            () => order.Record?.Invoke(saved) ?? Task.CompletedTask).ConfigureAwait(false);
        return saved;
    }

    private static Saved InMemory(SpeechResult result, SaveOrder order)
    {
        if (result.Data is not { } data)
            return new Saved(null, null, null, result);
        try
        {
            using MemoryStream stream = new(data);
            return new Saved(null, Inspect(stream, order), data.Length, result);
        }
        catch (AudioFormatException e)
        {
            throw Errors.AudioInvalid("this result", e.Message, order.Describe(new Saved(null, null, data.Length, result)));
        }
    }

    private static TtsAudioInfo Inspect(Stream stream, SaveOrder order) =>
        AudioCheck.Read(stream, order.Format, order.SampleRate, order.Channels);
}
