using System.Diagnostics;
using RunwareTts.Providers;

namespace RunwareTts.Batch;

/// <summary>What a wait for a task has seen.</summary>
/// <param name="Seen">
/// The last answer about it; results that are there when the wait ends early were paid for too.
/// </param>
/// <param name="Failure">TaskUnknown, or the error that ended all polling; null for none.</param>
internal sealed record PollResult(TaskAnswer Seen, TtsException? Failure = null);

/// <summary>Waits for many tasks at once: one request asks for all that are due.</summary>
/// <param name="provider">Where the tasks are.</param>
/// <param name="options">How a batch runs.</param>
/// <param name="answered">The service has answered before, so that silence is taken for a passing fault.</param>
internal sealed class TaskPoller(ISpeechProvider provider, BatchOptions options, bool answered)
{
    private const int MaxInOneRequest = 50;
    private const int MaxUnanswered = 3;
    private static readonly TimeSpan MinRest = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan MaxRest = TimeSpan.FromSeconds(10);

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
    /// <param name="token">Ends the wait early, with what was seen by then.</param>
    public async Task<PollResult> WaitAsync(Guid id, int? expected, int length, TimeSpan? age, CancellationToken token)
    {
        TimeSpan now = _clock.Elapsed;
        TimeSpan first = age is { } known ? now - known + _schedule.Due(length, 0, TimeSpan.Zero) : now;
        OpenTask task = new(id, expected, length, now, now - (age ?? TimeSpan.Zero))
            { Age = age, Next = first, IsWatchedFromStart = first > now };
        lock (_open)
        {
            _open[id] = task;
            if (!_running)
            {
                _running = true;
                _ = Task.Run(RunAsync, CancellationToken.None);
            }
        }

        using CancellationTokenRegistration registration = token.Register(() => End(task, null));
        return await task.Done.Task.ConfigureAwait(false);
    }

    private async Task RunAsync()
    {
        while (Due(out TimeSpan rest) is { } due)
        {
            if (due.Length == 0)
                await Task.Delay(rest).ConfigureAwait(false);
            for (int i = 0; i < due.Length; i += MaxInOneRequest)
                await AskAsync([.. due.Skip(i).Take(MaxInOneRequest)]).ConfigureAwait(false);
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
            rest = next > longest ? longest : next < MinRest ? MinRest : next;
            return _running ? [.. _open.Values.Where(t => any && t.CanJoin(now))] : null;
        }
    }

    private async Task AskAsync(OpenTask[] tasks)
    {
        try
        {
            IReadOnlyDictionary<Guid, TaskAnswer> answers = await provider.PollAsync(
                [.. tasks.Select(t => t.Id)], CancellationToken.None).ConfigureAwait(false);
            _answered = true;
            foreach (OpenTask task in tasks)
                Read(task, await OrArchiveAsync(task, answers.TryGetValue(task.Id, out TaskAnswer? answer)
                    ? answer : null).ConfigureAwait(false));
        }
        catch (TtsException e) when (e.IsUnanswered && !_answered && ++_silent >= MaxUnanswered)
        {
            foreach (OpenTask task in tasks)
                End(task, Errors.Unreachable(_silent, e));
        }
        catch (TtsException e) when (e.IsTransient)
        {
            // It is about this poll and not about the tasks: they go on.
            _answered |= !e.IsUnanswered;
            TimeSpan asked = e.RetryAfter ?? TimeSpan.FromTicks(options.FirstRetry.Ticks << Math.Min(_silent, 5));
            // However long it asks to wait: a result that was paid for must not be left until the row's time is over.
            TimeSpan rest = asked > MaxRest ? MaxRest : asked;
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
                End(task, e as TtsException ?? Errors.Unexpected(e, task.Id));
        }
    }

    // A task that no run has waited for may be in the archive only: it is searched there at once, and once more before
    // it is given up.
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
            task.Seen = answer;
            if (answer.IsFinal(task.Expected))
            {
                if (task.IsWatchedFromStart)
                    _schedule.Learn(task.Length, task.Polls, before, task.LastAsked);
                End(task, null);
            }
        }
        else if (!task.IsKnown && _clock.Elapsed - task.Since is var waited && waited > options.UnknownAfter)
        {
            End(task, Errors.TaskUnknown(task.Id, waited));
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

    private void End(OpenTask task, TtsException? failure)
    {
        // A later wait for the same task goes on.
        lock (_open)
        {
            if (_open.TryGetValue(task.Id, out OpenTask? open) && open == task)
                _open.Remove(task.Id);
        }

        task.Done.TrySetResult(new PollResult(task.Seen, failure));
    }

    private sealed class OpenTask(Guid id, int? expected, int length, TimeSpan since, TimeSpan submitted)
    {
        public Guid Id => id;
        public int? Expected => expected;
        public int Length => length;
        public TimeSpan Submitted => submitted;
        public TimeSpan Since => since;

        /// <summary>The last answer about it.</summary>
        public TaskAnswer Seen { get; set; } = new();

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
        public TaskCompletionSource<PollResult> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
