using System.Security.Cryptography;
using RunwareTts.Output;
using RunwareTts.Providers;

namespace RunwareTts.Batch;

/// <summary>Saves the results of one task as they arrive, each once: every answer of the service has the whole state so far.</summary>
/// <param name="saver">Saves a result.</param>
/// <param name="places">How many are saved at once.</param>
/// <param name="name">Names the files when the first results are there; null for none.</param>
/// <param name="order">Where the n-th result goes, given its file.</param>
/// <param name="emit">Takes what happened.</param>
/// <param name="source">The row as it was given.</param>
/// <param name="token">Stops the downloads.</param>
internal sealed class Arrivals(ResultSaver saver, SemaphoreSlim places, Func<TaskAnswer, OutputTarget?> name, Func<string?, int, SaveOrder> order, Action<BatchEvent> emit, object? source, CancellationToken token)
{
    private readonly HashSet<string> _seen = [];
    private Task _saves = Task.CompletedTask;
    private int _count;
    private bool _closed;
    private Lazy<OutputTarget?>? _target;

    /// <summary>Takes the results that are new in this answer. Nothing is new once all were waited for.</summary>
    public void Take(TaskAnswer answer)
    {
        lock (_seen)
        {
            foreach (SpeechResult result in answer.Results.Where(r => !_closed && _seen.Add(KeyOf(r))))
            {
                int index = _count++;
                _saves = SaveAsync(_saves, result, () => order(Target(answer)?.PathOf(index), index));
            }
        }
    }

    public Task AllAsync()
    {
        lock (_seen)
        {
            _closed = true;
            return _saves;
        }
    }

    // Their place tells nothing: an earlier one may come later.
    private static string KeyOf(SpeechResult result)
    {
        if ((result.AudioUuid ?? result.Url?.OriginalString) is { } name)
            return name;
        return Convert.ToBase64String(SHA256.HashData(result.Data ?? []));
    }

    // One after the other, so that they come out in their order.
    private async Task SaveAsync(Task before, SpeechResult result, Func<SaveOrder> where)
    {
        await before.ConfigureAwait(false);
        await places.WaitAsync(token).ConfigureAwait(false);
        try
        {
            await saver.TellAsync(result, where(), emit, source, token).ConfigureAwait(false);
        }
        catch (TtsException e)
        {
            // The file could not be named or is somebody else's; the audio is there all the same.
            emit(new BatchEvent.Failed(Errors.NotSaved(e, order(null, 0).Describe(new Saved(null, null, null, result))), source));
        }
        finally
        {
            places.Release();
        }
    }

    private OutputTarget? Target(TaskAnswer answer) => (_target ??= new Lazy<OutputTarget?>(() => name(answer))).Value;
}
