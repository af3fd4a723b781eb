using System.Diagnostics;

namespace RunwareTts.Providers.SelfHosted;

/// <summary>A request at a server, from its choice to its answer.</summary>
/// <param name="Health">The server and how it does.</param>
/// <param name="Sent">When the server was chosen, by the clock of the pool.</param>
internal sealed record ServerLease(ServerHealth Health, TimeSpan Sent)
{
    public SpeechServer Server => Health.Server;
}

/// <summary>
/// Spreads the requests for one model over its servers. The least busy one gets the next request, so that each gets as
/// many as it answers; of equally busy ones, the fastest. Any thread may use it.
/// </summary>
internal sealed class ServerPool(IReadOnlyList<SpeechServer> servers, ServerBackoff backoff)
{
    private readonly ServerHealth[] _health = [.. servers.Select(server => new ServerHealth(server, backoff))];
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TaskCompletionSource<bool> _changed = NewSignal();
    private TimeSpan? _allOutSince;

    public IReadOnlyList<SpeechServer> Servers => servers;

    /// <summary>A row has needed one of its servers.</summary>
    public bool IsUsed { get; private set; }

    /// <summary>No server has answered for so long that rows do not wait any more.</summary>
    public bool IsDown
    {
        get
        {
            lock (_health)
                return IsDownAt(_clock.Elapsed);
        }
    }

    /// <summary>Waits for a server that can take a request.</summary>
    /// <param name="avoid">A server that has failed with this text: it is the last choice.</param>
    /// <param name="token">Ends the wait.</param>
    /// <returns>Null if all are out, and were for as long as rows wait.</returns>
    public async Task<ServerLease?> TakeAsync(SpeechServer? avoid, CancellationToken token)
    {
        while (true)
        {
            Task changed;
            TimeSpan wait;
            lock (_health)
            {
                IsUsed = true;
                TimeSpan now = _clock.Elapsed;
                if (Choose(avoid, now) is { } server)
                {
                    server.Take();
                    return new ServerLease(server, now);
                }

                if (IsDownAt(now))
                    return null;
                changed = _changed.Task;
                wait = NextChange(now) - now;
            }

            // A timer may fire a little early.
            using CancellationTokenSource timer = CancellationTokenSource.CreateLinkedTokenSource(token);
            await Task.WhenAny(changed, Task.Delay(wait + TimeSpan.FromMilliseconds(1), timer.Token))
                .ConfigureAwait(false);
            timer.Cancel();
            token.ThrowIfCancellationRequested();
        }
    }

    /// <inheritdoc cref="ServerHealth.Answered"/>
    public void Answered(ServerLease lease)
    {
        lock (_health)
        {
            _allOutSince = null;
            lease.Health.Answered();
        }
    }

    /// <inheritdoc cref="ServerHealth.Spoke"/>
    public void Spoke(ServerLease lease, int characters)
    {
        lock (_health)
        {
            _allOutSince = null;
            lease.Health.Spoke(_clock.Elapsed - lease.Sent, characters);
        }
    }

    /// <inheritdoc cref="ServerHealth.WasBusy"/>
    public void WasBusy(ServerLease lease, TimeSpan? retryAfter)
    {
        lock (_health)
        {
            _allOutSince = null;
            lease.Health.WasBusy(lease.Sent, _clock.Elapsed, retryAfter);
        }
    }

    /// <inheritdoc cref="ServerHealth.Failed"/>
    public TimeSpan? Failed(ServerLease lease, Guid task, bool isDown)
    {
        lock (_health)
        {
            TimeSpan now = _clock.Elapsed;
            TimeSpan? time = lease.Health.Failed(task, isDown, lease.Sent, now);
            if (_health.All(server => server.IsOut))
                _allOutSince ??= now;
            return time;
        }
    }

    public void Release(ServerLease lease)
    {
        TaskCompletionSource<bool> changed;
        lock (_health)
        {
            lease.Health.Release();
            changed = _changed;
            _changed = NewSignal();
        }

        changed.SetResult(true);
    }

    private ServerHealth? Choose(SpeechServer? avoid, TimeSpan now) => _health
        .Where(server => server.CanTake(now))
        .OrderBy(server => server.Server == avoid)
        .ThenBy(server => server.InFlight)
        .ThenBy(server => server.Pace)
        .FirstOrDefault();

    private bool IsDownAt(TimeSpan now) => now - _allOutSince >= backoff.AllOut;

    private TimeSpan NextChange(TimeSpan now)
    {
        TimeSpan next = now + backoff.MaxOut;
        foreach (TimeSpan opens in _health.Select(server => server.OpensAt).Where(time => time > now))
            next = opens < next ? opens : next;
        return _allOutSince + backoff.AllOut is { } end && end > now && end < next ? end : next;
    }

    private static TaskCompletionSource<bool> NewSignal() =>
        new(TaskCreationOptions.RunContinuationsAsynchronously);
}
