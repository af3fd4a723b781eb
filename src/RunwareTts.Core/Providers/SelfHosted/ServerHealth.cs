namespace RunwareTts.Providers.SelfHosted;

/// <summary>
/// How one server does in a batch: what it works on, how many requests it gets, and how long it is left out. A function
/// of what happened and when; its pool locks it.
/// </summary>
/// <param name="server">The server.</param>
/// <param name="backoff">How long it is left out after a failure.</param>
internal sealed class ServerHealth(SpeechServer server, ServerBackoff backoff)
{
    // Failures of different texts, one after the other; a single one may be the text's.
    private const int MaxStrikes = 2;

    // The share of the newest answer in the pace.
    private const double NewestShare = 0.3;

    // Requests at a time. A server has no limit until it is busy for the first time.
    private double _limit = double.PositiveInfinity;
    private TimeSpan _closedUntil;
    private TimeSpan _lastCut = TimeSpan.MinValue;
    private TimeSpan _lastOut = TimeSpan.MinValue;
    private int _refusals;
    private int _outages;
    private int _strikes;
    private Guid _lastStrike;

    public SpeechServer Server => server;

    /// <summary>Requests that it works on.</summary>
    public int InFlight { get; private set; }

    /// <summary>Seconds for a character, by the last answers above all; 0 until there is one.</summary>
    public double Pace { get; private set; }

    /// <summary>It has failed and not succeeded since.</summary>
    public bool IsOut => _outages > 0;

    /// <summary>When it can take the next request, at the earliest.</summary>
    public TimeSpan OpensAt => _closedUntil;

    /// <summary>A server that has failed gets one request, until that has succeeded.</summary>
    public bool CanTake(TimeSpan now) => now >= _closedUntil && InFlight < (IsOut ? 1 : Math.Floor(_limit));

    public void Take() => InFlight++;

    public void Release() => InFlight--;

    /// <summary>It has answered, if only to refuse a request.</summary>
    public void Answered()
    {
        if (IsOut)
            _closedUntil = TimeSpan.Zero;
        (_outages, _strikes, _lastStrike) = (0, 0, Guid.Empty);
    }

    /// <summary>It has generated speech.</summary>
    /// <param name="elapsed">How long that took.</param>
    /// <param name="characters">Of the text.</param>
    public void Spoke(TimeSpan elapsed, int characters)
    {
        Answered();
        _refusals = 0;
        _limit += 1 / _limit;
        double pace = elapsed.TotalSeconds / Math.Max(1, characters);
        Pace = Pace > 0 ? Pace + NewestShare * (pace - Pace) : pace;
    }

    /// <summary>It had too much to do, so it gets less.</summary>
    /// <param name="sent">When the request was sent; before the last cut, the limit stays.</param>
    /// <param name="now">Now.</param>
    /// <param name="retryAfter">How long it asks to wait.</param>
    public void WasBusy(TimeSpan sent, TimeSpan now, TimeSpan? retryAfter)
    {
        Answered();
        if (sent <= _lastCut)
            return;
        _lastCut = now;
        _limit = Math.Max(1, Math.Min(_limit, InFlight) / 2);
        TimeSpan wait = retryAfter > TimeSpan.Zero ? retryAfter.Value
            : Doubled(backoff.FirstBusy, _refusals, backoff.MaxBusy);
        _closedUntil = Later(_closedUntil, now + (wait < backoff.MaxOut ? wait : backoff.MaxOut));
        _refusals++;
    }

    /// <summary>It has failed.</summary>
    /// <param name="task">Whose request failed: one text alone takes no server out.</param>
    /// <param name="isDown">No other request can succeed there.</param>
    /// <param name="sent">When the request was sent; all that were in flight when it failed are one failure.</param>
    /// <param name="now">Now.</param>
    /// <returns>For how long it is left out, if it was in service before; else null.</returns>
    public TimeSpan? Failed(Guid task, bool isDown, TimeSpan sent, TimeSpan now)
    {
        if (sent <= _lastOut)
            return null;
        if (!isDown && !IsOut)
        {
            _strikes += _lastStrike == task ? 0 : 1;
            _lastStrike = task;
            if (_strikes < MaxStrikes)
                return null;
        }

        TimeSpan time = Doubled(backoff.FirstOut, _outages, backoff.MaxOut);
        // An answer that was on its way when the server went down may bring it back for a moment.
        bool isNews = _lastOut == TimeSpan.MinValue || now - _lastOut >= backoff.FirstOut;
        (_lastOut, _strikes) = (now, 0);
        _closedUntil = Later(_closedUntil, now + time);
        return _outages++ == 0 && isNews ? time : null;
    }

    private static TimeSpan Doubled(TimeSpan first, int times, TimeSpan max)
    {
        double doubled = first.Ticks * Math.Pow(2, Math.Min(times, 20));
        return doubled < max.Ticks ? TimeSpan.FromTicks((long)doubled) : max;
    }

    private static TimeSpan Later(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
