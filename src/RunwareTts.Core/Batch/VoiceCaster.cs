using System.Collections.Concurrent;
using RunwareTts.Catalog;
using RunwareTts.Files;
using RunwareTts.Ledger;
using RunwareTts.Requests;
using RunwareTts.Voices;

namespace RunwareTts.Batch;

/// <summary>A voice that was cast, and the warnings of its casting.</summary>
internal sealed class CastVoice(TtsVoice voice, Guid task, IReadOnlyList<string> warnings)
{
    private IReadOnlyList<string>? _warnings = warnings;

    public TtsVoice Voice => voice;

    /// <summary>The task that made its clip.</summary>
    public Guid Task => task;

    /// <summary>The warnings, for the first of its rows; none for the others.</summary>
    public IReadOnlyList<string> TakeWarnings() => Interlocked.Exchange(ref _warnings, null) ?? [];
}

/// <summary>
/// Casts each voice of a batch once, before the first row that it speaks: the clip is generated like any row, then the
/// voice is kept in a file next to it.
/// </summary>
internal sealed class VoiceCaster(BatchScope batch, Budget budget, ClipReader clips)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<CastVoice>>> _castings = new(StringComparer.Ordinal);

    /// <param name="casting">The row that casts the voice.</param>
    /// <param name="index">The row that needs it first: slots are granted in the order of rows.</param>
    /// <exception cref="TtsException">The voice could not be cast or kept.</exception>
    /// <exception cref="OperationCanceledException">The batch was stopped.</exception>
    // Long texts without a folder of the batch have each a voice of their own, from one casting.
    public Task<CastVoice> CastAsync(PlannedRow casting, int index) => _castings.GetOrAdd(
        casting.Target!.FullPath, _ => new Lazy<Task<CastVoice>>(() => KeepAsync(casting, index))).Value;

    /// <summary>Generates the clip of a voice, or fetches that of an earlier run; it is not kept yet.</summary>
    /// <inheritdoc cref="CastAsync"/>
    public async Task<CastVoice> SpeakAsync(PlannedRow casting, int index)
    {
        string name = casting.Request!.Id!;
        batch.Log.Write(casting, casting.Work is RowWork.Nothing or RowWork.Fetch
            ? "An earlier run has cast it; its clip is used."
            : $"Casting it for its description, '{casting.Request.VoiceDescription}'.");
        (TtsSpeech speech, IReadOnlyList<string> warnings) = casting.Past is History.Files there
            ? (SpeechFactory.OfFile(casting, there.Saved[0], casting.Target!.FullPath, batch.Provider), [])
            : await GenerateAsync(casting, index).ConfigureAwait(false);
        TtsVoice voice = new()
        {
            Name = name,
            Kind = TtsVoice.Kept,
            Model = SpeechCatalog.Base.Name,
            NativeLanguage = casting.Request.Language,
            Description = casting.Request.VoiceDescription,
            Transcript = casting.Request.Text,
            Path = speech.Path,
            Cost = speech.Cost,
        };
        CastVoice cast =
            new(voice, speech.TaskUUID!.Value, [.. warnings.Select(w => RowName.Prefix(casting.Name, w))]);
        if (clips.Check(voice.Path!, batch.Stop).Fault is not { } fault)
            return cast;
        // Without this record the service would be asked for the same clip for ever.
        await RecordAsync(cast, VoicePlanner.FileOf(casting.Target!, name)).ConfigureAwait(false);
        throw Errors.CastClipUnusable(name, voice.Path!, fault);
    }

    /// <summary>Records where a cast voice is kept: if its files are removed, the voice is cast again.</summary>
    public async Task RecordAsync(CastVoice cast, string file)
    {
        TtsVoice voice = cast.Voice;
        string subject = RequestHash.OfCasting(
            batch.Provider.Name, voice.Name, voice.Description!, voice.NativeLanguage!);
        try
        {
            await TaskJournal.KeptVoiceAsync(batch.Ledger, cast.Task, subject, file).ConfigureAwait(false);
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            // If the voice is removed, the next run fetches the same one instead of casting another.
        }
    }

    private async Task<CastVoice> KeepAsync(PlannedRow casting, int index)
    {
        CastVoice cast = await SpeakAsync(casting, index).ConfigureAwait(false);
        string file = VoicePlanner.FileOf(casting.Target!, cast.Voice.Name);
        await VoiceFile.WriteAsync(file, cast.Voice, replace: true).ConfigureAwait(false);
        await RecordAsync(cast, file).ConfigureAwait(false);
        return cast;
    }

    private async Task<(TtsSpeech, IReadOnlyList<string>)> GenerateAsync(PlannedRow casting, int index)
    {
        batch.Files.Prepare(casting.Target!);
        BatchScope scope = batch.With(batch.Options with
        {
            Regenerate = false,
            Wait = true,
        });
        RowJob job = new(scope, new TaskRunner(scope, budget));
        RowResult result = await job.RunAsync(casting, scope.TurnAsync(casting), new TaskSlot(scope.Throttle, index))
            .ConfigureAwait(false);
        if (result.Errors.Count > 0)
            throw Errors.VoiceNotCast(casting.Request!.Id!, result.Errors[0]);
        // Without an error another row has halted the batch.
        return result.Speeches.Count > 0 ? (result.Speeches[0], result.Warnings)
            : throw new OperationCanceledException();
    }
}
