using System.Diagnostics;
using RunwareTts.Providers;

namespace RunwareTts.Batch;

/// <summary>Waits for many tasks at once: one request asks for all that are due.</summary>
/// <param name="provider">Where the tasks are.</param>
/// <param name="options">How a batch runs.</param>
/// <param name="answered">The service has answered before, so that silence is taken for a passing fault.</param>
internal sealed class TaskPoller(ISpeechProvider provider, BatchOptions options, bool answered)
{
    private const int MostInOneRequest = 50;
    private const int TriesUnanswered = 3;
    private static readonly TimeSpan ShortestRest = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(10);

    private readonly PollSchedule _schedule = new(options.FirstPoll);
    private readonly Dictionary<Guid, OpenTask> _open = [];

    // Not the clock on the wall, which may be set.
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private bool _running;
    private bool _answered = answered;
    private int _silent;

    /// <param name="id">The task.</param>
    /// <param name="expected">How many results it will have; null where that is not known.</param>
    /// <param name="length">Characters of its text, by which its time is foreseen.</param>
    /// <param name="age">
    /// How long ago it was submitted; null where that is not known, and it may be done already.
    /// </param>
    /// <param name="soFar">Told of results that are there before the others.</param>
    /// <param name="token">Ends the wait.</param>
    /// <exception cref="TtsException">TaskUnknown, or the error that ended all polling.</exception>
    public async Task<TaskAnswer> WaitAsync(Guid id, int? expected, int length, TimeSpan? age, Action<TaskAnswer>? soFar, CancellationToken token)
    {
        TimeSpan now = _clock.Elapsed;
        TimeSpan first = age is { } known ? now - known + _schedule.Due(length, 0, TimeSpan.Zero) : now;
        OpenTask task = new(id, expected, length, now, now - (age ?? TimeSpan.Zero))
            { Age = age, Next = first, IsWatchedFromStart = first > now, SoFar = soFar };
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
        while (Due(out TimeSpan rest) is { } due)
        {
            if (due.Length == 0)
                await Task.Delay(rest).ConfigureAwait(false);
            for (int i = 0; i < due.Length; i += MostInOneRequest)
                await AskAsync([.. due.Skip(i).Take(MostInOneRequest)]).ConfigureAwait(false);
        }
    }

    /// <summary>The tasks whose time has come; null when none is open any more.</summary>
    private OpenTask[]? Due(out TimeSpan rest)
    {
        lock (_open)
        {
            TimeSpan now = _clock.Elapsed;
            _running = _open.Count > 0;
            TimeSpan next = _running ? _open.Values.Min(t => t.Next) - now : TimeSpan.Zero;
            bool any = next <= TimeSpan.Zero;
            // A task that is added meanwhile is asked for after the first wait at the earliest.
            TimeSpan longest = TimeSpan.FromTicks(options.FirstPoll.Ticks / 10);
            rest = next > longest ? longest : next < ShortestRest ? ShortestRest : next;
            return _running ? [.. _open.Values.Where(t => any && t.CanJoin(now))] : null;
        }
    }

    private async Task AskAsync(OpenTask[] tasks)
    {
        try
        {
            IReadOnlyDictionary<Guid, TaskAnswer> answers = await provider.PollAsync([.. tasks.Select(t => t.Id)], CancellationToken.None).ConfigureAwait(false);
            _answered = true;
            foreach (OpenTask task in tasks)
                Read(task, await OrArchiveAsync(task, answers.TryGetValue(task.Id, out TaskAnswer? answer)
                    ? answer : null).ConfigureAwait(false));
        }
        catch (TtsException e) when (e.IsUnanswered && !_answered && ++_silent >= TriesUnanswered)
        {
            foreach (OpenTask task in tasks)
                Fail(task, Errors.Unreachable(_silent, e));
        }
        catch (TtsException e) when (e.IsTransient)
        {
            // It is about this poll and not about the tasks: they go on.
            _answered |= !e.IsUnanswered;
            TimeSpan asked = e.RetryAfter ?? TimeSpan.FromTicks(options.FirstRetry.Ticks << Math.Min(_silent, 5));
            // However long it asks to wait: a result that was paid for must not be left until the row's time is over.
            TimeSpan rest = asked > LongestRest ? LongestRest : asked;
            foreach (OpenTask task in tasks)
                Later(task, rest);
        }
        catch (TtsException e) when (tasks.Length > 1 && !e.EndsPipeline)
        {
            // Something about one of them: asked by itself, each answers for itself.
            foreach (OpenTask task in tasks)
                await AskAsync([task]).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            foreach (OpenTask task in tasks)
                Fail(task, e);
        }
    }

    // A task that no run has waited for may be in the archive only: it is looked for there at once, and before it is
    // given up.
    private async Task<TaskAnswer?> OrArchiveAsync(OpenTask task, TaskAnswer? answer)
    {
        bool isLast = _clock.Elapsed - task.Since > options.UnknownAfter;
        if (task.IsKnown || answer is { IsUnknown: false } || !isLast
            && (task.IsRecalled || !task.MayBeOld(options.UnknownAfter)))
            return answer;
        task.IsRecalled = true;
        try
        {
            return await provider.RecallAsync(task.Id, CancellationToken.None).ConfigureAwait(false) ?? answer;
        }
        catch (TtsException e) when (e.IsTransient)
        {
            return answer;
        }
    }

    private void Read(OpenTask task, TaskAnswer? answer)
    {
        TimeSpan before = task.LastAsked;
        Later(task, TimeSpan.Zero);
        if (answer is { Results.Count: 0, Errors.Count: > 0 } && answer.Errors.All(e => e.IsTransient))
            return;
        // "Not found" so soon may only mean "not yet": it is believed when it has been said long enough.
        if (!task.IsKnown && answer is { IsUnknown: true })
            answer = null;
        if (answer is not null)
        {
            task.IsKnown = true;
            if (answer.IsFinal(task.Expected))
            {
                if (task.IsWatchedFromStart)
                    _schedule.Learn(task.Length, task.Polls, before, task.LastAsked);
                Close(task);
                task.Done.TrySetResult(answer);
            }
            else if (answer.Results.Count > 0)
            {
                task.SoFar?.Invoke(answer);
            }
        }
        else if (!task.IsKnown && _clock.Elapsed - task.Since is var waited && waited > options.UnknownAfter)
        {
            Fail(task, Errors.TaskUnknown(task.Id, waited));
        }
    }

    private void Later(OpenTask task, TimeSpan least)
    {
        task.LastAsked = _clock.Elapsed - task.Submitted;
        task.Polls++;
        TimeSpan next = task.Submitted + _schedule.Due(task.Length, task.Polls, task.LastAsked);
        TimeSpan soonest = _clock.Elapsed + least;
        task.Next = next > soonest ? next : soonest;
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

    private sealed class OpenTask(Guid id, int? expected, int length, TimeSpan since, TimeSpan submitted)
    {
        public Guid Id => id;
        public int? Expected => expected;
        public int Length => length;
        public TimeSpan Submitted => submitted;
        public TimeSpan Since => since;
        public Action<TaskAnswer>? SoFar { get; init; }
        public TimeSpan Next { get; set; }
        public int Polls { get; set; }

        /// <summary>It is due, or so nearly that it goes with one that is.</summary>
        public bool CanJoin(TimeSpan now) =>
            Next <= now || Polls > 0 && Next - now < TimeSpan.FromTicks((Next - Submitted - LastAsked).Ticks / 3);

        /// <summary>How old it was when the wait began; null where that is not known.</summary>
        public TimeSpan? Age { get; init; }

        /// <summary>The archive was asked for it.</summary>
        public bool IsRecalled { get; set; }

        public bool MayBeOld(TimeSpan old) => Age is null || Age > old;

        /// <summary>When it was done is known no better than this.</summary>
        public bool IsWatchedFromStart { get; init; }

        /// <summary>The task's age at its last poll.</summary>
        public TimeSpan LastAsked { get; set; }
        public bool IsKnown { get; set; }
        public TaskCompletionSource<TaskAnswer> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
