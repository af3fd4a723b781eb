namespace RunwareTts.Batch;

/// <summary>
/// Counts the parts of one text for the progress of its batch. What is left of them when it ends will not come.
/// </summary>
internal sealed class PartCounter : IDisposable
{
    private readonly BatchProgress _progress;
    private readonly int _count;
    private int _ended;
    private bool _isJoining;

    public PartCounter(BatchProgress progress, int count)
    {
        (_progress, _count) = (progress, count);
        progress.Count(known: count);
    }

    /// <param name="isSpoken">It was not there already.</param>
    public void Ended(bool isSpoken)
    {
        Interlocked.Increment(ref _ended);
        _progress.Count(ended: 1, spoken: isSpoken ? 1 : 0);
    }

    public void Joining()
    {
        _isJoining = true;
        _progress.Count(joining: 1);
    }

    public void Dispose() => _progress.Count(known: _ended - _count, joining: _isJoining ? -1 : 0);
}
