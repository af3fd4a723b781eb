namespace RunwareTts.Ledger;

/// <summary>One at a time for each name, in the order in which they came.</summary>
internal sealed class Turns
{
    private readonly Dictionary<string, Turn> _last = [];

    /// <summary>Waits until those before have disposed of their turns.</summary>
    public async Task<IDisposable?> TakeAsync(string name, CancellationToken token)
    {
        Turn mine = new(this, name);
        Turn? before;
        lock (_last)
        {
            _last.TryGetValue(name, out before);
            _last[name] = mine;
        }

        if (before is not null)
        {
            try
            {
                TaskCompletionSource<bool> stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
                using (token.Register(() => stopped.TrySetCanceled(token)))
                    await (await Task.WhenAny(before.Over, stopped.Task).ConfigureAwait(false)).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                // Whoever comes next waits for the one before, not for us.
                _ = before.Over.ContinueWith(_ => mine.Dispose(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
                throw;
            }
        }

        return mine;
    }

    private sealed class Turn(Turns owner, string name) : IDisposable
    {
        private readonly TaskCompletionSource<bool> _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Over => _over.Task;

        public void Dispose()
        {
            lock (owner._last)
            {
                if (owner._last.TryGetValue(name, out Turn? last) && last == this)
                    owner._last.Remove(name);
            }

            _over.TrySetResult(true);
        }
    }
}
