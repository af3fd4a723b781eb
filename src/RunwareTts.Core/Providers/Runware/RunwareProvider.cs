using RunwareTts.Audio;
using RunwareTts.Files;
using RunwareTts.Providers.Http;
using RunwareTts.Requests;

namespace RunwareTts.Providers.Runware;

/// <summary>The hosted models.</summary>
public sealed class RunwareProvider : ISpeechProvider
{
    private readonly RunwareClient _client;
    private readonly AudioDownload _download;
    private readonly ClipStore _clips;
    private readonly ClipTasks _clipTasks;

    public RunwareProvider(RunwareClient client) : this(client, StateFolder.TryFind())
    {
    }

    /// <param name="client">Where tasks are sent.</param>
    /// <param name="state">Where uploaded clips are remembered; null for nowhere.</param>
    internal RunwareProvider(RunwareClient client, string? state)
    {
        _client = client;
        _download = new AudioDownload(client.Endpoint);
        _clips = new ClipStore(new MediaUpload(client), new MediaMemory(state, client.Endpoint));
        _clipTasks = new ClipTasks(_clips);
    }

    public string Name => "Runware";

    public bool ChargesNothing => false;

    public bool KeepsVoices => true;

    public bool UploadsResults => true;

    public string? Caution => null;

    public string? CautionFor(SpeechRequest request, CancellationToken token = default) =>
        SpeechLength.Foresee(request);

    public TtsException? FindUnsupported(SpeechRequest request, bool wait) => null;

    public void EnsureReady() => _ = _client.Key;

    public async Task<TaskAnswer> SubmitAsync(Guid task, SpeechRequest request, bool wait, CancellationToken token)
    {
        if (request.Clip is null)
            return await SubmitAsync(task, request, wait, audio: null, token).ConfigureAwait(false);
        SentClip clip = await _clips.PrepareAsync(request.Clip, token).ConfigureAwait(false);
        _clipTasks.Sent(task, clip);
        try
        {
            return _clipTasks.Read(
                task, await SubmitAsync(task, request, wait, clip.Wire, token).ConfigureAwait(false));
        }
        catch (RunwareException e)
        {
            throw _clipTasks.Read(task, e);
        }
    }

    private async Task<TaskAnswer> SubmitAsync(
        Guid task, SpeechRequest request, bool wait, string? audio, CancellationToken token)
    {
        WireCall call = new(WireRequest.Inference(task, request, wait, audio)) { Only = task, IsSync = wait };
        WireAnswer answer = await _client.SendAsync(call, token).ConfigureAwait(false);
        if (!answer.Tasks.TryGetValue(task, out TaskAnswer? mine))
            throw answer.FirstError ?? Unreadable("The answer does not name the task");
        return mine.Results.Count == 0 && !mine.IsRunning && mine.FirstError is { } error ? throw error : mine;
    }

    public async Task<IReadOnlyDictionary<Guid, TaskAnswer>> PollAsync(
        IReadOnlyCollection<Guid> tasks, CancellationToken token) =>
        (await AskAsync(tasks, token).ConfigureAwait(false))
            .ToDictionary(answer => answer.Key, answer => _clipTasks.Read(answer.Key, answer.Value));

    private async Task<IReadOnlyDictionary<Guid, TaskAnswer>> AskAsync(
        IReadOnlyCollection<Guid> tasks, CancellationToken token)
    {
        WireCall call = new([.. tasks.Select(WireRequest.Response)])
        {
            Asked = tasks.Count == 1 ? tasks.First() : null,
        };
        WireAnswer answer = await _client.SendAsync(call, token).ConfigureAwait(false);
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
                if ((await AskAsync([task], token).ConfigureAwait(false)).TryGetValue(task, out TaskAnswer? answer))
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
                await _client.SendAsync(new WireCall(WireRequest.Details(task)), token).ConfigureAwait(false);
            if (answer.FirstError is { } error)
                throw error;
            if (answer.Others.Count == 0 || answer.Others[0].Get("response") is not { } response)
                return null;
            WireAnswer recalled = WireAnswer.Read(response, new WireContext(200, OnlyTask: task));
            // That it was accepted once does not say where it is now.
            return recalled.Tasks.TryGetValue(task, out TaskAnswer? found) && !found.IsUnknown
                && found.Results.Count + found.Errors.Count > 0 ? _clipTasks.Read(task, found) : null;
        }
        catch (TtsException e) when (!e.IsTransient && !e.EndsPipeline)
        {
            // It has no such task, or does not show it.
            return null;
        }
    }

    public async Task<decimal?> PriceAsync(SpeechRequest request, CancellationToken token)
    {
        if (request.Clip is null)
            return await PriceAsync(request, audio: null, token).ConfigureAwait(false);
        // A clip of this machine is neither uploaded nor sent for a price, which depends on the text alone.
        try
        {
            if (_clips.Find(request.Clip) is { } known)
                return await PriceAsync(request, known.Wire, token).ConfigureAwait(false);
        }
        catch (RunwareException e) when (e.IsAboutClip && request.Clip.Path is not null)
        {
            // The service has it no longer. The row itself uploads it again.
        }

        try
        {
            return await PriceAsync(request, StandInClip.Base64, token).ConfigureAwait(false);
        }
        catch (RunwareException e) when (e.IsAboutClip)
        {
            return null;
        }
    }

    private async Task<decimal?> PriceAsync(SpeechRequest request, string? audio, CancellationToken token)
    {
        Guid task = Guid.NewGuid();
        WireCall call = new(WireRequest.Inference(task, request, wait: true, audio)) { Only = task, IsDryRun = true };
        WireAnswer answer = await _client.SendAsync(call, token).ConfigureAwait(false);
        if (answer.FirstError is { } error)
            throw error;
        return answer.Tasks.Values.Any(t => t.Results.Count > 0) ? throw Errors.DryRunSpoken(task) : answer.Price;
    }

    /// <summary>Deletes a clip that was uploaded from this account. False if none was.</summary>
    /// <param name="sha256">The SHA-256 of its content in lower-case hex.</param>
    /// <param name="token">Ends the wait.</param>
    internal Task<bool> DeleteClipAsync(string sha256, CancellationToken token) => _clips.DeleteAsync(sha256, token);

    public async Task<TtsAccount> AccountAsync(CancellationToken token)
    {
        WireAnswer answer = await _client.SendAsync(new WireCall(WireRequest.Account()), token).ConfigureAwait(false);
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
