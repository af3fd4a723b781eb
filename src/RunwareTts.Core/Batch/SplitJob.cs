using System.Diagnostics;
using RunwareTts.Joining;
using RunwareTts.Ledger;
using RunwareTts.Text;

namespace RunwareTts.Batch;

/// <summary>
/// Speaks a text that is too long for one task: part by part, each a task and a file of its own that a later run finds
/// again, and joins them when all are there.
/// </summary>
internal sealed class SplitJob(ISpeechProvider provider, BatchOptions options, RowPlanner rows, Files.OutputPlanner files, TaskLedger ledger, Places places, Func<Action<BatchEvent>, RowJob> job, Action<BatchEvent> emit)
{
    // Parts that are done wait for a slow one before them, so that the tasks in flight stay as many as allowed.
    private const int PartsPerTask = 4;

    private readonly object _lock = new();
    private volatile TtsException? _failure;

    /// <exception cref="TtsException">The first error of a part; those that are there are kept for the next run.</exception>
    public async Task RunAsync(PlannedRow row, Func<bool> isHalted, CancellationToken stop)
    {
        Stopwatch clock = Stopwatch.StartNew();
        using IDisposable? turn = options.Regenerate ? null : await ledger.TurnAsync(row.Identity, stop).ConfigureAwait(false);
        // An equal row may have made it since this one was planned; or it has other tags.
        if (!options.Regenerate && SplitRules.HasSubtitle(row.Target, options) && rows.There(row.Target, row.Identity).FirstOrDefault() is { } saved && await job(emit).TryRestoreAsync(row, saved, stop).ConfigureAwait(false))
            return;

        bool IsOver() => _failure is not null || isHalted();
        SemaphoreSlim ahead = new(options.ThrottleLimit * PartsPerTask);
        List<(Task<TtsSpeech?> Speech, bool EndsParagraph)> parts = [];
        // Equal parts of one text are one task and one file, also where it is spoken anew on purpose.
        Dictionary<string, Task<TtsSpeech?>> made = [];
        bool isWhole = true;
        try
        {
            foreach (TtsTextPart part in TextSplitter.Split(row.Request!.Text, null, row.Request.Language))
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

                    made.Add(planned.Identity, speech = SpeakAsync(planned, ahead, IsOver, stop));
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
        JoinPart[] files = [.. spoken.Select((s, n) => new JoinPart(s!.Path!) { Text = s.Text, EndsParagraph = parts[n].EndsParagraph })];
        emit(new BatchEvent.Spoken(await JoinAsync(row, files, [.. spoken.Distinct().OfType<TtsSpeech>()], clock, stop).ConfigureAwait(false)));
    }

    private async Task<TtsSpeech?> SpeakAsync(PlannedRow part, SemaphoreSlim ahead, Func<bool> isHalted, CancellationToken stop)
    {
        try
        {
            if (part.Unchanged.Count > 0)
                return SpeechWriter.Unchanged(part.Request!, part.Unchanged[0], part.Target!.FullPath, provider, null);
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

            return Read(events);
        }
        catch (TtsException e)
        {
            _failure ??= e;
            return null;
        }
        finally
        {
            ahead.Release();
        }
    }

    private TtsSpeech? Read(List<BatchEvent> events)
    {
        lock (_lock)
        {
            foreach (BatchEvent happened in events.Where(e => e is BatchEvent.Told or BatchEvent.Warned))
                emit(happened);
        }

        _failure ??= events.OfType<BatchEvent.Failed>().FirstOrDefault()?.Error;
        return events.OfType<BatchEvent.Spoken>().FirstOrDefault()?.Speech;
    }

    private async Task<TtsSpeech> JoinAsync(PlannedRow row, JoinPart[] parts, TtsSpeech[] spoken, Stopwatch clock, CancellationToken stop)
    {
        Guid task = Guid.NewGuid();
        int attempts = spoken.Sum(s => s.Attempts);
        TaskNotes notes = TaskNotes.Of(ledger, row, task, provider.Name, endpoint: null);
        SpeechResult none = new(null, null, null, spoken.Any(s => s.Cost is null) ? null : spoken.Sum(s => s.Cost));
        string path = row.Target!.FullPath;
        JoinOptions order = SplitRules.Join(row.Target, options, files.MayReplace(path), SplitRules.MayReplaceSubtitle(row.Target, options, ledger)) with
        {
            Tags = row.Request!.Tags,
            Record = (audio, size) => notes.JoinedAsync(new Saved(path, audio, size, none) { Tags = row.Request.Tags?.Hash }, attempts, clock.Elapsed, SplitRules.SubtitleOf(row.Target, options)?.Length),
        };
        using SpeechJoin join = new(order);
        foreach (JoinPart part in parts)
        {
            stop.ThrowIfCancellationRequested();
            join.Add(part);
        }

        TtsJoinedSpeech joined = await join.WriteAsync(stop).ConfigureAwait(false);
        return SpeechWriter.Speech(row.Request, new Saved(path, joined.Audio, joined.Size, none), provider.Name, task, attempts, clock.Elapsed, "Completed", row.Kept);
    }
}
