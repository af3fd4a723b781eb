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

    private readonly Queue<Slot> _window = new();
    private readonly ConcurrentQueue<BatchEvent> _notes = new();

    /// <summary>Says something at once, before its turn.</summary>
    public void Note(BatchEvent note) => _notes.Enqueue(note);

    /// <param name="work">Adds its events to the list, one after the other. What it throws is a fault of this module, and told as one.</param>
    /// <param name="source">The row that the work is about.</param>
    /// <param name="before">What the work waits for first of all: until then it needs no thread.</param>
    public void Start(Func<List<BatchEvent>, Task> work, object? source, Task before)
    {
        Slot slot = new();
        slot.Work = before.IsCompleted ? Task.Run(() => RunAsync(work, source, slot)) : RunAfterAsync(before, work, source, slot);
        _window.Enqueue(slot);
    }

    public void Add(BatchEvent happened) => _window.Enqueue(new Slot { IsOver = true, Events = { happened } });

    /// <summary>What is ready, in order. It waits only when the window is full, or for everything.</summary>
    /// <param name="all">Wait for everything.</param>
    /// <param name="progress">Asked now and then what there is to tell, if anything.</param>
    /// <param name="token">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IEnumerable<BatchEvent> Take(bool all, Func<BatchEvent?> progress, CancellationToken token)
    {
        while (_window.Count > 0)
        {
            Slot slot = _window.Peek();
            bool must = all || _window.Count >= size;
            while (!slot.IsOver && must)
            {
                token.ThrowIfCancellationRequested();
                slot.Wait(Tick);
                while (_notes.TryDequeue(out BatchEvent? note))
                    yield return note;
                if (progress() is { } meanwhile)
                    yield return meanwhile;
            }

            while (_notes.TryDequeue(out BatchEvent? note))
                yield return note;
            if (!slot.IsOver)
                yield break;
            _window.Dequeue();
            if (progress() is { } sofar)
                yield return sofar;
            foreach (BatchEvent happened in slot.Events)
                yield return happened;
        }
    }

    /// <summary>Gives what was stopped a moment to clear its temporary files away.</summary>
    public void WaitBriefly() => Task.WaitAll([.. _window.Select(slot => slot.Work)], CleanUpTime);

    private static async Task RunAfterAsync(Task before, Func<List<BatchEvent>, Task> work, object? source, Slot slot)
    {
        await Task.WhenAny(before).ConfigureAwait(false);
        await RunAsync(work, source, slot).ConfigureAwait(false);
    }

    private static async Task RunAsync(Func<List<BatchEvent>, Task> work, object? source, Slot slot)
    {
        try
        {
            await work(slot.Events).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Stopped: nobody is listening any more.
        }
        catch (Exception e)
        {
            slot.Events.Add(new BatchEvent.Failed(e as TtsException ?? Errors.Unexpected(e), source));
        }

        slot.End();
    }

    private sealed class Slot
    {
        private volatile bool _isOver;

        public Task Work { get; set; } = Task.CompletedTask;

        public List<BatchEvent> Events { get; } = [];

        public bool IsOver
        {
            get => _isOver;
            init => _isOver = value;
        }

        public void End()
        {
            lock (Events)
            {
                _isOver = true;
                Monitor.PulseAll(Events);
            }
        }

        // A task's own Wait would turn round and round for a while first.
        public void Wait(TimeSpan longest)
        {
            lock (Events)
            {
                if (!_isOver)
                    Monitor.Wait(Events, longest);
            }
        }
    }
}
