using RunwareTts.Files;

namespace RunwareTts.Batch;

/// <summary>Saves the results of one task as they arrive, each once: every answer of the service has the whole state so far.</summary>
/// <param name="saver">Saves a result.</param>
/// <param name="name">Names the files when the first results are there; null for none.</param>
/// <param name="format">The format asked for; null for any.</param>
/// <param name="describe">Makes the object of a result.</param>
/// <param name="emit">Takes what happened.</param>
/// <param name="source">The row as it was given.</param>
/// <param name="token">Stops the downloads.</param>
internal sealed class Arrivals(ResultSaver saver, Func<TaskAnswer, OutputTarget?> name, string? format, Func<Saved, TtsSpeech> describe, Action<BatchEvent> emit, object? source, CancellationToken token)
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
            _target ??= new Lazy<OutputTarget?>(() => name(answer));
            int index = _saves.Count;
            _saves.Add(Task.Run(() => saver.TellAsync(result, _target.Value?.PathOf(index), format, describe, emit, source, token), token));
        }
    }

    public Task AllAsync() => Task.WhenAll(_saves);
}
