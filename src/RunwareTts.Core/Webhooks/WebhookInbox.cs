using System.Collections.Concurrent;
using RunwareTts.Batch;

namespace RunwareTts.Webhooks;

/// <summary>
/// Between the threads that receive and the one that writes: each result once, and no more of them than are waited for.
/// </summary>
internal sealed class WebhookInbox(WebhookOptions options, MemoryBudget budget)
{
    // Refusals are reported, but a sender that is refused all day must not fill the memory with them.
    private const int MaxMessages = 1000;
    private const int Tick = 100;

    private readonly object _gate = new();
    private readonly BlockingCollection<(IReadOnlyList<BatchEvent> Events, int Held)> _queue = [];
    private readonly HashSet<string> _known = [];
    private readonly Queue<string> _oldestFirst = new();
    private bool _isClosed;
    private int _received;
    private int _undelivered;

    /// <summary>Results so far, failed ones included.</summary>
    public int Received => Volatile.Read(ref _received);

    public void Post(BatchEvent message)
    {
        if (_queue.Count < MaxMessages)
            _queue.Add(([message], 0));
    }

    /// <summary>
    /// Decides on a body before it is answered: what is received here is never refused later, and what is not is not
    /// remembered.
    /// </summary>
    /// <returns>
    /// The items that are new, which must be delivered if there are any; null when all that is waited for has come, so
    /// that another listener may receive them.
    /// </returns>
    public IReadOnlyList<WebhookItem>? Receive(IReadOnlyList<WebhookItem> items)
    {
        lock (_gate)
        {
            HashSet<string> keys = [];
            WebhookItem[] fresh = [.. items.Where(item => !_known.Contains(item.Key) && keys.Add(item.Key))];
            if (fresh.Length == 0)
                return [];
            if (_isClosed)
                return null;
            foreach (string key in keys)
                Remember(key);
            // A body of several is received whole, beyond the count too: the other half would be lost.
            _received += fresh.Length;
            _isClosed = _received >= options.Count;
            Interlocked.Increment(ref _undelivered);
            return fresh;
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
            bool isLast = IsOver(timeOver);
            if (_queue.TryTake(out (IReadOnlyList<BatchEvent> Events, int Held) delivery, isLast ? 0 : Tick, token))
            {
                foreach (BatchEvent happened in delivery.Events)
                    yield return happened;
                budget.Give(delivery.Held);
            }
            else if (isLast)
            {
                yield break;
            }
        }
    }

    private bool IsOver(CancellationToken timeOver)
    {
        lock (_gate)
        {
            _isClosed |= timeOver.IsCancellationRequested;
            return _isClosed && Volatile.Read(ref _undelivered) == 0;
        }
    }

    private void Remember(string key)
    {
        _known.Add(key);
        _oldestFirst.Enqueue(key);
        if (_oldestFirst.Count > options.MaxRemembered)
            _known.Remove(_oldestFirst.Dequeue());
    }
}
