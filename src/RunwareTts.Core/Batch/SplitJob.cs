using System.Diagnostics;
using RunwareTts.Audio;
using RunwareTts.Files;
using RunwareTts.Joining;
using RunwareTts.Ledger;
using RunwareTts.Providers;
using RunwareTts.Requests;

namespace RunwareTts.Batch;

/// <summary>
/// Generates a text that is too long for one task: its parts are rows of the same batch, each with its own task and
/// file, which later runs reuse. When all parts are there, they are joined.
/// </summary>
internal sealed class SplitJob(BatchScope batch, RowPlanner rows, RowJob job)
{
    // Bounds the parts in progress, so that neither downloads nor charged audio that is not saved grow with the text.
    private const int PartsPerTask = 4;

    private readonly ResultRecovery _recovery = new(batch);

    /// <param name="row">The row.</param>
    /// <param name="turn">Completes when no equal row is running.</param>
    /// <param name="group">Counts its parts.</param>
    /// <returns>
    /// The joined file, or the first error. After an error the parts are kept for the next run.
    /// </returns>
    /// <exception cref="OperationCanceledException">The batch was stopped.</exception>
    public async Task<RowResult> RunAsync(PlannedRow row, Task<IDisposable?> turn, PartGroup group)
    {
        using PartGroup mine = group;
        RowResult result;
        try
        {
            using IDisposable? alone = await turn.ConfigureAwait(false);
            result = await TryAsync(row, group).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TtsException || !batch.Stop.IsCancellationRequested)
        {
            result = RowResult.Of(Errors.From(e));
        }

        if (result.EndsPipeline)
            batch.Halt();
        return result;
    }

    private async Task<RowResult> TryAsync(PlannedRow row, PartGroup group)
    {
        Stopwatch clock = Stopwatch.StartNew();
        // An equal row may have joined it since this row was planned, or it only needs other tags.
        LedgerEvent? there = rows.FindJoined(row);
        if (there is not null && await TryKeepAsync(row, there).ConfigureAwait(false) is { } kept)
            return kept;

        TtsTextPart[] texts = [.. SplitRules.PartsOf(row.Request!)];
        PlannedRow[] parts = [.. texts.Select(text => rows.PlanPart(row, text, group))];
        // Equal parts of one text are one task and one file, also with -Regenerate.
        Dictionary<string, Task<RowResult>> running = [];
        SemaphoreSlim ahead = new(batch.Options.ThrottleLimit * PartsPerTask);
        foreach (PlannedRow part in parts)
        {
            if (!running.ContainsKey(part.Identity))
                running.Add(part.Identity, RunPartAsync(part, group, ahead));
        }

        RowResult[] results = await Task.WhenAll(parts.Select(part => running[part.Identity])).ConfigureAwait(false);
        string? chosen = results.Select(result => result.Chosen).FirstOrDefault(voice => voice is not null);
        string[] warnings = [.. batch.Voices.TakeWarning(chosen), .. parts.Zip(results, (part, result) =>
            result.Warnings.Select(warning => RowName.Prefix(part.Name, warning))).SelectMany(w => w).Distinct()];
        if (FirstError(parts, results) is { } error)
            return new RowResult { Warnings = warnings, Errors = [error] };
        TtsSpeech?[] speeches = [.. results.Select(result => result.Speeches.Count > 0 ? result.Speeches[0] : null)];
        // A part is missing without an error, because another row halted the batch.
        if (speeches.Contains(null))
            return new RowResult { Warnings = warnings };
        try
        {
            TtsSpeech joined = there is not null && IsSame(row, there, speeches!)
                ? SpeechFactory.OfFile(row, there, row.Target!.FullPath, batch.Provider)
                    with { Cost = CostOf(speeches!), Attempts = AttemptsOf(speeches!) }
                : await JoinAsync(row, texts, speeches!, group, clock).ConfigureAwait(false);
            return new RowResult { Speeches = [joined], Warnings = warnings };
        }
        catch (Exception e) when (!batch.Stop.IsCancellationRequested)
        {
            return new RowResult { Warnings = warnings, Errors = [Errors.From(e)] };
        }
    }

    // Writing tags would remove the chapters, so a file with chapters is joined again.
    private async Task<RowResult?> TryKeepAsync(PlannedRow row, LedgerEvent there)
    {
        if (row.Work == RowWork.GenerateAgain
            || batch.Options.Chapters && !AudioTags.AreIn(there.Tags, row.Request!.Tags))
            return null;
        LedgerEvent known = there with { Results = there.Results ?? [new LedgerResult(null, null, null)] };
        return await _recovery.TryAsync(row, known).ConfigureAwait(false) is { } takes
            ? new RowResult { Speeches = [.. takes.Speeches.OfType<TtsSpeech>()] } : null;
    }

    private async Task<RowResult> RunPartAsync(PlannedRow part, PartGroup group, SemaphoreSlim ahead)
    {
        await ahead.WaitAsync(batch.Stop).ConfigureAwait(false);
        try
        {
            if (part.Past is not History.Files there || part.Work != RowWork.Nothing)
                return batch.IsHaltedFor(part) ? RowResult.Nothing
                    : await job.RunAsync(part, batch.TurnAsync(part), batch.SlotOf(part)).ConfigureAwait(false);
            RowResult result = new()
            {
                Speeches = [SpeechFactory.OfFile(part, there.Saved[0], part.Target!.FullPath, batch.Provider)],
            };
            group.Add(result);
            return result;
        }
        finally
        {
            ahead.Release();
        }
    }

    // An error that ends the pipeline comes first.
    private static TtsException? FirstError(PlannedRow[] parts, RowResult[] results)
    {
        TtsException[] errors = [.. parts.Zip(results, (part, result) =>
            result.Errors.Select(error => error.OfRow(part.Name))).SelectMany(e => e)];
        return Array.Find(errors, error => error.EndsPipeline) ?? errors.FirstOrDefault();
    }

    // The parts were generated again without success, so they are those that were joined before.
    private static bool IsSame(PlannedRow row, LedgerEvent there, TtsSpeech[] speeches) =>
        SpeechLength.Worst(speeches.Select(s => s.Suspect)) == there.Suspect
        && AudioTags.AreIn(there.Tags, row.Request!.Tags)
        && speeches.All(s => s.Status == SpeechFactory.Unchanged);

    private async Task<TtsSpeech> JoinAsync(
        PlannedRow row, TtsTextPart[] texts, TtsSpeech[] speeches, PartGroup group, Stopwatch clock)
    {
        group.BeginJoining();
        string path = row.Target!.FullPath;
        string[]? titles = !batch.Options.Chapters ? null
            : SplitRules.ChaptersOf(row.Request!, row.Target, [.. speeches.Select(s => s.Text!)]);
        using SpeechJoin join = new(SplitRules.Join(row.Request!, row.Target, batch.Options, batch.Files));
        for (int n = 0; n < speeches.Length; n++)
        {
            batch.Stop.ThrowIfCancellationRequested();
            Add(join, path, new JoinPart(speeches[n].Path!)
                { Text = speeches[n].Text, Title = titles?[n], EndsParagraph = texts[n].EndsParagraph });
        }

        using PendingJoin pending = await join.MakeAsync(batch.Stop).ConfigureAwait(false);
        Guid task = Guid.NewGuid();
        string? voice = VoiceOf(row, speeches);
        TaskJournal journal = TaskJournal.Of(
            batch.Ledger, row with { Chosen = voice }, task, batch.Provider, endpoint: null);
        SpeechResult result = new(null, null, null, CostOf(speeches));
        TtsSpeech joined = SpeechFactory.Of(row.Request!, result, batch.Provider.Name, task, row.Kept) with
        {
            Voice = voice ?? row.Request!.Voice,
            Parts = speeches.Length,
            Suspect = SpeechLength.Worst(speeches.Select(s => s.Suspect)),
            Attempts = AttemptsOf(speeches),
            Elapsed = clock.Elapsed,
        };
        joined = SpeechFactory.WithAudio(joined, path, pending.Joined.Audio, pending.Joined.Size);
        try
        {
            if (pending.SubtitleMark is { } mark)
                await journal.SubtitledAsync(SplitRules.SubtitleOf(row.Target, batch.Options)!, mark)
                    .ConfigureAwait(false);
            await journal.JoinedAsync(joined, row.Request!.Tags?.Hash, pending.Mark).ConfigureAwait(false);
        }
        catch (Exception e) when (FileFault.Is(e))
        {
            throw Errors.JoinNotWritten(path, e);
        }

        await pending.CommitAsync().ConfigureAwait(false);
        return joined;
    }

    private static void Add(SpeechJoin join, string path, JoinPart part)
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

    // The voice that was chosen for auto in all parts. Parts of earlier runs may have been spoken by auto itself.
    private static string? VoiceOf(PlannedRow row, TtsSpeech[] speeches) =>
        AutoVoice.IsAskedFor(row.Request!) && speeches[0].Voice is { } voice
            && !voice.Equals(row.Request!.Voice, StringComparison.Ordinal)
            && speeches.All(s => s.Voice == voice) ? voice : null;

    // Equal parts are one task.
    private static decimal? CostOf(TtsSpeech[] speeches) =>
        speeches.Any(s => s.Cost is null) ? null : speeches.Distinct().Sum(s => s.Cost);

    private static int AttemptsOf(TtsSpeech[] speeches) => speeches.Distinct().Sum(s => s.Attempts);
}
