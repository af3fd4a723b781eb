using System.Collections.Concurrent;

namespace RunwareTts.Providers.Runware;

/// <summary>
/// Remembers which clip a task was sent with until the task ends, and reads its errors: if the service has lost the
/// clip, the clip is uploaded again and a new task may succeed.
/// </summary>
internal sealed class ClipTasks(ClipStore clips)
{
    private readonly ConcurrentDictionary<Guid, SentClip> _sent = [];

    /// <param name="task">The task.</param>
    /// <param name="clip">Its clip. A task that is not waited for stays here, so megabytes of data do not.</param>
    public void Sent(Guid task, SentClip clip) =>
        _sent[task] = clip is { IsStored: false, Sha256: not null } ? clip with { Wire = "" } : clip;

    /// <summary>The error of a submission, which asks for another one if the clip was lost.</summary>
    public TtsException Read(Guid task, RunwareException error) =>
        _sent.TryRemove(task, out SentClip? clip) ? Read(clip, error) : error;

    /// <summary>The answer about a task, where errors about a lost clip ask for a new one.</summary>
    public TaskAnswer Read(Guid task, TaskAnswer answer)
    {
        bool isOver = !answer.IsRunning && answer.Results.Count + answer.Errors.Count > 0;
        if (!isOver || answer.IsUnknown)
            return answer;
        if (!_sent.TryRemove(task, out SentClip? clip))
            return answer.Errors.Any(IsAboutClip)
                ? answer with { Errors = [.. answer.Errors.Select(OfEarlierRun)] } : answer;
        if (answer.Results.Count > 0)
        {
            clips.Prove(clip);
            return answer;
        }

        return answer with
        {
            Errors = [.. answer.Errors.Select(e => e is RunwareException error ? Read(clip, error) : e)],
        };
    }

    private TtsException Read(SentClip clip, RunwareException error)
    {
        if (!clips.IsLost(clip, error))
            return error.IsAboutClip && clip.UploadRefusal is { } refusal
                ? Errors.ClipRefused(error, refusal) : error;
        // A task that may have been accepted is sent again under its id, and is charged once.
        bool isRefused = error is { HttpStatus: >= 400, IsTaskState: false };
        return error.IsTransient || error.NeedsNewTask ? error : Errors.ClipLost(error, isRefused);
    }

    // With which clip an earlier run has sent it is not known. A new task shows whether that clip was lost.
    private static TtsException OfEarlierRun(TtsException error) =>
        IsAboutClip(error) && !error.IsTransient ? Errors.ClipLost((RunwareException)error, isRefused: false) : error;

    private static bool IsAboutClip(TtsException error) => error is RunwareException { IsAboutClip: true };
}
