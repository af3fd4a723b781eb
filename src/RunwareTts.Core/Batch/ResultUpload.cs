using RunwareTts.Ledger;
using RunwareTts.Providers;
using RunwareTts.Providers.Runware;
using RunwareTts.Requests;

namespace RunwareTts.Batch;

/// <summary>
/// Puts audio that was generated before where its row wants it uploaded: the service uploads only what it generates.
/// </summary>
internal sealed class ResultUpload(ISpeechProvider provider, TaskLedger ledger, TaskRecall recall, RetryDelay delay)
{
    private const int MaxTries = 3;

    /// <summary>The row's audio is to be uploaded, and was not, by the service or from here.</summary>
    public bool IsDue(PlannedRow row) => IsDue(row.Request!, row.Identity, ledger);

    /// <inheritdoc cref="IsDue(PlannedRow)"/>
    public static bool IsDue(SpeechRequest request, string identity, TaskLedger ledger) =>
        RequestHash.UploadPlace(request) is { } place && !ledger.IsUploaded(identity, place);

    /// <summary>Uploads the results of a row that has them.</summary>
    /// <exception cref="TtsException">UploadFailed.</exception>
    public async Task SendAsync(PlannedRow row, IEnumerable<TtsSpeech> speeches, CancellationToken token)
    {
        foreach (TtsSpeech speech in speeches)
        {
            SpeechResult result = new(
                speech.AudioUUID, speech.AudioUrl is null ? null : new Uri(speech.AudioUrl), speech.AudioData, null);
            await SendAsync(row, speech.TaskUUID, speech.Path, result, token).ConfigureAwait(false);
        }

        await NoteAsync(row).ConfigureAwait(false);
    }

    /// <summary>Uploads the results of a task that are nowhere here.</summary>
    /// <exception cref="TtsException">UploadFailed.</exception>
    public async Task SendAsync(PlannedRow row, LedgerEvent known, CancellationToken token)
    {
        IReadOnlyList<SpeechResult> results =
            [.. Enumerable.Range(0, known.Results!.Count).Select(n => SpeechWriter.ResultOf(known with { Index = n }))];
        if (results.Any(result => result.Url is null))
            results = (await recall.AskAsync(known.Task, token).ConfigureAwait(false))?.Results ?? [];
        if (results.Count == 0)
            throw Errors.UploadFailed(
                row.Request!.UploadEndpoint!, known.Task, "the service does not have it any more.", null);
        foreach (SpeechResult result in results)
            await SendAsync(row, known.Task, null, result, token).ConfigureAwait(false);
        await NoteAsync(row).ConfigureAwait(false);
    }

    private async Task SendAsync(PlannedRow row, Guid? task, string? file, SpeechResult result, CancellationToken token)
    {
        Uri url = row.Request!.UploadEndpoint!;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                using Stream audio = file is null ? new MemoryStream()
                    : new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
                if (file is null)
                    await provider.FetchAsync(result, audio, token).ConfigureAwait(false);
                audio.Position = 0;
                await AudioUpload.SendAsync(url, audio, token).ConfigureAwait(false);
                return;
            }
            catch (TtsException e)
            {
                if (attempt == MaxTries || !e.IsTransient)
                    throw Errors.UploadFailed(url, task, e.Message, e);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw Errors.UploadFailed(url, task, e.Message, e);
            }

            await Task.Delay(delay.Next(attempt, null), token).ConfigureAwait(false);
        }
    }

    // The last word about it stays what it was.
    private async Task NoteAsync(PlannedRow row)
    {
        if (ledger.FindRequest(row.Identity) is { IsDone: true } known)
            await new TaskNotes(ledger, known).UploadedAsync(
                RequestHash.UploadPlace(row.Request!)!).ConfigureAwait(false);
    }
}
