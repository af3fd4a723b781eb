using System.Collections.Concurrent;
using RunwareTts.Ledger;
using RunwareTts.Requests;

namespace RunwareTts.Providers.Runware;

/// <summary>
/// Makes a clip ready to be sent: a file is uploaded once for an endpoint and remembered, by its content. Rows with the
/// same clip share the upload. Where the service refuses uploads, the clip is sent as data in each task.
/// </summary>
internal sealed class ClipStore(MediaUpload upload, MediaMemory memory)
{
    // Of a clip that no task has used successfully yet. After that the service has another reason to refuse it.
    private const int MaxUploads = 2;

    private readonly KeyedLock _turns = new();
    private readonly ConcurrentDictionary<string, ClipState> _clips = [];
    private volatile TtsException? _refusal;

    /// <exception cref="TtsException">
    /// InvalidRequest.ReferenceAudio: the file has changed; or the service could not be reached, so that no task was
    /// sent either.
    /// </exception>
    public async Task<SentClip> PrepareAsync(ReferenceClip clip, CancellationToken token)
    {
        if (clip.Path is null)
            return new SentClip(clip.Address!);
        using (await _turns.TakeAsync(clip.Identity, token).ConfigureAwait(false))
        {
            ClipState state = StateOf(clip.Identity);
            if (state.Current is { } stored)
                return stored;
            byte[] bytes = await ClipBytes.ReadAsync(clip).ConfigureAwait(false);
            if ((_refusal ?? state.Refusal) is null)
                await StoreAsync(state, clip.Identity, bytes, token).ConfigureAwait(false);
            return state.Current ?? new SentClip(Convert.ToBase64String(bytes))
                { Sha256 = clip.Identity, UploadRefusal = _refusal ?? state.Refusal };
        }
    }

    /// <summary>The clip as the service has it, if it was uploaded before; null otherwise. Nothing is sent.</summary>
    public SentClip? Find(ReferenceClip clip) =>
        clip.Path is null ? new SentClip(clip.Address!) : StateOf(clip.Identity).Current;

    /// <summary>A task has used a clip successfully.</summary>
    public void Prove(SentClip clip)
    {
        if (clip is not { IsStored: true, Sha256: { } sha256 })
            return;
        ClipState state = StateOf(sha256);
        lock (state)
            (state.Proven, state.Uploads) = (clip.Wire, 0);
    }

    /// <summary>
    /// Reads an error of a task that was sent with a stored clip. True if the clip is to be sent again, because the
    /// service has it no longer or has it under another id by now.
    /// </summary>
    public bool IsLost(SentClip clip, RunwareException error)
    {
        if (clip is not { IsStored: true, Sha256: { } sha256 })
            return false;
        ClipState state = StateOf(sha256);
        lock (state)
        {
            // A code that says nothing of clips may mean one all the same, if it was there before.
            bool isDoubtful = !error.IsAboutClip && (clip.IsRecalled || state.Proven == clip.Wire)
                && state.Doubts < MaxUploads && IsVague(error);
            if (!error.IsAboutClip && !isDoubtful)
                return false;
            if (state.Current?.Wire != clip.Wire)
                return state.Current is not null || state.Uploads < MaxUploads;
            if (state.Uploads >= MaxUploads)
                return false;
            state.Current = null;
            state.Doubts += isDoubtful ? 1 : 0;
        }

        memory.Forget(sha256);
        return true;
    }

    /// <summary>Deletes a clip at the service, if it was uploaded from this account, and forgets it.</summary>
    public async Task<bool> DeleteAsync(string sha256, CancellationToken token)
    {
        using (await _turns.TakeAsync(sha256, token).ConfigureAwait(false))
        {
            ClipState state = StateOf(sha256);
            if (state.Current is not { } stored)
                return false;
            await upload.DeleteAsync(stored.Wire, token).ConfigureAwait(false);
            state.Current = null;
            memory.Forget(sha256);
            return true;
        }
    }

    private ClipState StateOf(string sha256) => _clips.GetOrAdd(sha256, _ => new ClipState
    {
        Current = memory.Find(sha256) is { } media
            ? new SentClip(media) { Sha256 = sha256, IsStored = true, IsRecalled = true } : null,
    });

    private async Task StoreAsync(ClipState state, string sha256, byte[] bytes, CancellationToken token)
    {
        try
        {
            string media = await upload.UploadAsync(bytes, token).ConfigureAwait(false);
            lock (state)
            {
                state.Current = new SentClip(media) { Sha256 = sha256, IsStored = true };
                state.Uploads++;
            }

            await memory.KeepAsync(sha256, media).ConfigureAwait(false);
        }
        catch (TtsException e) when (e.IsTransient || e.NeedsNewTask)
        {
            throw Errors.ClipNotUploaded(e);
        }
        catch (RunwareException e) when (IsRefusal(e))
        {
            // It may be this clip that is refused; any other reason holds for all clips.
            state.Refusal = e;
            if (!e.IsAboutClip && e.Kind != TtsErrorKind.LimitsExceeded)
                _refusal = e;
        }
    }

    private static bool IsVague(RunwareException error) =>
        error is { IsTransient: false, EndsPipeline: false, NeedsNewTask: false, Parameters.Count: 0,
            Kind: TtsErrorKind.ObjectNotFound or TtsErrorKind.InvalidArgument };

    // A dead key, an empty balance or a proxy would refuse the task too.
    private static bool IsRefusal(RunwareException e) => !e.EndsPipeline || e.Kind == TtsErrorKind.PermissionDenied;

    private sealed class ClipState
    {
        /// <summary>The clip at the service; null if it has to be uploaded.</summary>
        public SentClip? Current { get; set; }

        /// <summary>Uploads in this run since a task used it successfully.</summary>
        public int Uploads { get; set; }

        /// <summary>The id that a task has used successfully.</summary>
        public string? Proven { get; set; }

        /// <summary>How often it was sent again because of an error that does not name it.</summary>
        public int Doubts { get; set; }

        public TtsException? Refusal { get; set; }
    }
}
