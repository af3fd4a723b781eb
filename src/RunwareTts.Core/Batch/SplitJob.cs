using System.Diagnostics;
using RunwareTts.Audio;
using RunwareTts.Joining;
using RunwareTts.Ledger;
using RunwareTts.Output;
using RunwareTts.Providers;
using RunwareTts.Requests;

namespace RunwareTts.Batch;

/// <summary>
/// Speaks a text that is too long for one task: part by part, each a task and a file of its own that a later run finds
/// again, and joins them when all are there.
/// </summary>
internal sealed class SplitJob(ISpeechProvider provider, BatchOptions options, RowPlanner rows, OutputPlanner files, TaskLedger ledger, Places places, Func<Action<BatchEvent>, RowJob> job, Action<BatchEvent> emit)
{
    // Parts that are done wait for a slow one before them, so that the tasks in flight stay as many as allowed.
    private const int PartsPerTask = 4;

    private readonly object _lock = new();
    private volatile TtsException? _failure;

    /// <exception cref="TtsException">The first error of a part; those that are there are kept for the next run.</exception>
    public async Task RunAsync(PlannedRow row, Task<IDisposable?> turn, PartCounter counter,
        Func<bool> isHalted, CancellationToken stop)
    {
        Stopwatch clock = Stopwatch.StartNew();
        using IDisposable? mine = await turn.ConfigureAwait(false);
        // An equal row may have made it since this one was planned; or it has other tags.
        LedgerEvent? there = SplitRules.HasSubtitle(row.Target, row.Identity, options, ledger) ? rows.There(row).FirstOrDefault() : null;
        // Writing tags would take the chapters away: with them it is joined again.
        bool isKept = !options.Chapters || AudioTags.AreIn(there?.Tags, row.Request!.Tags);
        if (there is not null && !row.IsSuspect && isKept
            && await job(emit).TryRestoreAsync(row, there, stop).ConfigureAwait(false))
            return;

        bool IsOver() => _failure is not null || isHalted();
        SemaphoreSlim ahead = new(options.ThrottleLimit * PartsPerTask);
        List<(Task<TtsSpeech?> Speech, bool EndsParagraph)> parts = [];
        // Equal parts of one text are one task and one file, also where it is spoken anew on purpose.
        Dictionary<string, Task<TtsSpeech?>> made = [];
        bool isWhole = true;
        try
        {
            foreach (TtsTextPart part in SplitRules.PartsOf(row.Request!))
            {
                PlannedRow planned = rows.PlanPart(row, part);
                if (!made.TryGetValue(planned.Identity, out Task<TtsSpeech?>? speech))
                {
                    await ahead.WaitAsync(stop).ConfigureAwait(false);
                    if (IsOver())
                    {
                        isWhole = false;
                        break;
                    }

                    made.Add(planned.Identity, speech = SpeakAsync(planned, ahead, counter, IsOver, stop));
                }

                parts.Add((speech, part.EndsParagraph));
            }
        }
        finally
        {
            // Whatever ends this, what was sent comes home first.
            await Task.WhenAny(Task.WhenAll(made.Values)).ConfigureAwait(false);
        }

        TtsSpeech?[] spoken = await Task.WhenAll(parts.Select(p => p.Speech)).ConfigureAwait(false);
        if (_failure is not null)
            throw _failure;
        // Halted by another row. With all parts there, this one comes home.
        if (!isWhole || spoken.Any(s => s is null))
            return;
        // Spoken again in vain, its parts are what they were when it was joined.
        if (there is not null && SpeechLength.Worst(spoken!) == there.Suspect && AudioTags.AreIn(there.Tags, row.Request!.Tags) && spoken.All(s => s!.Status == "Unchanged"))
        {
            TtsSpeech unchanged = SpeechWriter.Unchanged(row.Request, there, row.Target!.FullPath, provider, row.Kept);
            emit(new BatchEvent.Spoken(unchanged with { Cost = Cost(spoken!), Attempts = spoken.Distinct().Sum(s => s!.Attempts) }));
            return;
        }

        counter.Joining();
        string?[] titles = options.Chapters
            ? SplitRules.ChaptersOf(row.Request!, row.Target!, [.. spoken.Select(s => s!.Text!)])
            : new string?[spoken.Length];
        JoinPart[] files = [.. spoken.Select((s, n) => new JoinPart(s!.Path!)
            { Text = s.Text, Title = titles[n], EndsParagraph = parts[n].EndsParagraph })];
        emit(new BatchEvent.Spoken(await JoinAsync(row, files, [.. spoken.Distinct().OfType<TtsSpeech>()], clock, stop).ConfigureAwait(false)));
    }

    private async Task<TtsSpeech?> SpeakAsync(PlannedRow part, SemaphoreSlim ahead, PartCounter counter,
        Func<bool> isHalted, CancellationToken stop)
    {
        try
        {
            if (part.Unchanged.Count > 0)
            {
                counter.Ended(isSpoken: false);
                return SpeechWriter.Unchanged(part.Request!, part.Unchanged[0], part.Target!.FullPath, provider, null);
            }

            using IDisposable? turn = options.Regenerate ? null : await ledger.TurnAsync(part.Identity, stop).ConfigureAwait(false);
            List<BatchEvent> events = [];
            Place place = new(places, part.Index);
            try
            {
                await job(events.Add).RunAsync(part, place, isHalted, stop).ConfigureAwait(false);
            }
            finally
            {
                place.Release();
            }

            TtsSpeech? speech = Read(part, events);
            if (speech is not null)
                counter.Ended(speech.Attempts > 0);
            return speech;
        }
        catch (TtsException e)
        {
            _failure ??= e.OfRow(part.Name);
            return null;
        }
        finally
        {
            ahead.Release();
        }
    }

    private TtsSpeech? Read(PlannedRow part, List<BatchEvent> events)
    {
        lock (_lock)
        {
            foreach (BatchEvent happened in events.Where(e => e is BatchEvent.Told or BatchEvent.Warned))
                emit(happened.Of(part.Name));
        }

        _failure ??= events.OfType<BatchEvent.Failed>().FirstOrDefault()?.Error.OfRow(part.Name);
        return events.OfType<BatchEvent.Spoken>().FirstOrDefault()?.Speech;
    }

    private async Task<TtsSpeech> JoinAsync(PlannedRow row, JoinPart[] parts, TtsSpeech[] spoken, Stopwatch clock, CancellationToken stop)
    {
        Guid task = Guid.NewGuid();
        TaskNotes notes = TaskNotes.Of(ledger, row, task, provider.Name, endpoint: null);
        string path = row.Target!.FullPath;
        TtsSpeech Describe(TtsAudioInfo? audio, long? size) =>
            SpeechWriter.Speech(row.Request!, new Saved(path, audio, size, new SpeechResult(null, null, null, Cost(spoken))), provider.Name, task, spoken.Sum(s => s.Attempts), clock.Elapsed, "Completed", row.Kept)
                with { Parts = parts.Length, PartSuspect = SpeechLength.Worst(spoken) };
        JoinOptions order = SplitRules.Join(row.Request!, row.Target, options, files) with
        {
            Record = (audio, mark) => notes.JoinedAsync(Describe(audio, mark.Bytes), row.Request!.Tags?.Hash, mark),
            RecordSubtitle = mark => notes.SubtitledAsync(SplitRules.SubtitleOf(row.Target, options)!, mark),
        };
        using SpeechJoin join = new(order);
        foreach (JoinPart part in parts)
        {
            stop.ThrowIfCancellationRequested();
            Add(join, part, path);
        }

        TtsJoinedSpeech joined = await join.WriteAsync(stop).ConfigureAwait(false);
        return Describe(joined.Audio, joined.Size);
    }

    private static void Add(SpeechJoin join, JoinPart part, string path)
    {
        try
        {
            join.Add(part);
        }
        catch (TtsException e) when (e.Kind is TtsErrorKind.InvalidData or TtsErrorKind.InvalidArgument)
        {
            throw Errors.PartNotJoined(path, part.Path, e);
        }
    }

    // Equal parts are one task.
    private static decimal? Cost(TtsSpeech[] spoken) => spoken.Any(s => s.Cost is null) ? null : spoken.Distinct().Sum(s => s.Cost);
}
