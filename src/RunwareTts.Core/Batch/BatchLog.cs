using System.Collections.Concurrent;

namespace RunwareTts.Batch;

/// <summary>The -Verbose messages of a batch, from any thread. They do not wait for their row's turn.</summary>
internal sealed class BatchLog
{
    private readonly ConcurrentQueue<string> _messages = new();

    public void Write(string message) => _messages.Enqueue(message);

    public void Write(PlannedRow row, string message) => Write(RowName.Prefix(row.Name, message));

    public IEnumerable<BatchEvent> Take()
    {
        while (_messages.TryDequeue(out string? message))
            yield return new BatchEvent.Verbose(message);
    }
}
