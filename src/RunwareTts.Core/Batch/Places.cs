using System.Diagnostics;

namespace RunwareTts.Batch;

/// <summary>
/// The places of tasks in flight, given in the order of the rows. When the service pushes back there are half as many,
/// and with every round of tasks that go well one more, up to ThrottleLimit.
/// </summary>
/// <param name="most">ThrottleLimit.</param>
/// <param name="tell">Told when their number changes.</param>
internal sealed class Places(int most, Action<string> tell)
{
    private readonly List<(int Row, TaskCompletionSource<bool> Turn)> _waiting = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private double _limit = most;
    private int _taken;
    private TimeSpan _lastCut = TimeSpan.MinValue;
    private TimeSpan _closedUntil;

    /// <summary>How many there are now.</summary>
    public int Limit
    {
        get
        {
            lock (_waiting)
                return (int)_limit;
        }
    }

    /// <summary>The time of these places, for <see cref="PushedBack"/>.</summary>
    public TimeSpan Now => _clock.Elapsed;

    /// <param name="row">Rows of lower numbers go first.</param>
    /// <param name="token">Ends the wait.</param>
    public Task TakeAsync(int row, CancellationToken token)
    {
        // Who gives a place back lets the next row leave before it goes on with its own, which is in no hurry any more.
        TaskCompletionSource<bool> turn = new();
        lock (_waiting)
        {
            int at = _waiting.FindIndex(w => w.Row > row);
            _waiting.Insert(at < 0 ? _waiting.Count : at, (row, turn));
        }

        Give();
        return turn.Task.IsCompleted ? turn.Task : WaitAsync(turn, token);
    }

    public void Release()
    {
        Untake();
        Give();
    }

    /// <summary>A task was taken by the service.</summary>
    public void Went()
    {
        string? note = null;
        lock (_waiting)
        {
            int before = (int)_limit;
            _limit = Math.Min(most, _limit + 1 / _limit);
            if ((int)_limit > before)
                note = $"It goes well: {(int)_limit} tasks at once.";
        }

        if (note is null)
            return;
        tell(note);
        Give();
    }

    /// <summary>The service was too busy for a task.</summary>
    /// <param name="sent">When the task was sent: those that left before the last cut say nothing new.</param>
    /// <param name="retryAfter">How long it asked to be left alone.</param>
    public void PushedBack(TimeSpan sent, TimeSpan? retryAfter)
    {
        string? note = null;
        lock (_waiting)
        {
            if (sent > _lastCut)
            {
                _lastCut = _clock.Elapsed;
                _limit = Math.Max(1, _limit / 2);
                note = FormattableString.Invariant($"The service pushes back: {(int)_limit} tasks at once{(retryAfter is { } asked ? $", after {asked.TotalSeconds:0.#} s" : "")}.");
            }

            if (retryAfter is { } wait && _clock.Elapsed + wait is var until && until > _closedUntil)
            {
                _closedUntil = until;
                _ = OpenAsync();
            }
        }

        if (note is not null)
            tell(note);
    }

    private async Task OpenAsync()
    {
        // A timer may be a little early by this clock.
        while (_closedUntil - _clock.Elapsed is var rest && rest > TimeSpan.Zero)
            await Task.Delay(rest + TimeSpan.FromMilliseconds(1)).ConfigureAwait(false);
        Give();
    }

    private static async Task WaitAsync(TaskCompletionSource<bool> turn, CancellationToken token)
    {
        using (token.Register(() => turn.TrySetCanceled(token)))
            await turn.Task.ConfigureAwait(false);
    }

    private void Give()
    {
        while (Next() is { } next)
        {
            if (!next.TrySetResult(true))
                Untake();
        }
    }

    private TaskCompletionSource<bool>? Next()
    {
        lock (_waiting)
        {
            if (_waiting.Count == 0 || _taken >= Math.Max(1, (int)_limit) || _clock.Elapsed < _closedUntil)
                return null;
            TaskCompletionSource<bool> next = _waiting[0].Turn;
            _waiting.RemoveAt(0);
            _taken++;
            return next;
        }
    }

    private void Untake()
    {
        lock (_waiting)
            _taken--;
    }
}
