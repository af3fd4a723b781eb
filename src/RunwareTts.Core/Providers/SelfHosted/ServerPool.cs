using System.Diagnostics;

namespace RunwareTts.Providers.SelfHosted;

/// <summary>A request's place at a server.</summary>
/// <param name="Seat">The server.</param>
/// <param name="Sent">When it was given, by the clock of the pool.</param>
internal sealed record ServerLease(ServerSeat Seat, TimeSpan Sent)
{
    public SpeechServer Server => Seat.Server;
}

/// <summary>
/// Spreads the requests for one model over its servers. The least busy one gets the next request, so that each gets as
/// many as it answers; of equally busy ones, the fastest. Any thread may use it.
/// </summary>
internal sealed class ServerPool(IReadOnlyList<SpeechServer> servers, ServerPatience patience)
{
    private readonly ServerSeat[] _seats = [.. servers.Select(server => new ServerSeat(server, patience))];
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TaskCompletionSource<bool> _changed = NewSignal();
    private TimeSpan? _allOutSince;

    public IReadOnlyList<SpeechServer> Servers => servers;

    /// <summary>It was asked for a server.</summary>
    public bool IsUsed { get; private set; }

    /// <summary>No server has answered for so long that rows do not wait any more.</summary>
    public bool IsDown
    {
        get
        {
            lock (_seats)
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
            lock (_seats)
            {
                IsUsed = true;
                TimeSpan now = _clock.Elapsed;
                if (Choose(avoid, now) is { } seat)
                {
                    seat.Take();
                    return new ServerLease(seat, now);
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

    /// <inheritdoc cref="ServerSeat.Answered"/>
    public void Answered(ServerLease lease)
    {
        lock (_seats)
        {
            _allOutSince = null;
            lease.Seat.Answered();
        }
    }

    /// <inheritdoc cref="ServerSeat.Spoke"/>
    public void Spoke(ServerLease lease, int characters)
    {
        lock (_seats)
        {
            _allOutSince = null;
            lease.Seat.Spoke(_clock.Elapsed - lease.Sent, characters);
        }
    }

    /// <inheritdoc cref="ServerSeat.WasBusy"/>
    public void WasBusy(ServerLease lease, TimeSpan? retryAfter)
    {
        lock (_seats)
        {
            _allOutSince = null;
            lease.Seat.WasBusy(lease.Sent, _clock.Elapsed, retryAfter);
        }
    }

    /// <inheritdoc cref="ServerSeat.Failed"/>
    public TimeSpan? Failed(ServerLease lease, Guid task, bool isDown)
    {
        lock (_seats)
        {
            TimeSpan now = _clock.Elapsed;
            TimeSpan? time = lease.Seat.Failed(task, isDown, lease.Sent, now);
            if (_seats.All(seat => seat.IsOut))
                _allOutSince ??= now;
            return time;
        }
    }

    public void Release(ServerLease lease)
    {
        TaskCompletionSource<bool> changed;
        lock (_seats)
        {
            lease.Seat.Release();
            changed = _changed;
            _changed = NewSignal();
        }

        changed.SetResult(true);
    }

    private ServerSeat? Choose(SpeechServer? avoid, TimeSpan now) => _seats
        .Where(seat => seat.CanTake(now))
        .OrderBy(seat => seat.Server == avoid)
        .ThenBy(seat => seat.InFlight)
        .ThenBy(seat => seat.Pace)
        .FirstOrDefault();

    private bool IsDownAt(TimeSpan now) => now - _allOutSince >= patience.AllOut;

    private TimeSpan NextChange(TimeSpan now)
    {
        TimeSpan next = now + patience.MaxOut;
        foreach (TimeSpan opens in _seats.Select(seat => seat.OpensAt).Where(time => time > now))
            next = opens < next ? opens : next;
        return _allOutSince + patience.AllOut is { } end && end > now && end < next ? end : next;
    }

    private static TaskCompletionSource<bool> NewSignal() =>
        new(TaskCreationOptions.RunContinuationsAsynchronously);
}
