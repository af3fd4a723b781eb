using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RunwareTts.Emulator;

/// <summary>Every task that was ever accepted. Speaks them in the background, whoever still waits.</summary>
internal sealed class TaskBook(EmulatorOptions options, Speak speak, EmulatorRecord record, FaultPlan faults, Deliveries deliveries, CancellationToken stopping)
{
    private readonly ConcurrentDictionary<string, AudioTask> _tasks = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<Guid, (AudioTask Task, AudioResult Result)> _audio = new();
    private readonly ConcurrentDictionary<Task, bool> _running = new();

    /// <summary>Null when the taskUUID was used before.</summary>
    public AudioTask? Accept(AudioOrder order, JsonElement request, Uri home, Failing failing)
    {
        var task = new AudioTask(order, JsonMarshal.GetRawUtf8Value(request).ToArray(), home);
        task.Fail(failing);
        if (!_tasks.TryAdd(order.TaskUuid, task)) return null;
        foreach (var result in task.Results)
            _audio[result.AudioUuid] = (task, result);
        if (order.Doom is null) record.Accepted(order, request);
        Follow(Task.Run(() => MakeAsync(task), CancellationToken.None));
        return task;
    }

    public AudioTask? Find(string taskUuid) => _tasks.GetValueOrDefault(taskUuid);

    /// <summary>Takes the finished tasks out of the short memory that getResponse looks into. How many there were.</summary>
    public int Forget()
    {
        var finished = _tasks.Values.Where(task => task is { Forgotten: false, Done.IsCompleted: true }).ToArray();
        foreach (var task in finished)
            task.Forgotten = true;
        return finished.Length;
    }

    public (AudioTask Task, AudioResult Result)? FindAudio(Guid audioUuid) =>
        _audio.TryGetValue(audioUuid, out var found) ? found : null;

    public Task IdleAsync() => Task.WhenAll(_running.Keys);

    private void Follow(Task work)
    {
        _running.TryAdd(work, true);
        work.ContinueWith(ended => _running.TryRemove(ended, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task TellAsync(Uri webhook, JsonObject item)
    {
        await deliveries.PostAsync(webhook, item, stopping);
        if (faults.Next(FaultPlace.Webhook) is Fault.DuplicateWebhook) await deliveries.PostAsync(webhook, item, stopping);
    }

    private async Task MakeAsync(AudioTask task)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            for (var index = 0; index < task.Results.Count; index++)
            {
                // The results share the task's time, so that a poll can see some done and some not.
                var due = options.TaskTime * (index + 1) / task.Results.Count;
                await MakeAsync(task, index, began, due);
                if (task.Order.Webhook is { } webhook)
                    Follow(TellAsync(webhook, ResultItems.Told(task, task.Results[index])));
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
        finally
        {
            if (task.Order.Doom is null) record.Finished();
            task.Finish();
        }
    }

    private async Task MakeAsync(AudioTask task, int index, long began, TimeSpan due)
    {
        var result = task.Results[index];
        var order = task.Order.Speech with { Variation = index };
        var (audio, error) = task.Order.Doom is { } doom ? (null, doom) : await SpeakAsync(order);
        if (audio is not null && task.Order.Upload is { } upload && !await deliveries.PutAsync(upload, audio, order.Format, stopping))
            error = new ApiError("uploadFailed", "The uploadEndpoint did not take the audio.");

        var left = due - Stopwatch.GetElapsedTime(began);
        if (left > TimeSpan.Zero) await Task.Delay(left, stopping);
        if (error is not null) result.Fail(error with { Status = "error" });
        else result.Succeed(audio!);
    }

    private async Task<(byte[]? Audio, ApiError? Error)> SpeakAsync(SpeakOrder order)
    {
        try
        {
            var audio = await speak(order, stopping);
            return audio is { Length: > 0 } ? (audio, null) : (null, Failure("The voice gave no audio."));
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            return (null, Failure(exception.Message));
        }
    }

    private static ApiError Failure(string message) => new("inferenceError", message);
}
