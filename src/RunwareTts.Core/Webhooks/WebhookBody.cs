namespace RunwareTts.Webhooks;

/// <summary>Reads a body of which nothing is known: neither its length nor whether it ever ends.</summary>
internal sealed class WebhookBody(WebhookOptions options, MemoryBudget budget) : IDisposable
{
    private const int Chunk = 64 * 1024;
    private readonly MemoryStream _content = new();
    private int _held;

    /// <summary>At its beginning, once it was read.</summary>
    public Stream Content => _content;

    public async Task<WebhookRefusal?> ReadAsync(Stream body, long declared, CancellationToken token)
    {
        if (declared > options.MaxBody)
            return TooLarge();

        using CancellationTokenSource time = CancellationTokenSource.CreateLinkedTokenSource(token);
        Task late = Task.Delay(options.BodyTime, time.Token);
        try
        {
            byte[] chunk = new byte[Chunk];
            while (await ReadAsync(body, chunk, late).ConfigureAwait(false) is { } count)
            {
                if (count == 0)
                {
                    _content.Position = 0;
                    return null;
                }

                if (_content.Length + count > options.MaxBody)
                    return TooLarge();
                if (!budget.TryTake(count))
                    return new WebhookRefusal(503, "Too many deliveries wait already.");
                _held += count;
                _content.Write(chunk, 0, count);
            }

            token.ThrowIfCancellationRequested();
            return new WebhookRefusal(408, $"The body did not arrive within {options.BodyTime.TotalSeconds:0.###} s.");
        }
        finally
        {
            time.Cancel();
        }
    }

    /// <summary>Reads and discards, because unread bytes reset the connection and the answer would be lost.</summary>
    public static async Task DrainAsync(Stream body, long maxBytes, TimeSpan time)
    {
        using CancellationTokenSource end = new();
        Task late = Task.Delay(time, end.Token);
        byte[] chunk = new byte[Chunk];
        for (long drained = 0; drained < maxBytes;)
        {
            if (await ReadAsync(body, chunk, late).ConfigureAwait(false) is not { } count || count == 0)
                break;
            drained += count;
        }

        end.Cancel();
    }

    /// <summary>Leaves it to the caller to give back what is held now.</summary>
    public int HandOver()
    {
        int held = _held;
        _held = 0;
        return held;
    }

    public void Dispose()
    {
        budget.Give(HandOver());
        _content.Dispose();
    }

    // Null when it is too late. HttpListener's streams ignore a token.
    private static async Task<int?> ReadAsync(Stream body, byte[] chunk, Task late)
    {
        if (late.IsCompleted)
            return null;
        Task<int> read = body.ReadAsync(chunk, 0, chunk.Length, CancellationToken.None);
        if (await Task.WhenAny(read, late).ConfigureAwait(false) == read)
            return await read.ConfigureAwait(false);

        // It ends with its connection, and its error is of no interest.
        _ = read.ContinueWith(ended => ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted,
            TaskScheduler.Default);
        return null;
    }

    private WebhookRefusal TooLarge() => new(413, $"The body is larger than {options.MaxBody} bytes.");
}

/// <summary>Bytes that all deliveries together may hold.</summary>
internal sealed class MemoryBudget(long maxBytes)
{
    private long _held;

    public bool TryTake(int bytes)
    {
        if (Interlocked.Add(ref _held, bytes) <= maxBytes)
            return true;
        Give(bytes);
        return false;
    }

    public void Give(long bytes) => Interlocked.Add(ref _held, -bytes);
}
