using System.Diagnostics;
using RunwareTts.Audio;
using RunwareTts.Ledger;
using RunwareTts.Requests;

namespace RunwareTts.Batch;

/// <summary>The results of a row.</summary>
/// <param name="Speeches">One for each result; null where it could not be fetched.</param>
/// <param name="Journal">Records events of the task that made them.</param>
internal sealed record RowSpeeches(TtsSpeech?[] Speeches, TaskJournal Journal)
{
    /// <summary>Why some could not be fetched.</summary>
    public IReadOnlyList<TtsException> Errors { get; init; } = [];

    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>Runs a planned row: recovers earlier results or generates new ones, and saves them.</summary>
internal sealed class RowJob(BatchScope batch, TaskRunner tasks)
{
    private readonly ResultRecovery _recovery = new(batch);
    private readonly SuspectRetry _retry = new(batch, tasks);
    private readonly ResultUpload _upload = new(batch);

    /// <param name="row">The row.</param>
    /// <param name="turn">Completes when no equal row is running.</param>
    /// <param name="slot">Its slot of the throttle; released at the end.</param>
    /// <returns>Its results and its errors.</returns>
    /// <exception cref="OperationCanceledException">The batch was stopped.</exception>
    public async Task<RowResult> RunAsync(PlannedRow row, Task<IDisposable?> turn, TaskSlot slot)
    {
        try
        {
            RowResult result = await TryAsync(row, turn, slot).ConfigureAwait(false);
            // Before its slot is released, so that no later row is sent.
            if (result.EndsPipeline)
                batch.Halt();
            row.Part?.Group.Add(result);
            return result;
        }
        finally
        {
            slot.Release();
        }
    }

    private async Task<RowResult> TryAsync(PlannedRow row, Task<IDisposable?> turn, TaskSlot slot)
    {
        try
        {
            using IDisposable? mine = await turn.ConfigureAwait(false);
            return await RunAsync(row, slot).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TtsException || !batch.Stop.IsCancellationRequested)
        {
            return RowResult.Of(Errors.From(e));
        }
    }

    private async Task<RowResult> RunAsync(PlannedRow row, TaskSlot slot)
    {
        Stopwatch clock = Stopwatch.StartNew();
        History past = LookAgain(row);
        if (row.Waits && past.DoneTask is { } done)
        {
            if (await _recovery.TryAsync(row, done).ConfigureAwait(false) is { } recovered)
                return await FinishAsync(row, recovered, slot, clock).ConfigureAwait(false);
            batch.Log.Write(row, $"Task {done.Task} was paid for before, and its audio cannot be had any more; "
                + "generating it again.");
        }

        if (!row.Waits && await HandOverAsync(row, past).ConfigureAwait(false) is { } handed)
            return handed;

        await slot.EnterAsync(batch.Stop).ConfigureAwait(false);
        // Stopping the batch releases slots, so this one may be granted because of that.
        batch.Stop.ThrowIfCancellationRequested();
        if (batch.IsHaltedFor(row))
            return RowResult.Nothing;
        // Since this row was planned, an earlier row may have failed to save a file in the same folder.
        if (row.Target is not null)
            batch.Files.Prepare(row.Target);
        clock.Restart();
        LedgerEvent? open = past is History.Open { Task: var sent } && !batch.Provider.ChargesNothing ? sent : null;
        TaskOutcome outcome = await tasks.RunAsync(row, open, slot).ConfigureAwait(false);
        if (!row.Waits && outcome.Errors.Count == 0)
            return new RowResult
            {
                Task = TaskOf(row, outcome.Task, isDone: false, outcome.Journal.Submitted, outcome.Journal.Chosen),
                Chosen = outcome.Journal.Chosen,
            };
        RowSpeeches results = await SaveAsync(row, outcome, clock).ConfigureAwait(false);
        RowResult made = await FinishAsync(row, results, slot, clock).ConfigureAwait(false);
        return made with { Chosen = outcome.Journal.Chosen };
    }

    // An equal row may have ended since this one was planned.
    private History LookAgain(PlannedRow row) =>
        batch.Options.Regenerate ? History.None
        : row.Past is History.Files && row.Work != RowWork.GenerateAgain ? row.Past
        : History.Of(batch.Ledger, row.Identity, [], batch.Options.Endpoint);

    // The result of a row that does not wait, if the service already has its task; else null.
    private async Task<RowResult?> HandOverAsync(PlannedRow row, History past)
    {
        LedgerEvent? known = past is History.Open { Task: { Event: not LedgerEventKind.Submitted } open } ? open
            : past.DoneTask;
        if (known is null || batch.Provider.ChargesNothing || known.Endpoint != batch.Options.Endpoint)
            return null;
        RowResult result = new() { Task = TaskOf(row, known.Task, known.IsDone, known.SubmittedAt, known.Chosen) };
        if (!_upload.IsDue(row))
            return result;
        if (known.IsDone)
            return await _upload.TrySendAsync(row, known).ConfigureAwait(false) is { } failure
                ? result with { Errors = [failure] } : result;
        return known.Upload == RequestHash.UploadHash(row.Request!) ? result : result with
        {
            Warnings = [$"Task {known.Task} of an equal row is under way and does not upload to this UploadEndpoint. "
                + "Run the row again when it is done: its audio is then uploaded from here, without charge."],
        };
    }

    private async Task<RowSpeeches> SaveAsync(PlannedRow row, TaskOutcome outcome, Stopwatch clock)
    {
        TtsSpeech?[] speeches = new TtsSpeech?[outcome.Answer.Results.Count];
        List<TtsException> errors = [];
        for (int n = 0; n < speeches.Length; n++)
        {
            try
            {
                TtsSpeech speech = batch.Describe(row, outcome, n) with { Elapsed = clock.Elapsed };
                speech = await batch.Saver.SaveAsync(
                    speech, batch.TargetOf(row, n), outcome.Journal, n, batch.Stop).ConfigureAwait(false);
                speeches[n] = speech with { Elapsed = clock.Elapsed };
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                errors.Add(Errors.From(e, outcome.Task));
            }
        }

        if (row.Target is not null && errors.Count > 0)
            batch.Files.Doubt(row.Target);
        return new RowSpeeches(speeches, outcome.Journal)
        {
            Errors = [.. errors, .. outcome.Errors],
            Warnings = outcome.Answer.Warnings,
        };
    }

    private async Task<RowResult> FinishAsync(PlannedRow row, RowSpeeches results, TaskSlot slot, Stopwatch clock)
    {
        results = await _retry.ImproveAsync(row, results, slot, clock).ConfigureAwait(false);
        TtsSpeech[] made = [.. results.Speeches.OfType<TtsSpeech>()];
        // The service itself has uploaded what it generated for this row.
        TtsException? failure = made.Length > 0 && _upload.IsDue(row)
            ? await _upload.TrySendAsync(row, made).ConfigureAwait(false) : null;
        return new RowResult
        {
            Speeches = made,
            // The user was warned of older audio when it was generated.
            Warnings = [.. results.Warnings,
                .. made.Where(s => s is { Attempts: > 0, Suspect: not null }).Select(SpeechLength.Explain)],
            Errors = failure is null ? results.Errors : [.. results.Errors, failure],
        };
    }

    private TtsTask TaskOf(PlannedRow row, Guid task, bool isDone, DateTimeOffset submitted, string? chosen) =>
        SpeechFactory.Task(row, task, batch.Options.Endpoint, isDone, submitted)
            with { Voice = chosen ?? row.Request!.Voice };
}
