using RunwareTts.Ledger;
using RunwareTts.Providers;
using RunwareTts.Providers.Http;
using RunwareTts.Requests;

namespace RunwareTts.Batch;

/// <summary>
/// Uploads audio of an earlier task to a row's UploadEndpoint, because the service uploads only what it generates.
/// </summary>
internal sealed class ResultUpload(BatchScope batch)
{
    private const int MaxTries = 3;

    /// <summary>The row's audio was not uploaded to its UploadEndpoint yet.</summary>
    public bool IsDue(PlannedRow row) => IsDue(row.Request!, row.Identity, batch.Ledger);

    /// <inheritdoc cref="IsDue(PlannedRow)"/>
    public static bool IsDue(SpeechRequest request, string identity, TaskLedger ledger) =>
        RequestHash.UploadHash(request) is { } upload && !ledger.IsUploaded(identity, upload);

    /// <summary>Uploads results.</summary>
    /// <returns>Null, or why they could not be uploaded: UploadFailed.</returns>
    public Task<TtsException?> TrySendAsync(PlannedRow row, IReadOnlyList<TtsSpeech> speeches) =>
        TryAsync(row, speeches[0].TaskUUID, async () =>
        {
            foreach (TtsSpeech speech in speeches)
                await SendAsync(row, speech.TaskUUID, speech.Path, ResultSaver.ResultOf(speech)).ConfigureAwait(false);
        });

    /// <summary>Uploads the results of a task, which the service still has.</summary>
    /// <inheritdoc cref="TrySendAsync(PlannedRow, IReadOnlyList{TtsSpeech})"/>
    public Task<TtsException?> TrySendAsync(PlannedRow row, LedgerEvent known) =>
        TryAsync(row, known.Task, async () =>
        {
            foreach (SpeechResult result in await ResultsOfAsync(row, known).ConfigureAwait(false))
                await SendAsync(row, known.Task, null, result).ConfigureAwait(false);
        });

    private async Task<TtsException?> TryAsync(PlannedRow row, Guid? task, Func<Task> send)
    {
        try
        {
            await send().ConfigureAwait(false);
            await RecordAsync(row).ConfigureAwait(false);
            return null;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return Errors.From(e, task);
        }
    }

    private async Task<IReadOnlyList<SpeechResult>> ResultsOfAsync(PlannedRow row, LedgerEvent known)
    {
        IReadOnlyList<SpeechResult> results =
            [.. Enumerable.Range(0, known.Results!.Count).Select(n => SpeechFactory.ResultOf(known, n))];
        if (results.Any(result => result.Url is null))
            results = (await batch.Recall.AskAsync(known.Task, batch.Stop).ConfigureAwait(false))?.Results ?? [];
        return results.Count > 0 ? results : throw Errors.UploadFailed(
            row.Request!.UploadEndpoint!, known.Task, "the service does not have it any more.", null);
    }

    private async Task SendAsync(PlannedRow row, Guid? task, string? file, SpeechResult result)
    {
        Uri url = row.Request!.UploadEndpoint!;
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                using Stream audio = file is null ? new MemoryStream()
                    : new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
                if (file is null)
                    await batch.Provider.FetchAsync(result, audio, batch.Stop).ConfigureAwait(false);
                audio.Position = 0;
                await AudioUpload.SendAsync(url, audio, batch.Stop).ConfigureAwait(false);
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

            await Task.Delay(batch.Delay.Next(attempt, null), batch.Stop).ConfigureAwait(false);
        }
    }

    // The ledger's last event of the request must stay the one with its results.
    private async Task RecordAsync(PlannedRow row)
    {
        if (batch.Ledger.FindRequest(row.Identity) is { IsDone: true } known)
            await new TaskJournal(batch.Ledger, known).UploadedAsync(
                RequestHash.UploadHash(row.Request!)!).ConfigureAwait(false);
    }
}
