using System.Collections.Concurrent;

namespace RunwareTts.Batch;

/// <summary>
/// Work that goes on at once and whose events come out in the order in which it was started, through a window of a
/// bounded size. Start and Take belong to one thread, which is the pipeline's; the work runs on others.
/// </summary>
internal sealed class OrderedWindow(int size)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan CleanUpTime = TimeSpan.FromMilliseconds(250);

    private readonly Queue<(Task Work, ConcurrentQueue<BatchEvent> Events)> _window = new();
    private readonly ConcurrentQueue<BatchEvent> _notes = new();

    /// <summary>Says something at once, before its turn.</summary>
    public void Note(BatchEvent note) => _notes.Enqueue(note);

    /// <param name="work">Adds its events to the queue. What it throws is a fault of this module, and told as one.</param>
    /// <param name="source">The row that the work is about.</param>
    /// <returns>Ends when the work has, with its events, and never fails.</returns>
    public Task<IReadOnlyCollection<BatchEvent>> Start(Func<ConcurrentQueue<BatchEvent>, Task> work, object? source)
    {
        ConcurrentQueue<BatchEvent> events = new();
        Task<IReadOnlyCollection<BatchEvent>> running = Task.Run<IReadOnlyCollection<BatchEvent>>(async () =>
        {
            try
            {
                await work(events).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // Stopped: nobody is listening any more.
            }
            catch (Exception e)
            {
                events.Enqueue(new BatchEvent.Failed(e as TtsException ?? Errors.Unexpected(e), source));
            }

            return events;
        });
        _window.Enqueue((running, events));
        return running;
    }

    public void Add(BatchEvent happened) => _window.Enqueue((Task.CompletedTask, new ConcurrentQueue<BatchEvent>([happened])));

    /// <summary>What is ready, in order. It waits only when the window is full, or for everything.</summary>
    /// <param name="all">Wait for everything.</param>
    /// <param name="progress">Asked now and then what there is to tell, if anything.</param>
    /// <param name="token">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IEnumerable<BatchEvent> Take(bool all, Func<BatchEvent?> progress, CancellationToken token)
    {
        while (_window.Count > 0)
        {
            (Task work, ConcurrentQueue<BatchEvent> events) = _window.Peek();
            bool must = all || _window.Count >= size;
            while (!work.IsCompleted && must)
            {
                work.Wait((int)Tick.TotalMilliseconds, token);
                while (_notes.TryDequeue(out BatchEvent? note))
                    yield return note;
                if (progress() is { } meanwhile)
                    yield return meanwhile;
            }

            while (_notes.TryDequeue(out BatchEvent? note))
                yield return note;
            if (!work.IsCompleted)
                yield break;
            _window.Dequeue();
            if (progress() is { } sofar)
                yield return sofar;
            foreach (BatchEvent happened in events)
                yield return happened;
        }
    }

    /// <summary>Gives what was stopped a moment to clear its temporary files away.</summary>
    public void WaitBriefly() => Task.WaitAll([.. _window.Select(slot => slot.Work)], CleanUpTime);
}
