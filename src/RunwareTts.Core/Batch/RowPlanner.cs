using RunwareTts.Files;
using RunwareTts.Requests;

namespace RunwareTts.Batch;

/// <summary>Reads a row, asks the provider and gives it its files: all that is known before anything is sent.</summary>
/// <param name="provider">Says what it cannot do.</param>
/// <param name="files">Names the files and knows those of earlier rows.</param>
/// <param name="wait">Rows wait for their results.</param>
public sealed class RowPlanner(ISpeechProvider provider, OutputPlanner files, bool wait)
{
    private int _index;

    /// <param name="row">The row.</param>
    /// <param name="source">The row as it was given, for an error's target.</param>
    /// <param name="kept">The same for its results to carry, without secrets.</param>
    /// <returns>What is wrong with the row is in it, and never thrown.</returns>
    public PlannedRow Plan(SpeechRow row, object? source, object? kept)
    {
        int index = ++_index;
        RowReading reading = RowReader.Read(row);
        if (reading.Request is not { } request)
            return new PlannedRow(index, source, kept) { Id = Cell.Clean(row.Id), Problems = reading.Problems, Error = Errors.InvalidRow(reading.Problems) };
        try
        {
            // Who has results pushed does not wait for them.
            bool waits = wait && request.WebhookUrl is null;
            if (provider.Refuse(request, waits) is { } refusal)
                throw refusal;
            string hash = RequestHash.Compute(provider.Name, request);
            OutputTarget? target = files.Plan(request, index, hash, $"{request.Voice}-{hash.Substring(0, 12)}");
            bool isRepeat = target is not null && !files.Claim(target, $"{hash} {request.UploadEndpoint?.OriginalString} {request.WebhookUrl?.OriginalString}");
            return new PlannedRow(index, source, kept)
            {
                Id = request.Id,
                Request = request,
                Target = target,
                Wait = waits,
                IsRepeat = isRepeat,
                EstimatedCost = provider.IsFree || isRepeat ? 0 : request.EstimatedCost,
                Warnings = [.. reading.Warnings, .. provider.CautionFor(request) is { } caution ? [caution] : Array.Empty<string>()],
            };
        }
        catch (Exception e)
        {
            // Whatever is odd about one row, the others go on.
            return new PlannedRow(index, source, kept) { Id = request.Id, Request = request, Error = e as TtsException ?? Errors.Unexpected(e) };
        }
    }
}
