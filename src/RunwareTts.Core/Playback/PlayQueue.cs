using System.Collections.Concurrent;
using RunwareTts.Batch;

namespace RunwareTts.Playback;

/// <summary>
/// Plays results in the background, in their order. Whatever goes wrong is a warning: the results are there.
/// Hear belongs to one thread, which is the pipeline's.
/// </summary>
internal sealed class PlayQueue : IDisposable
{
    private static readonly TimeSpan CleanUpTime = TimeSpan.FromMilliseconds(250);

    private readonly Speaker _speaker;
    private readonly CancellationTokenSource _stop;
    private readonly ConcurrentQueue<string> _warnings = new();
    private readonly HashSet<string> _warned = [];
    private Task _last = Task.CompletedTask;
    private bool _isSilent;

    /// <param name="speaker">Plays them.</param>
    /// <param name="stop">Ends the sound.</param>
    public PlayQueue(Speaker speaker, CancellationToken stop)
    {
        _speaker = speaker;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(stop);
    }

    /// <inheritdoc cref="Speaker.Now"/>
    public Playing? Now => _speaker.Now;

    /// <summary>Ends when all that was heard so far was played; it never fails.</summary>
    public Task Ended => _last;

    /// <summary>Plays the results among events, and adds the warnings of playing.</summary>
    public IEnumerable<BatchEvent> Hear(IEnumerable<BatchEvent> events)
    {
        foreach (BatchEvent happened in events)
        {
            if (happened is BatchEvent.SpeechMade made)
            {
                Task before = _last;
                _last = Task.Run(() => PlayAsync(before, made.Speech));
            }

            yield return happened;
            foreach (BatchEvent warning in TakeWarnings())
                yield return warning;
        }
    }

    public IEnumerable<BatchEvent> TakeWarnings()
    {
        while (_warnings.TryDequeue(out string? warning))
            yield return new BatchEvent.Warned(warning);
    }

    public void Dispose()
    {
        _stop.Cancel();
        _last.Wait(CleanUpTime);
    }

    private async Task PlayAsync(Task before, TtsSpeech speech)
    {
        await before.ConfigureAwait(false);
        if (_isSilent || _stop.IsCancellationRequested)
            return;
        try
        {
            await _speaker.PlayAsync(SoundClip.Of(speech), _stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
        catch (Exception e)
        {
            TtsException error = Errors.From(e);
            _isSilent = error.EndsPipeline;
            if (_warned.Add(error.ErrorId))
                _warnings.Enqueue(Errors.NotPlayed(error));
        }
    }
}
