using RunwareTts.Audio;
using RunwareTts.Requests;

namespace RunwareTts.Providers.Runware;

/// <summary>The hosted models.</summary>
public sealed class RunwareProvider(RunwareClient client) : ISpeechProvider
{
    private readonly AudioDownload _download = new(client.Endpoint);

    public string Name => "Runware";

    public bool ChargesNothing => false;

    public bool KeepsVoices => true;

    public string? Caution => null;

    public string? CautionFor(SpeechRequest request, CancellationToken token = default) =>
        SpeechLength.Foresee(request);

    public TtsException? FindUnsupported(SpeechRequest request, bool wait) => null;

    public void EnsureReady() => _ = client.Key;

    public async Task<TaskAnswer> SubmitAsync(Guid task, SpeechRequest request, bool wait, CancellationToken token)
    {
        WireCall call = new(WireRequest.Inference(task, request, wait, request.Clip?.Address ?? (request.Clip is { Path: { } p } ? Convert.ToBase64String(File.ReadAllBytes(p)) : null))) { Only = task, IsSync = wait };
        WireAnswer answer = await client.SendAsync(call, token).ConfigureAwait(false);
        if (!answer.Tasks.TryGetValue(task, out TaskAnswer? mine))
            throw answer.FirstError ?? Unreadable("The answer does not name the task");
        return mine.Results.Count == 0 && !mine.IsRunning && mine.FirstError is { } error ? throw error : mine;
    }

    public async Task<IReadOnlyDictionary<Guid, TaskAnswer>> PollAsync(
        IReadOnlyCollection<Guid> tasks, CancellationToken token)
    {
        WireCall call = new([.. tasks.Select(WireRequest.Response)])
        {
            Asked = tasks.Count == 1 ? tasks.First() : null,
        };
        WireAnswer answer = await client.SendAsync(call, token).ConfigureAwait(false);
        // A key or an account that is refused says nothing of the task that was asked for.
        if (answer.Tasks.Values.SelectMany(t => t.Errors).FirstOrDefault(IsAboutAccount) is { } refused)
            throw refused;
        if (answer.Unaddressed.Count == 0)
            return answer.Tasks;
        return answer.Tasks.Count == 0 ? throw answer.Unaddressed[0]
            : tasks.Count == 1 ? answer.Tasks
            : await PollEachAsync(tasks, token).ConfigureAwait(false);
    }

    private static bool IsAboutAccount(TtsException error) =>
        error is RunwareException { EndsPipeline: true, HttpStatus: >= 400, IsTaskState: false };

    // An error next to results is about one of the tasks and does not say which: each is asked for alone.
    private async Task<IReadOnlyDictionary<Guid, TaskAnswer>> PollEachAsync(
        IReadOnlyCollection<Guid> tasks, CancellationToken token)
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
            WireAnswer answer =
                await client.SendAsync(new WireCall(WireRequest.Details(task)), token).ConfigureAwait(false);
            if (answer.FirstError is { } error)
                throw error;
            if (answer.Others.Count == 0 || answer.Others[0].Get("response") is not { } response)
                return null;
            WireAnswer recalled = WireAnswer.Read(response, new WireContext(200, OnlyTask: task));
            // That it was accepted once does not say where it is now.
            return recalled.Tasks.TryGetValue(task, out TaskAnswer? found) && !found.IsUnknown
                && found.Results.Count + found.Errors.Count > 0 ? found : null;
        }
        catch (TtsException e) when (!e.IsTransient && !e.EndsPipeline)
        {
            // It has no such task, or does not show it.
            return null;
        }
    }

    public async Task<decimal?> PriceAsync(SpeechRequest request, CancellationToken token)
    {
        Guid task = Guid.NewGuid();
        WireCall call = new(WireRequest.Inference(task, request, wait: true, request.Clip?.Address)) { Only = task, IsDryRun = true };
        WireAnswer answer = await client.SendAsync(call, token).ConfigureAwait(false);
        if (answer.FirstError is { } error)
            throw error;
        return answer.Tasks.Values.Any(t => t.Results.Count > 0) ? throw Errors.DryRunSpoken(task) : answer.Price;
    }

    public async Task<TtsAccount> AccountAsync(CancellationToken token)
    {
        WireAnswer answer = await client.SendAsync(new WireCall(WireRequest.Account()), token).ConfigureAwait(false);
        if (answer.FirstError is { } error)
            throw error;
        return answer.Others.Count > 0 ? WireAccount.Read(answer.Others[0])
            : throw Unreadable("The answer has no account in it");
    }

    public Task FetchAsync(SpeechResult result, Stream destination, CancellationToken token) =>
        _download.FetchAsync(result, destination, token);

    private static RunwareException Unreadable(string why) =>
        RunwareException.From(WireError.Unreadable(why, new WireContext(200)));
}
