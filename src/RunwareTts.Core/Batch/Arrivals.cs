using RunwareTts.Files;

namespace RunwareTts.Batch;

/// <summary>Saves the results of one task as they arrive, each once: every answer of the service has the whole state so far.</summary>
/// <param name="saver">Saves a result.</param>
/// <param name="places">How many are saved at once.</param>
/// <param name="name">Names the files when the first results are there; null for none.</param>
/// <param name="format">The format asked for; null for any.</param>
/// <param name="describe">Makes the object of a result.</param>
/// <param name="emit">Takes what happened.</param>
/// <param name="source">The row as it was given.</param>
/// <param name="token">Stops the downloads.</param>
internal sealed class Arrivals(ResultSaver saver, SemaphoreSlim places, Func<TaskAnswer, OutputTarget?> name, string? format, Func<Saved, TtsSpeech> describe, Action<BatchEvent> emit, object? source, CancellationToken token)
{
    private readonly HashSet<string> _seen = [];
    private readonly List<Task> _saves = [];
    private Lazy<OutputTarget?>? _target;

    /// <summary>Takes the results that are new in this answer. Answers come one after another.</summary>
    public void Take(TaskAnswer answer)
    {
        for (int n = 0; n < answer.Results.Count; n++)
        {
            SpeechResult result = answer.Results[n];
            if (!_seen.Add(result.AudioUuid ?? $"#{n}"))
                continue;
            int index = _saves.Count;
            _saves.Add(Task.Run(() => SaveAsync(result, () => Target(answer)?.PathOf(index)), token));
        }
    }

    public Task AllAsync() => Task.WhenAll(_saves);

    private async Task SaveAsync(SpeechResult result, Func<string?> path)
    {
        await places.WaitAsync(token).ConfigureAwait(false);
        try
        {
            await saver.TellAsync(result, path(), format, describe, emit, source, token).ConfigureAwait(false);
        }
        catch (TtsException e)
        {
            // The file could not be named or is somebody else's; the audio is there all the same.
            emit(new BatchEvent.Failed(Errors.NotSaved(e, describe(new Saved(null, null, null, result))), source));
        }
        finally
        {
            places.Release();
        }
    }

    private OutputTarget? Target(TaskAnswer answer)
    {
        lock (_saves)
            return (_target ??= new Lazy<OutputTarget?>(() => name(answer))).Value;
    }
}
