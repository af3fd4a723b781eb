using RunwareTts.Requests;

namespace RunwareTts.Runware;

/// <summary>The hosted models.</summary>
public sealed class RunwareProvider(RunwareClient client) : ISpeechProvider
{
    public string Name => "Runware";

    public bool IsFree => false;

    public string? Caution => null;

    public string? CautionFor(SpeechRequest request) => null;

    public TtsException? Refuse(SpeechRequest request, bool wait) => null;

    public void Ready() => _ = client.Key;

    public async Task<TaskAnswer> SubmitAsync(Guid task, SpeechRequest request, bool wait, CancellationToken token)
    {
        WireAnswer answer = await client.SendAsync(json => WireRequest.Inference(json, task, request, wait), dryRun: false, token).ConfigureAwait(false);
        if (answer.Tasks.TryGetValue(task, out TaskAnswer? mine))
            return mine.Results.Count == 0 && !mine.IsRunning && mine.Errors.Count > 0 ? throw mine.Errors[0] : mine;

        // One task was sent, so an error that names none is about it.
        throw answer.Unaddressed.FirstOrDefault() ?? RunwareException.From(WireError.Unreadable(200, "The answer does not name the task", null));
    }

    public async Task<IReadOnlyDictionary<Guid, TaskAnswer>> PollAsync(IReadOnlyCollection<Guid> tasks, CancellationToken token)
    {
        WireAnswer answer = await client.SendAsync(
            json =>
            {
                foreach (Guid task in tasks)
                    WireRequest.Response(json, task);
            },
            dryRun: false,
            token).ConfigureAwait(false);
        return answer.Tasks.Count == 0 && answer.Unaddressed.Count > 0 ? throw answer.Unaddressed[0] : answer.Tasks;
    }

    public async Task<decimal?> PriceAsync(SpeechRequest request, CancellationToken token)
    {
        WireAnswer answer = await client.SendAsync(json => WireRequest.Inference(json, Guid.NewGuid(), request, wait: true), dryRun: true, token).ConfigureAwait(false);
        return answer.FirstError is { } error ? throw error : answer.Price;
    }

    public async Task<TtsAccount> AccountAsync(CancellationToken token)
    {
        WireAnswer answer = await client.SendAsync(WireRequest.Account, dryRun: false, token).ConfigureAwait(false);
        if (answer.FirstError is { } error)
            throw error;
        return answer.Others.Count > 0 ? WireAccount.Read(answer.Others[0]) : throw RunwareException.From(WireError.Unreadable(200, "The answer has no account in it", null));
    }

    public Task FetchAsync(SpeechResult result, Stream destination, CancellationToken token) => AudioDownload.FetchAsync(result, destination, token);
}
