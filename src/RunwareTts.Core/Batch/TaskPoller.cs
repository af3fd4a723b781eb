using System.Diagnostics;
using RunwareTts.Catalog;
using RunwareTts.Ledger;
using RunwareTts.Providers;

namespace RunwareTts.Batch;

/// <summary>Waits for many tasks at once; one request polls all that are due.</summary>
/// <param name="provider">Where the tasks are.</param>
/// <param name="options">How a batch runs.</param>
/// <param name="answered">The service has answered before, so a request without an answer is a transient error.</param>
internal sealed class TaskPoller(ISpeechProvider provider, BatchOptions options, bool answered)
{
    internal const int MaxInOneRequest = 50;
    private const int MaxUnanswered = 3;
    private static readonly TimeSpan UsualFirstPoll = TimeSpan.FromSeconds(0.75);
    private static readonly TimeSpan MinRest = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan MaxRest = TimeSpan.FromSeconds(10);

    // What is worth a poll when nothing at all is known, and the scale of the shortest waits.
    private readonly TimeSpan _firstPoll = options.FirstPoll ?? UsualFirstPoll;
    private readonly PollSchedule _schedule = new(options.FirstPoll ?? UsualFirstPoll,
        options.TaskTime ?? (options.FirstPoll is null ? SpeechCatalog.TaskTime : null));

    private readonly Dictionary<Guid, OpenPoll> _open = [];
    private readonly Dictionary<TaskLedger, TaskTimes> _ledgers = [];

    // The system time may be changed while a task runs.
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private int _planned;
    private bool _running;
    private bool _answered = answered;
    private int _silent;

    /// <param name="task">The task.</param>
    /// <param name="ledger">Shows how long earlier tasks took; null for none.</param>
    /// <param name="token">Ends the wait early, with the last answer.</param>
    public async Task<PollResult> WaitAsync(PolledTask task, TaskLedger? ledger, CancellationToken token)
    {
        if (ledger is not null && TimesOf(ledger).KindOf(task.Id) is { } kind)
            task = task with { Kind = kind };
        OpenPoll open;
        lock (_open)
        {
            open = new OpenPoll(task, _clock.Elapsed);
            open.IsScout = ShouldScout(open);
            open.Next = open.HasAge ? open.Submitted + _schedule.Due(open.Kind, 0, TimeSpan.Zero, open.IsScout)
                : open.Since;
            open.IsWatchedFromStart = open.Next > open.Since;
            _open[task.Id] = open;
            if (!_running)
            {
                _running = true;
                _ = Task.Run(RunAsync, CancellationToken.None);
            }
        }

        using CancellationTokenRegistration registration = token.Register(() => End(open, null));
        return await open.Done.Task.ConfigureAwait(false);
    }

    // A ledger is read once. What this wait adds to it is learned from the polls.
    private TaskTimes TimesOf(TaskLedger ledger)
    {
        lock (_ledgers)
        {
            if (_ledgers.TryGetValue(ledger, out TaskTimes? times))
                return times;
            times = new TaskTimes(ledger.Recent(), provider.Name, options.Endpoint);
            foreach (TaskSpan span in times.Spans)
                _schedule.Learn(span);
            _ledgers.Add(ledger, times);
            return times;
        }
    }

    // One task of a model is enough.
    private bool ShouldScout(OpenPoll task) =>
        task.HasAge && _schedule.NeedsScout(task.Kind)
        && !_open.Values.Any(t => t.IsScout && t.Kind.Model == task.Kind.Model);

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

    /// <summary>The tasks that are due; null when no task is open.</summary>
    private OpenPoll[]? Due(out TimeSpan rest)
    {
        lock (_open)
        {
            Replan();
            TimeSpan now = _clock.Elapsed;
            _running = _open.Count > 0;
            TimeSpan next = _running ? _open.Values.Min(t => t.Next) - now : TimeSpan.Zero;
            bool any = next <= TimeSpan.Zero;
            // A task that is added meanwhile may be due sooner than all others.
            TimeSpan longest = TimeSpan.FromTicks(_firstPoll.Ticks / 10);
            rest = next > longest ? longest : next < MinRest ? MinRest : next;
            return _running ? [.. _open.Values.Where(t => any && t.CanJoin(now))] : null;
        }
    }

    // What was learned meanwhile counts for all tasks that were not polled yet.
    private void Replan()
    {
        if (_planned == _schedule.Version)
            return;
        _planned = _schedule.Version;
        foreach (OpenPoll task in _open.Values.Where(t => t is { Polls: 0, HasAge: true }))
            task.Next = task.Submitted + _schedule.Due(task.Kind, 0, TimeSpan.Zero, task.IsScout);
    }

    private async Task AskAsync(OpenPoll[] tasks)
    {
        try
        {
            IReadOnlyDictionary<Guid, TaskAnswer> answers = await provider.PollAsync(
                [.. tasks.Select(t => t.Id)], CancellationToken.None).ConfigureAwait(false);
            _answered = true;
            foreach (OpenPoll task in tasks)
                Read(task, await OrArchiveAsync(task, answers.TryGetValue(task.Id, out TaskAnswer? answer)
                    ? answer : null).ConfigureAwait(false));
        }
        catch (TtsException e) when (e.IsUnanswered && !_answered && ++_silent >= MaxUnanswered)
        {
            foreach (OpenPoll task in tasks)
                End(task, Errors.Unreachable(_silent, e));
        }
        catch (TtsException e) when (e.IsTransient)
        {
            // This poll failed, and not the tasks, so they are polled again.
            _answered |= !e.IsUnanswered;
            TimeSpan asked = e.RetryAfter ?? TimeSpan.FromTicks(options.FirstRetry.Ticks << Math.Min(_silent, 5));
            // The wait is limited, so that a finished result is fetched before the row's time is over.
            TimeSpan rest = asked > MaxRest ? MaxRest : asked;
            foreach (OpenPoll task in tasks)
                Reschedule(task, rest);
        }
        catch (TtsException e) when (tasks.Length > 1 && !e.EndsPipeline)
        {
            // One of the tasks caused the error, so each is polled separately.
            foreach (OpenPoll task in tasks)
                await AskAsync([task]).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            foreach (OpenPoll task in tasks)
                End(task, Errors.From(e, task.Id));
        }
    }

    // An old task may be in the archive only, so it is searched there at once, and once more before it is given up.
    private async Task<TaskAnswer?> OrArchiveAsync(OpenPoll task, TaskAnswer? answer)
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

    private void Read(OpenPoll task, TaskAnswer? answer)
    {
        Reschedule(task, TimeSpan.Zero);
        if (answer is { Results.Count: 0, Errors.Count: > 0 } && answer.Errors.All(e => e.IsTransient))
            return;
        // "Not found" may mean "not yet", so it counts only after UnknownAfter.
        if (!task.IsKnown && answer is { IsUnknown: true })
            answer = null;
        if (answer is not null)
        {
            task.IsKnown = true;
            task.Seen = answer;
            if (answer.IsFinal(task.Expected))
            {
                if (task.Span is { } span && answer.Results.Count > 0)
                    _schedule.Learn(span);
                End(task, null);
                return;
            }
        }
        else if (!task.IsKnown && _clock.Elapsed - task.Since is var waited && waited > options.UnknownAfter)
        {
            End(task, Errors.TaskUnknown(task.Id, waited));
        }

        task.LastOpen = task.LastAsked;
    }

    private void Reschedule(OpenPoll task, TimeSpan least)
    {
        task.LastAsked = _clock.Elapsed - task.Submitted;
        task.Polls++;
        TimeSpan next = task.Submitted + _schedule.Due(task.Kind, task.Polls, task.LastAsked, task.IsScout);
        TimeSpan soonest = _clock.Elapsed + least;
        task.Next = next > soonest ? next : soonest;
    }

    private void End(OpenPoll task, TtsException? failure)
    {
        // A later wait for the same task goes on.
        lock (_open)
        {
            if (_open.TryGetValue(task.Id, out OpenPoll? open) && open == task)
                _open.Remove(task.Id);
            // A scout that ended without showing its time, as one that failed, is followed by another.
            if (task.IsScout && _open.Values.FirstOrDefault(t => t.Kind.Model == task.Kind.Model && ShouldScout(t))
                is { } next)
            {
                next.IsScout = true;
                _planned--;
            }
        }

        task.Done.TrySetResult(new PollResult(task.Seen, failure) { Span = failure is null ? task.Span : null });
    }
}
