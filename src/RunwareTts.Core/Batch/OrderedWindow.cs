namespace RunwareTts.Batch;

/// <summary>
/// Rows that run at once and whose results come out in the order in which they were started, through a window of a
/// bounded size. Start and Take belong to one thread, which is the pipeline's; the rows run on others.
/// </summary>
internal sealed class OrderedWindow(int size, BatchLog? log = null)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan CleanUpTime = TimeSpan.FromMilliseconds(250);

    private readonly Queue<Slot> _window = new();

    /// <param name="name">What messages about the row begin with.</param>
    /// <param name="source">The row as it was given.</param>
    /// <param name="before">The row starts when this has ended, and occupies no thread until then.</param>
    /// <param name="run">Runs it. An exception is an error of the row.</param>
    public void Start(string name, object? source, Task before, Func<Task<RowResult>> run)
    {
        Slot slot = new(name, source);
        slot.Work = before.IsCompleted ? Task.Run(() => RunAsync(run, slot)) : RunAfterAsync(before, run, slot);
        _window.Enqueue(slot);
    }

    /// <summary>Adds a row that needs no work, in its order.</summary>
    public void Add(string name, object? source, RowResult result)
    {
        Slot slot = new(name, source);
        slot.End(result);
        _window.Enqueue(slot);
    }

    /// <summary>The results that are ready, in order. Waits if the window is full, or if all are asked for.</summary>
    /// <param name="all">Wait for all rows.</param>
    /// <param name="progress">Reports the progress while it waits; null for none.</param>
    /// <param name="token">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IEnumerable<BatchEvent> Take(bool all, BatchProgress? progress, CancellationToken token)
    {
        while (_window.Count > 0)
        {
            Slot slot = _window.Peek();
            bool must = all || _window.Count >= size;
            while (slot.Result is null && must)
            {
                token.ThrowIfCancellationRequested();
                slot.Wait(Tick);
                foreach (BatchEvent happened in TakeMessages(all, progress))
                    yield return happened;
            }

            if (slot.Result is { } result)
            {
                _window.Dequeue();
                IEnumerable<BatchEvent> events = result.ToEvents(slot.Name, slot.Source);
                foreach (BatchEvent happened in TakeMessages(all, progress).Concat(events))
                    yield return happened;
            }
            else
            {
                foreach (BatchEvent happened in TakeMessages(all, null))
                    yield return happened;
                yield break;
            }
        }
    }

    /// <summary>Gives rows that were stopped a moment to delete their temporary files.</summary>
    public void WaitBriefly() => Task.WaitAll([.. _window.Select(slot => slot.Work)], CleanUpTime);

    private IEnumerable<BatchEvent> TakeMessages(bool all, BatchProgress? progress)
    {
        foreach (BatchEvent message in log?.Take() ?? [])
            yield return message;
        if (progress?.Due(all) is { } due)
            yield return due;
    }

    private static async Task RunAfterAsync(Task before, Func<Task<RowResult>> run, Slot slot)
    {
        await Task.WhenAny(before).ConfigureAwait(false);
        await RunAsync(run, slot).ConfigureAwait(false);
    }

    private static async Task RunAsync(Func<Task<RowResult>> run, Slot slot)
    {
        try
        {
            slot.End(await run().ConfigureAwait(false));
        }
        catch (OperationCanceledException)
        {
            // Stopped: no one reads the result.
            slot.End(RowResult.Nothing);
        }
        catch (Exception e)
        {
            slot.End(RowResult.Of(Errors.From(e)));
        }
    }

    private sealed class Slot(string name, object? source)
    {
        private readonly object _lock = new();
        private volatile RowResult? _result;

        public string Name => name;

        public object? Source => source;

        public Task Work { get; set; } = Task.CompletedTask;

        /// <summary>Null while the row runs.</summary>
        public RowResult? Result => _result;

        public void End(RowResult result)
        {
            lock (_lock)
            {
                _result = result;
                Monitor.PulseAll(_lock);
            }
        }

        // Task.Wait would spin first, which costs processor time.
        public void Wait(TimeSpan longest)
        {
            lock (_lock)
            {
                if (_result is null)
                    Monitor.Wait(_lock, longest);
            }
        }
    }
}
