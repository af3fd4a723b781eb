using RunwareTts.Audio;
using RunwareTts.Files;
using RunwareTts.Requests;

namespace RunwareTts.Batch;

/// <summary>Brings a result's bytes to its file, checked before they bear its name; or leaves them where they are.</summary>
internal sealed class ResultSaver(Func<SpeechResult, Stream, CancellationToken, Task> fetch, bool force, BatchOptions options)
{
    private const int MostTries = 3;

    /// <summary>Saves one result of a task and tells of it, or of why it could not be.</summary>
    /// <param name="result">The result.</param>
    /// <param name="path">The file; null for none.</param>
    /// <param name="format">The format asked for; null for any.</param>
    /// <param name="describe">Makes the object of the result, with its file where there is one.</param>
    /// <param name="emit">Takes what happened.</param>
    /// <param name="source">The row as it was given.</param>
    /// <param name="token">Stops the download.</param>
    public async Task TellAsync(SpeechResult result, string? path, string? format, Func<Saved, TtsSpeech> describe, Action<BatchEvent> emit, object? source, CancellationToken token)
    {
        try
        {
            emit(new BatchEvent.Spoken(await SaveAsync(result, path, format, describe, token).ConfigureAwait(false)));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            emit(new BatchEvent.Failed(e as TtsException ?? Errors.Unexpected(e, describe(new Saved(null, null, null, result)).TaskUUID), source));
        }
    }

    /// <exception cref="TtsException">DownloadFailed, AudioInvalid, OutputNotWritten; each with the result in Speech.</exception>
    private async Task<TtsSpeech> SaveAsync(SpeechResult result, string? path, string? format, Func<Saved, TtsSpeech> describe, CancellationToken token)
    {
        if (path is null)
            return describe(InMemory(result, format, describe));

        TtsSpeech unsaved = describe(new Saved(null, null, null, result));
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return describe(await WriteAsync(result, path, format, token).ConfigureAwait(false));
            }
            catch (AudioFormatException e)
            {
                if (attempt >= MostTries || result.Data is not null)
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

            await Task.Delay(TimeSpan.FromTicks(options.FirstRetry.Ticks * attempt), token).ConfigureAwait(false);
        }
    }

    private async Task<Saved> WriteAsync(SpeechResult result, string path, string? format, CancellationToken token)
    {
        TtsAudioInfo? info = null;
        long size = 0;
        await AtomicFile.WriteAsync(
            path,
            force,
            stream => fetch(result, stream, token),
            stream =>
            {
                info = Inspect(stream, format);
                size = stream.Length;
            }).ConfigureAwait(false);
        return new Saved(path, info, size, result with { Data = null });
    }

    private static Saved InMemory(SpeechResult result, string? format, Func<Saved, TtsSpeech> describe)
    {
        if (result.Data is not { } data)
            return new Saved(null, null, null, result);
        try
        {
            using MemoryStream stream = new(data);
            return new Saved(null, Inspect(stream, format), data.Length, result);
        }
        catch (AudioFormatException e)
        {
            throw Errors.AudioInvalid("this result", e.Message, describe(new Saved(null, null, data.Length, result)));
        }
    }

    private static TtsAudioInfo Inspect(Stream stream, string? format)
    {
        TtsAudioInfo info = AudioInfoReader.Read(stream);
        return format is null || info.Format == format
            ? info
            : throw new AudioFormatException($"it is {info.Format} and not {format}.");
    }
}

/// <summary>A result and what became of its bytes.</summary>
internal sealed record Saved(string? Path, TtsAudioInfo? Audio, long? Size, SpeechResult Result);
