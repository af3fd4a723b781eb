using System.Collections.Concurrent;
using RunwareTts.Files;
using RunwareTts.Voices;

namespace RunwareTts.Batch;

/// <summary>A voice that was cast, and the warnings of its casting.</summary>
internal sealed class CastVoice(TtsVoice voice, string[] warnings)
{
    private string[]? _warnings = warnings;

    public TtsVoice Voice => voice;

    /// <summary>The warnings, for the first of its rows; none for the others.</summary>
    public string[] TakeWarnings() => Interlocked.Exchange(ref _warnings, null) ?? [];
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
    public Task<CastVoice> CastAsync(PlannedRow casting, int index) => _castings.GetOrAdd(
        casting.Identity, _ => new Lazy<Task<CastVoice>>(() => RunAsync(casting, index))).Value;

    private async Task<CastVoice> RunAsync(PlannedRow casting, int index)
    {
        string name = (string)casting.Source!;
        string file = VoicePlanner.FileOf(casting.Target!, name);
        batch.Log.Write(casting, casting.Work switch
        {
            RowWork.Nothing or RowWork.Fetch => "An earlier run has cast it; its clip is used.",
            _ => $"Casting it for its description, '{casting.Request!.VoiceDescription}'.",
        });
        TtsSpeech speech;
        IReadOnlyList<string> warnings = [];
        if (casting.Past is Ledger.History.Files there)
        {
            speech = SpeechFactory.OfFile(casting, there.Saved[0], casting.Target!.FullPath, batch.Provider);
        }
        else
        {
            batch.Files.Prepare(casting.Target!);
            RowResult result = await GenerateAsync(casting, index).ConfigureAwait(false);
            if (result.Errors.Count > 0)
                throw Errors.VoiceNotCast(name, result.Errors[0]);
            // Another row has halted the batch.
            speech = result.Speeches.Count > 0 ? result.Speeches[0] : throw new OperationCanceledException();
            warnings = result.Warnings;
        }

        TtsVoice voice = new()
        {
            Name = name,
            Kind = TtsVoice.Kept,
            Model = Catalog.SpeechCatalog.Base.Name,
            NativeLanguage = casting.Request!.Language,
            Description = casting.Request.VoiceDescription,
            Transcript = casting.Request.Text,
            Path = speech.Path,
            Cost = speech.Cost,
        };
        clips.Read(voice, batch.Stop);
        await VoiceFile.WriteAsync(file, voice, replace: true).ConfigureAwait(false);
        await RecordAsync(speech, file).ConfigureAwait(false);
        return new CastVoice(voice, [.. warnings.Select(w => RowName.Prefix(casting.Name, w))]);
    }

    private async Task RecordAsync(TtsSpeech speech, string file)
    {
        try
        {
            await TaskJournal.KeptVoiceAsync(batch.Ledger, speech.TaskUUID!.Value, file).ConfigureAwait(false);
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            // If the voice is removed, the next run fetches the same one instead of casting another.
        }
    }

    private Task<RowResult> GenerateAsync(PlannedRow casting, int index)
    {
        BatchScope scope = batch.With(batch.Options with
        {
            Regenerate = casting.Work == RowWork.GenerateAgain,
            Wait = true,
        });
        RowJob job = new(scope, new TaskRunner(scope, budget));
        return job.RunAsync(casting, scope.TurnAsync(casting), new TaskSlot(scope.Throttle, index));
    }
}
