using RunwareTts.Files;

namespace RunwareTts.Batch;

/// <summary>What came of the latest rows, by their file, for equal rows that name the same one.</summary>
internal sealed class SharedFiles
{
    // Enough for duplicates near to one another; a long batch must not be kept in memory for those that are not.
    private const int Most = 10_000;

    private readonly Dictionary<string, Task<IReadOnlyCollection<BatchEvent>>> _rows = new(StringComparer.OrdinalIgnoreCase);
    private readonly Queue<string> _order = new();

    public void Add(OutputTarget? target, Task<IReadOnlyCollection<BatchEvent>> row)
    {
        if (target is null)
            return;
        _rows[target.FullPath] = row;
        _order.Enqueue(target.FullPath);
        if (_order.Count > Most)
            _rows.Remove(_order.Dequeue());
    }

    public Task<IReadOnlyCollection<BatchEvent>>? Of(OutputTarget target) => _rows.TryGetValue(target.FullPath, out Task<IReadOnlyCollection<BatchEvent>>? row) ? row : null;
}
