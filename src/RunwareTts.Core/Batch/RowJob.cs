using System.Diagnostics;

namespace RunwareTts.Batch;

/// <summary>Takes one planned row all the way: submit, wait, save.</summary>
internal sealed class RowJob(ISpeechProvider provider, BatchOptions options, Submission submission, TaskPoller poller, ResultSaver saver, Action<BatchEvent> emit)
{
    /// <param name="row">The row.</param>
    /// <param name="release">Gives the row's place among the tasks in flight to the next.</param>
    /// <param name="token">Stops everything.</param>
    public async Task RunAsync(PlannedRow row, Action release, CancellationToken token)
    {
        using CancellationTokenSource time = CancellationTokenSource.CreateLinkedTokenSource(token);
        time.CancelAfter(options.Timeout);
        Guid task = Guid.NewGuid();
        Stopwatch clock = Stopwatch.StartNew();
        TaskAnswer answer = new();
        int attempts = 0;
        TtsException? failure = null;
        try
        {
            (answer, attempts) = await submission.SendAsync(task, row.Request!, row.Wait, time.Token).ConfigureAwait(false);
            emit(new BatchEvent.Told(FormattableString.Invariant($"{SpeechWriter.NameOf(row)}: task {task}, {row.Request!.TextLength} characters, {row.Request.ModelName}, answered after {clock.Elapsed.TotalSeconds:0.0} s.")));
            if (!row.Wait)
            {
                emit(new BatchEvent.Submitted(SpeechWriter.Task(row, task, options.Endpoint)));
                return;
            }

            if (!answer.IsFinal(row.Request.NumberResults))
                answer = await poller.WaitAsync(task, row.Request.NumberResults, row.Request.TextLength, clock.Elapsed, soFar => answer = soFar, time.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            failure = provider.IsFree ? Errors.SpeechTimeout(options.Timeout) : Errors.TaskTimeout(task, options.Timeout);
        }
        catch (Exception e) when (e is not (TtsException or OperationCanceledException))
        {
            failure = Errors.Unexpected(e, task);
        }
        catch (TtsException e)
        {
            failure = attempts > 0 && e.TaskUUID is null ? Errors.InDoubt(task, e) : e;
        }

        // What was seen before a failure was paid for too.
        release();
        for (int n = 0; n < answer.Results.Count; n++)
        {
            await saver.TellAsync(
                answer.Results[n],
                row.Target?.PathOf(n),
                row.Request!.OutputFormat,
                saved => SpeechWriter.Speech(row.Request, saved, provider.Name, task, attempts, clock.Elapsed, "Completed", row.Kept),
                emit,
                row.Source,
                token).ConfigureAwait(false);
        }

        foreach (TtsException error in failure is null ? answer.Errors : [failure])
            emit(new BatchEvent.Failed(error, row.Source));
    }
}
