using RunwareTts.Audio;
using RunwareTts.Requests;

namespace RunwareTts.Providers.Runware;

/// <summary>The hosted models.</summary>
public sealed class RunwareProvider(RunwareClient client) : ISpeechProvider
{
    private readonly AudioDownload _download = new(client.Endpoint);

    public string Name => "Runware";

    public bool IsFree => false;

    public string? Caution => null;

    public string? CautionFor(SpeechRequest request, CancellationToken token = default) =>
        SpeechLength.Foresee(request);

    public TtsException? Refuse(SpeechRequest request, bool wait) => null;

    public void Ready() => _ = client.Key;

    public async Task<TaskAnswer> SubmitAsync(Guid task, SpeechRequest request, bool wait, CancellationToken token)
    {
        WireAnswer answer = await client.SendAsync(json => WireRequest.Inference(json, task, request, wait), token, only: task, sync: wait).ConfigureAwait(false);
        if (!answer.Tasks.TryGetValue(task, out TaskAnswer? mine))
            throw answer.FirstError ?? RunwareException.From(WireError.Unreadable("The answer does not name the task", new WireContext(200)));
        return mine.Results.Count == 0 && !mine.IsRunning && mine.Errors.Count > 0 ? throw mine.Errors[0] : mine;
    }

    public async Task<IReadOnlyDictionary<Guid, TaskAnswer>> PollAsync(IReadOnlyCollection<Guid> tasks, CancellationToken token)
    {
        WireAnswer answer = await client.SendAsync(
            json =>
            {
                foreach (Guid task in tasks)
                    WireRequest.Response(json, task);
            },
            token,
            asked: tasks.Count == 1 ? tasks.First() : null).ConfigureAwait(false);
        // A key or an account that is refused says nothing of the task that was asked for.
        if (answer.Tasks.Values.SelectMany(t => t.Errors).FirstOrDefault(e => e is RunwareException { EndsPipeline: true, HttpStatus: >= 400, IsTaskState: false }) is { } refused)
            throw refused;
        if (answer.Unaddressed.Count == 0)
            return answer.Tasks;
        return answer.Tasks.Count == 0 ? throw answer.Unaddressed[0]
            : tasks.Count == 1 ? answer.Tasks
            : await PollEachAsync(tasks, token).ConfigureAwait(false);
    }

    // An error beside results is about one of the tasks and does not say which: asked by itself, each answers for itself.
    private async Task<IReadOnlyDictionary<Guid, TaskAnswer>> PollEachAsync(IReadOnlyCollection<Guid> tasks, CancellationToken token)
    {
        Dictionary<Guid, TaskAnswer> answers = [];
        foreach (Guid task in tasks)
        {
            try
            {
                if ((await PollAsync([task], token).ConfigureAwait(false)).TryGetValue(task, out TaskAnswer? answer))
                    answers[task] = answer;
            }
            catch (TtsException e) when (e.IsTransient)
            {
                // Asked again with the next poll.
            }
        }

        return answers;
    }

    public async Task<TaskAnswer?> RecallAsync(Guid task, CancellationToken token)
    {
        try
        {
            WireAnswer answer = await client.SendAsync(json => WireRequest.Details(json, task), token).ConfigureAwait(false);
            return answer.FirstError is { } error ? throw error
                : answer.Others.Count > 0 && WireJson.Get(answer.Others[0], "response") is { } response
                    && WireAnswer.Read(response, new WireContext(200, OnlyTask: task)).Tasks.TryGetValue(task, out TaskAnswer? found) && !found.IsUnknown && found.Results.Count + found.Errors.Count > 0 ? found
                // That it was accepted once says nothing of where it is now.
                : null;
        }
        catch (TtsException e) when (!e.IsTransient && !e.EndsPipeline)
        {
            // It has no such task, or lets nobody look.
            return null;
        }
    }

    public async Task<decimal?> PriceAsync(SpeechRequest request, CancellationToken token)
    {
        Guid task = Guid.NewGuid();
        WireAnswer answer = await client.SendAsync(json => WireRequest.Inference(json, task, request, wait: true), token, only: task, dryRun: true).ConfigureAwait(false);
        if (answer.FirstError is { } error)
            throw error;
        return answer.Tasks.Values.Any(t => t.Results.Count > 0) ? throw Errors.DryRunSpoken(task) : answer.Price;
    }

    public async Task<TtsAccount> AccountAsync(CancellationToken token)
    {
        WireAnswer answer = await client.SendAsync(WireRequest.Account, token).ConfigureAwait(false);
        if (answer.FirstError is { } error)
            throw error;
        return answer.Others.Count > 0 ? WireAccount.Read(answer.Others[0]) : throw RunwareException.From(WireError.Unreadable("The answer has no account in it", new WireContext(200)));
    }

    public Task FetchAsync(SpeechResult result, Stream destination, CancellationToken token) =>
        _download.FetchAsync(result, destination, token);
}
