using System.Diagnostics;
using RunwareTts.Audio;

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
        try
        {
            (TaskAnswer answer, int attempts) = await submission.SendAsync(task, row.Request!, row.Wait, time.Token).ConfigureAwait(false);
            emit(new BatchEvent.Told($"{SpeechWriter.NameOf(row)}: task {task}, {row.Request!.TextLength} characters, {row.Request.ModelName}, accepted after {clock.Elapsed.TotalSeconds:0.0} s."));
            if (!row.Wait)
            {
                emit(new BatchEvent.Submitted(SpeechWriter.Task(row, task, options.Endpoint)));
                return;
            }

            if (!answer.IsFinal(row.Request.NumberResults))
                answer = await poller.WaitAsync(task, row.Request.NumberResults, row.Request.TextLength, clock.Elapsed, null, time.Token).ConfigureAwait(false);
            release();
            for (int n = 0; n < answer.Results.Count; n++)
            {
                await saver.TellAsync(
                    answer.Results[n],
                    row.Target?.PathOf(n),
                    row.Request.OutputFormat,
                    saved => SpeechWriter.Speech(row.Request, saved, provider.Name, task, attempts, clock.Elapsed, "Completed", row.Kept),
                    emit,
                    row.Source,
                    token).ConfigureAwait(false);
            }

            foreach (TtsException error in answer.Errors)
                emit(new BatchEvent.Failed(error, row.Source));
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            emit(new BatchEvent.Failed(Errors.TaskTimeout(task, options.Timeout), row.Source));
        }
        catch (TtsException e)
        {
            emit(new BatchEvent.Failed(e, row.Source));
        }
    }

    /// <summary>An equal row was spoken before: its files, if they are there.</summary>
    public bool TryRepeat(PlannedRow row)
    {
        if (row.Target is not { } target || !target.Paths.All(File.Exists))
            return false;
        foreach (string path in target.Paths)
        {
            TtsSpeech Describe(TtsAudioInfo? audio) => SpeechWriter.Speech(
                row.Request!,
                new Saved(path, audio, new FileInfo(path).Length, new SpeechResult(null, null, null, null)),
                provider.Name, null, 0, TimeSpan.Zero, "Unchanged", row.Kept);
            try
            {
                emit(new BatchEvent.Spoken(Describe(AudioInfoReader.ReadFile(path))));
            }
            catch (Exception e) when (e is AudioFormatException or IOException or UnauthorizedAccessException)
            {
                emit(new BatchEvent.Failed(Errors.AudioInvalid(path, e.Message, Describe(null)), row.Source));
            }
        }

        return true;
    }
}
