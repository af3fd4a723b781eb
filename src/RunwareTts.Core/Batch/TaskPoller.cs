namespace RunwareTts.Batch;

/// <summary>Waits for many tasks at once: one request asks for all that are due.</summary>
internal sealed class TaskPoller(ISpeechProvider provider, BatchOptions options)
{
    private const int MostInOneRequest = 50;
    private const double Growth = 1.3;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private readonly Dictionary<Guid, OpenTask> _open = [];
    private bool _running;

    /// <exception cref="TtsException">TaskUnknown, or the error that ended all polling.</exception>
    public async Task<TaskAnswer> WaitAsync(Guid id, int? expected, CancellationToken token)
    {
        OpenTask task = new(id, expected, options.FirstPoll);
        lock (_open)
        {
            _open[id] = task;
            if (!_running)
            {
                _running = true;
                _ = Task.Run(RunAsync, CancellationToken.None);
            }
        }

        using CancellationTokenRegistration registration = token.Register(() =>
        {
            Close(task);
            task.Done.TrySetCanceled(token);
        });
        return await task.Done.Task.ConfigureAwait(false);
    }

    private async Task RunAsync()
    {
        while (Due() is { } due)
        {
            if (due.Length == 0)
            {
                await Task.Delay(TimeSpan.FromTicks(options.FirstPoll.Ticks / 10)).ConfigureAwait(false);
                continue;
            }

            foreach (OpenTask[] some in due.Select((task, i) => (task, i)).GroupBy(x => x.i / MostInOneRequest, x => x.task, (_, g) => g.ToArray()))
                await AskAsync(some).ConfigureAwait(false);
        }
    }

    /// <summary>The tasks whose time has come; null when none is open any more.</summary>
    private OpenTask[]? Due()
    {
        lock (_open)
        {
            if (_open.Count == 0)
            {
                _running = false;
                return null;
            }

            return [.. _open.Values.Where(t => t.IsDue)];
        }
    }

    private async Task AskAsync(OpenTask[] tasks)
    {
        try
        {
            IReadOnlyDictionary<Guid, TaskAnswer> answers = await provider.PollAsync([.. tasks.Select(t => t.Id)], CancellationToken.None).ConfigureAwait(false);
            foreach (OpenTask task in tasks)
                Read(task, answers.TryGetValue(task.Id, out TaskAnswer? answer) ? answer : null);
        }
        catch (TtsException e) when (e.IsTransient)
        {
            // It is about this poll and not about the tasks: they go on.
            foreach (OpenTask task in tasks)
                task.Later(Growth, LongestWait);
        }
        catch (Exception e)
        {
            foreach (OpenTask task in tasks)
                Fail(task, e);
        }
    }

    private void Read(OpenTask task, TaskAnswer? answer)
    {
        task.Later(Growth, LongestWait);
        if (answer is not null)
        {
            task.IsKnown = true;
            if (answer.IsFinal(task.Expected))
            {
                Close(task);
                task.Done.TrySetResult(answer);
            }
        }
        else if (!task.IsKnown && task.Age > options.UnknownAfter)
        {
            Fail(task, Errors.TaskUnknown(task.Id, task.Age));
        }
    }

    private void Fail(OpenTask task, Exception error)
    {
        Close(task);
        task.Done.TrySetException(error);
    }

    private void Close(OpenTask task)
    {
        lock (_open)
            _open.Remove(task.Id);
    }

    private sealed class OpenTask(Guid id, int? expected, TimeSpan wait)
    {
        private readonly DateTime _since = DateTime.UtcNow;
        private TimeSpan _wait = wait;
        private DateTime _due = DateTime.UtcNow + wait;

        public Guid Id => id;
        public int? Expected => expected;
        public bool IsKnown { get; set; }
        public TimeSpan Age => DateTime.UtcNow - _since;
        public bool IsDue => DateTime.UtcNow >= _due;
        public TaskCompletionSource<TaskAnswer> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Later(double growth, TimeSpan longest)
        {
            _wait = TimeSpan.FromTicks(Math.Min((long)(_wait.Ticks * growth), longest.Ticks));
            _due = DateTime.UtcNow + _wait;
        }
    }
}
