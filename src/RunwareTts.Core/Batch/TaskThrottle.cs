using System.Diagnostics;

namespace RunwareTts.Batch;

/// <summary>
/// Limits the tasks in flight; slots are granted in the order of the rows. When the service is busy, the limit is
/// halved. Every round of accepted tasks raises it by one, up to ThrottleLimit.
/// </summary>
/// <param name="max">ThrottleLimit.</param>
/// <param name="log">Shows when the limit changes.</param>
internal sealed class TaskThrottle(int max, BatchLog log)
{
    private readonly List<(int Row, TaskCompletionSource<bool> Turn)> _waiting = [];
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private double _limit = max;
    private int _taken;
    private TimeSpan _lastCut = TimeSpan.MinValue;
    private TimeSpan _closedUntil;

    /// <summary>The clock of <see cref="Lower"/>.</summary>
    public TimeSpan Now => _clock.Elapsed;

    /// <param name="row">Rows of lower numbers go first.</param>
    /// <param name="token">Ends the wait.</param>
    public Task EnterAsync(int row, CancellationToken token)
    {
        // Continuations run at once, on purpose: a row that releases its slot starts the next row before it continues.
        TaskCompletionSource<bool> turn = new();
        lock (_waiting)
        {
            int at = _waiting.FindIndex(w => w.Row > row);
            _waiting.Insert(at < 0 ? _waiting.Count : at, (row, turn));
        }

        Grant();
        return turn.Task.IsCompleted ? turn.Task : WaitAsync(turn, token);
    }

    public void Release()
    {
        Vacate();
        Grant();
    }

    /// <summary>The service has accepted a task.</summary>
    public void Raise()
    {
        string? note = null;
        lock (_waiting)
        {
            int before = (int)_limit;
            _limit = Math.Min(max, _limit + 1 / _limit);
            if ((int)_limit > before)
                note = FormattableString.Invariant($"Throttle raised to {(int)_limit}.");
        }

        if (note is null)
            return;
        log.Write(note);
        Grant();
    }

    /// <summary>The service was too busy for a task.</summary>
    /// <param name="sent">When the task was sent. If that was before the last cut, the limit stays.</param>
    /// <param name="retryAfter">How long the service asked to wait.</param>
    public void Lower(TimeSpan sent, TimeSpan? retryAfter)
    {
        string? note = null;
        lock (_waiting)
        {
            if (sent > _lastCut)
            {
                _lastCut = _clock.Elapsed;
                _limit = Math.Max(1, _limit / 2);
                string pause = retryAfter is { } asked
                    ? FormattableString.Invariant($", after {asked.TotalSeconds:0.#} s") : "";
                note = FormattableString.Invariant($"The service is busy: throttle lowered to {(int)_limit}{pause}.");
            }

            if (retryAfter is { } wait && _clock.Elapsed + wait is var until && until > _closedUntil)
            {
                _closedUntil = until;
                _ = OpenAsync();
            }
        }

        if (note is not null)
            log.Write(note);
    }

    private async Task OpenAsync()
    {
        // A timer may fire a little early.
        while (_closedUntil - _clock.Elapsed is var rest && rest > TimeSpan.Zero)
            await Task.Delay(rest + TimeSpan.FromMilliseconds(1)).ConfigureAwait(false);
        Grant();
    }

    private static async Task WaitAsync(TaskCompletionSource<bool> turn, CancellationToken token)
    {
        using (token.Register(() => turn.TrySetCanceled(token)))
            await turn.Task.ConfigureAwait(false);
    }

    private void Grant()
    {
        while (Next() is { } next)
        {
            if (!next.TrySetResult(true))
                Vacate();
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

    private void Vacate()
    {
        lock (_waiting)
            _taken--;
    }
}
