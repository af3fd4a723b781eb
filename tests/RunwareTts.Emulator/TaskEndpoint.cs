using System.Globalization;
using System.Text.Json;

namespace RunwareTts.Emulator;

/// <summary>POST /v1.</summary>
internal sealed class TaskEndpoint(
    EmulatorOptions options,
    TaskDesk desk,
    SwitchBoard switches,
    EmulatorRecord record,
    FaultPlan faults,
    CancellationToken stopping)
{
    private Uri? _home;

    public async Task HandleAsync(HttpContext context)
    {
        record.CountRequest();
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            context.Response.Headers.Allow = "POST";
            await Wire.ErrorAsync(context, 405, new ApiError("invalidMethod", "Tasks are sent with POST."));
            return;
        }
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        if (!TaskArray.TryRead(body.ToArray(), out var tasks, out var error))
        {
            await Wire.ErrorAsync(context, 400, error!);
            return;
        }
        error = KeyCheck.Take(options.ApiKey, context.Request, tasks);
        var arrived = DateTimeOffset.UtcNow;
        foreach (var task in tasks.Where(task => TaskDesk.TypeOf(task) != KeyCheck.Authentication))
            record.Saw(TaskDesk.TypeOf(task), task, arrived);
        if (error is not null) await Wire.ErrorAsync(context, 401, error);
        else await AnswerAsync(context, tasks);
    }

    private async Task AnswerAsync(HttpContext context, List<JsonElement> tasks)
    {
        var dryRun = context.Request.Headers["X-Runware-Dry-Run"] == "1";
        var fault = NextFault(tasks, dryRun);
        if (await FaultActs.InsteadAsync(context, fault)) return;

        // Tasks outlive a caller who went away; only the waiting for them ends.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        var shaped = fault as Fault.Shaped;
        var reply = new Reply { Failing = shaped?.Shape.Failing ?? Failing.Nothing };
        _home ??= new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{context.Connection.LocalPort}"));
        foreach (var task in tasks)
            desk.Take(task, dryRun, _home, reply);
        try
        {
            if (await FaultActs.AfterAcceptAsync(context, fault, patience.Token)) return;
            if (reply.AnyUpload) await Task.Delay(TimeSpan.FromSeconds(switches.Now.UploadSeconds), patience.Token);
            await Task.WhenAll(reply.Waiting.Select(task => task.Done)).WaitAsync(patience.Token);
            patience.Token.ThrowIfCancellationRequested();
        }
        catch (OperationCanceledException)
        {
            context.Abort();
            return;
        }
        foreach (var task in reply.Waiting)
            AddFinished(task, reply);
        var status = reply.AnyTaken || tasks.Count == 0 ? 200 : reply.ErrorStatus ?? (reply.AllUnknown ? 404 : 400);
        if (shaped is not null) await shaped.Shape.SendAsync(context, reply, shaped.Code ?? shaped.Shape.Status ?? status);
        else await Wire.JsonAsync(context, status, reply.ToJson(), fault is Fault.CutAnswer);
    }

    private Fault? NextFault(List<JsonElement> tasks, bool dryRun)
    {
        if (Has(ResultItems.AudioInference)) return dryRun ? null : faults.Next(FaultPlace.Submit);
        if (Has(TaskDesk.GetResponse)) return faults.Next(FaultPlace.Poll);
        if (Has(TaskDesk.GetTaskDetails)) return faults.Next(FaultPlace.Details);
        return Has(MediaDesk.MediaStorage) ? faults.Next(FaultPlace.Media) : null;

        bool Has(string type) => tasks.Exists(task => TaskDesk.TypeOf(task) == type);
    }

    private static void AddFinished(AudioTask task, Reply reply)
    {
        foreach (var result in task.Results)
        {
            if (result.Failure is null) reply.Data.Add(ResultItems.Finished(task, result));
            else reply.Errors.Add(result.Failure.ToJson(ResultItems.AudioInference, task.Order.TaskUuid));
        }
    }
}
