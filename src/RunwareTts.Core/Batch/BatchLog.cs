using System.Collections.Concurrent;

namespace RunwareTts.Batch;

/// <summary>The -Verbose messages of a batch, from any thread. They do not wait for their row's turn.</summary>
/// <param name="isRead">They are shown; otherwise nothing is kept.</param>
internal sealed class BatchLog(bool isRead = true)
{
    private readonly ConcurrentQueue<string> _messages = new();

    /// <summary>The messages are shown; otherwise those of every row need not be made.</summary>
    public bool IsRead => isRead;

    public void Write(string message)
    {
        if (isRead)
            _messages.Enqueue(message);
    }

    public void Write(PlannedRow row, string message) => Write(RowName.Prefix(row.Name, message));

    public IEnumerable<BatchEvent> Take()
    {
        while (_messages.TryDequeue(out string? message))
            yield return new BatchEvent.Verbose(message);
    }
}
