using System.Collections.Concurrent;
using RunwareTts.Batch;

namespace RunwareTts.Webhooks;

/// <summary>What became of a good body.</summary>
internal enum Reception
{
    /// <summary>It holds something new, which must be delivered once it was answered.</summary>
    Taken,

    /// <summary>All of it is known already.</summary>
    Repeated,

    /// <summary>It tells of a task that is still running.</summary>
    Nothing,

    /// <summary>The receiver has all that it waits for: somebody else may take it.</summary>
    Closed,
}

/// <summary>Between the threads that receive and the one that writes: each result once, and no more of them than are waited for.</summary>
internal sealed class WebhookInbox(WebhookOptions options, MemoryBudget budget)
{
    // Refusals are told, but a sender that is refused all day must not fill the memory with them.
    private const int MostWords = 1000;
    private const int Tick = 100;

    private readonly object _gate = new();
    private readonly BlockingCollection<(IReadOnlyList<BatchEvent> Events, int Held)> _queue = [];
    private readonly HashSet<string> _known = [];
    private readonly Queue<string> _oldestFirst = new();
    private bool _closed;
    private int _taken;
    private int _undelivered;

    /// <summary>Results so far, failed ones included.</summary>
    public int Taken => Volatile.Read(ref _taken);

    public void Tell(BatchEvent words)
    {
        if (_queue.Count < MostWords)
            _queue.Add(([words], 0));
    }

    /// <summary>Decides on a body before it is answered: what is taken here is never refused later, and what is not taken is not remembered.</summary>
    public Reception Receive(IReadOnlyList<WebhookItem> items, out List<WebhookItem> fresh)
    {
        lock (_gate)
        {
            HashSet<string> keys = [];
            fresh = [.. items.Where(item => !_known.Contains(item.Key) && keys.Add(item.Key))];
            if (fresh.Count == 0)
                return items.Count == 0 ? Reception.Nothing : Reception.Repeated;
            if (_closed)
                return Reception.Closed;

            foreach (string key in keys)
                Remember(key);
            // A body of several is taken whole, beyond the count too: the other half would be lost.
            _taken += fresh.Count;
            _closed = _taken >= options.Count;
            Interlocked.Increment(ref _undelivered);
            return Reception.Taken;
        }
    }

    public void Deliver(IReadOnlyList<BatchEvent> events, int held)
    {
        _queue.Add((events, held));
        Interlocked.Decrement(ref _undelivered);
    }

    /// <summary>What comes, until as much has come as is waited for, or the time is over.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IEnumerable<BatchEvent> Take(CancellationToken timeOver, CancellationToken token)
    {
        while (true)
        {
            bool last = IsOver(timeOver);
            if (_queue.TryTake(out (IReadOnlyList<BatchEvent> Events, int Held) delivery, last ? 0 : Tick, token))
            {
                foreach (BatchEvent happened in delivery.Events)
                    yield return happened;
                budget.Give(delivery.Held);
            }
            else if (last)
            {
                yield break;
            }
        }
    }

    private bool IsOver(CancellationToken timeOver)
    {
        lock (_gate)
        {
            _closed |= timeOver.IsCancellationRequested;
            return _closed && Volatile.Read(ref _undelivered) == 0;
        }
    }

    private void Remember(string key)
    {
        _known.Add(key);
        _oldestFirst.Enqueue(key);
        if (_oldestFirst.Count > options.MostRemembered)
            _known.Remove(_oldestFirst.Dequeue());
    }
}
