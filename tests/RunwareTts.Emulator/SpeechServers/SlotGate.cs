namespace RunwareTts.Emulator;

/// <summary>Lets so many requests work at once; others wait in the order they came.</summary>
internal sealed class SlotGate
{
    private readonly Lock _lock = new();
    private readonly LinkedList<TaskCompletionSource> _waiting = [];
    private int _working;
    private int _peak;

    public int Working
    {
        get { lock (_lock) return _working; }
    }

    public int Waiting
    {
        get { lock (_lock) return _waiting.Count; }
    }

    /// <summary>The most that worked at once.</summary>
    public int Peak
    {
        get { lock (_lock) return _peak; }
    }

    /// <summary>False when too many wait already. Else the caller works until it leaves.</summary>
    public async Task<bool> EnterAsync(int slots, int queue, CancellationToken token)
    {
        LinkedListNode<TaskCompletionSource> turn;
        lock (_lock)
        {
            if (_working < slots)
            {
                Begin();
                return true;
            }
            if (_waiting.Count >= queue) return false;
            turn = _waiting.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        await using var given = token.Register(() => GiveUp(turn, token));
        await turn.Value.Task;
        return true;
    }

    public void Leave(int slots)
    {
        lock (_lock) _working--;
        Admit(slots);
    }

    /// <summary>Those who wait go in as far as there is room.</summary>
    public void Admit(int slots)
    {
        lock (_lock)
        {
            while (_working < slots && _waiting.First is { } next)
            {
                _waiting.RemoveFirst();
                Begin();
                next.Value.SetResult();
            }
        }
    }

    private void Begin() => _peak = Math.Max(_peak, ++_working);

    private void GiveUp(LinkedListNode<TaskCompletionSource> turn, CancellationToken token)
    {
        lock (_lock)
        {
            // Its turn may have come in the same moment.
            if (turn.List is null) return;
            _waiting.Remove(turn);
            turn.Value.SetCanceled(token);
        }
    }
}
