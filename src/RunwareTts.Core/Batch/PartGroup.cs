namespace RunwareTts.Batch;

/// <summary>
/// The parts of one text. Counts them in the progress of the batch, until it is disposed. After one part has failed, no
/// other part is sent.
/// </summary>
internal sealed class PartGroup : IDisposable
{
    private readonly BatchProgress _progress;
    private readonly int _count;
    private volatile bool _hasFailed;
    private int _ended;
    private bool _isJoining;

    public PartGroup(BatchProgress progress, int count)
    {
        (_progress, _count) = (progress, count);
        progress.Count(known: count);
    }

    public bool HasFailed => _hasFailed;

    /// <summary>Counts a part that has ended.</summary>
    public void Add(RowResult result)
    {
        _hasFailed |= result.Errors.Count > 0;
        if (result.Speeches.Count == 0)
            return;
        Interlocked.Increment(ref _ended);
        _progress.Count(ended: 1, generated: result.Speeches[0].Attempts > 0 ? 1 : 0);
    }

    public void BeginJoining()
    {
        _isJoining = true;
        _progress.Count(joining: 1);
    }

    public void Dispose() => _progress.Count(known: _ended - _count, joining: _isJoining ? -1 : 0);
}
