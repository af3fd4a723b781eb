namespace RunwareTts.Emulator;

/// <summary>Lets so many requests work at once; others wait in the order they came.</summary>
internal sealed class SlotGate
{
    private readonly Lock _lock = new();
    private readonly LinkedList<TaskCompletionSource<int>> _waiting = [];
    private int _working;

    public int Working
    {
        get { lock (_lock) return _working; }
    }

    public int Waiting
    {
        get { lock (_lock) return _waiting.Count; }
    }

    /// <summary>How many work with the caller, until it leaves. 0: too many wait already.</summary>
    public async Task<int> EnterAsync(int slots, int queue, CancellationToken token)
    {
        LinkedListNode<TaskCompletionSource<int>> turn;
        lock (_lock)
        {
            if (_working < slots) return ++_working;
            if (_waiting.Count >= queue) return 0;
            turn = _waiting.AddLast(new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        await using var given = token.Register(() => GiveUp(turn, token));
        return await turn.Value.Task;
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
                next.Value.SetResult(++_working);
            }
        }
    }

    private void GiveUp(LinkedListNode<TaskCompletionSource<int>> turn, CancellationToken token)
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
