using System.Collections.Concurrent;

namespace RunwareTts.Batch;

/// <summary>What -Verbose shows of a batch, from any thread. It is written at once, before its row's turn.</summary>
/// <param name="isRead">Someone reads it; otherwise nothing is kept.</param>
internal sealed class BatchLog(bool isRead = true)
{
    private readonly ConcurrentQueue<string> _messages = new();

    /// <summary>What every row would write need not be put into words otherwise.</summary>
    public bool IsRead => isRead;

    public void Write(string message)
    {
        if (isRead)
            _messages.Enqueue(message);
    }

    public void Write(PlannedRow row, string message) => Write(RowName.Say(row.Name, message));

    public IEnumerable<BatchEvent> Take()
    {
        while (_messages.TryDequeue(out string? message))
            yield return new BatchEvent.Told(message);
    }
}
