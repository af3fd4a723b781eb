using System.Text.Json;

namespace RunwareTts.Runware;

/// <summary>An answer of the service: what it says of each task, and errors that name none.</summary>
internal sealed class WireAnswer
{
    private readonly Dictionary<Guid, TaskAnswer> _tasks = [];
    private readonly List<RunwareException> _unaddressed = [];
    private readonly int _status;
    private readonly TimeSpan? _retryAfter;

    private WireAnswer(int status, TimeSpan? retryAfter) => (_status, _retryAfter) = (status, retryAfter);

    public IReadOnlyDictionary<Guid, TaskAnswer> Tasks => _tasks;

    /// <summary>Errors without a taskUUID, which are about the request as a whole.</summary>
    public IReadOnlyList<RunwareException> Unaddressed => _unaddressed;

    public static WireAnswer Read(JsonElement root, int status, TimeSpan? retryAfter)
    {
        WireAnswer answer = new(status, retryAfter);
        Guid? task = WireJson.Id(root, "taskUUID");
        if (root.ValueKind == JsonValueKind.Array)
        {
            answer.ReadData(root);
        }
        else if (WireJson.Get(root, "data") is { } data)
        {
            answer.ReadData(data);
            answer.ReadErrors(WireJson.Get(root, "errors") ?? WireJson.Get(root, "error"), task);
        }
        else if (WireJson.Get(root, "errors") is { } errors)
        {
            answer.ReadErrors(errors, task);
        }
        else if (WireJson.Get(root, "error") is { ValueKind: JsonValueKind.Object or JsonValueKind.Array } error)
        {
            answer.ReadErrors(error, task);
        }
        else
        {
            // A bare error object, or the legacy {"error":true,"errorMessage":…}.
            answer.AddError(root, task);
        }

        return answer;
    }

    /// <summary>Reads what is posted to a webhook: one item without a wrapper, or any shape of an answer.</summary>
    public static WireAnswer ReadDelivery(JsonElement root)
    {
        bool isItem = root.ValueKind == JsonValueKind.Object && WireJson.Get(root, "data") is null && WireJson.Get(root, "errors") is null
            && WireJson.Get(root, "code") is null && WireJson.Get(root, "errorMessage") is null;
        if (!isItem)
            return root.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? Read(root, 200, null) : new WireAnswer(200, null);

        WireAnswer answer = new(200, null);
        answer.ReadItem(root);
        return answer;
    }

    private void ReadData(JsonElement data)
    {
        if (data.ValueKind == JsonValueKind.Object)
        {
            ReadItem(data);
            return;
        }

        if (data.ValueKind != JsonValueKind.Array)
            return;
        foreach (JsonElement item in data.EnumerateArray())
            ReadItem(item);
    }

    private void ReadItem(JsonElement item)
    {
        Guid? task = WireJson.Id(item, "taskUUID");
        string? status = WireJson.Text(item, "status");
        bool bareError = WireJson.Get(item, "taskType") is null && WireJson.Get(item, "code") is not null;
        if (status == "error" || bareError || WireJson.Get(item, "error") is { ValueKind: JsonValueKind.Object })
        {
            AddError(WireJson.Get(item, "error") is { ValueKind: JsonValueKind.Object } error ? error : item, task);
            return;
        }

        if (task is not { } id)
            return;
        TaskAnswer known = _tasks.TryGetValue(id, out TaskAnswer? found) ? found : new TaskAnswer();
        _tasks[id] = WireResult.Read(item, status) is { } result
            ? known with { Results = [.. known.Results, result] }
            : known with { IsRunning = true, Progress = WireJson.Get(item, "progress") is { ValueKind: JsonValueKind.Number } p && p.TryGetInt32(out int percent) ? percent : known.Progress };
    }

    private void ReadErrors(JsonElement? errors, Guid? task)
    {
        if (errors is { ValueKind: JsonValueKind.Array } list)
        {
            foreach (JsonElement error in list.EnumerateArray())
                AddError(error, task);
        }
        else if (errors is { ValueKind: JsonValueKind.Object } single)
        {
            AddError(single, task);
        }
    }

    private void AddError(JsonElement error, Guid? task)
    {
        RunwareException exception = RunwareException.From(WireError.Read(error, task, _status, _retryAfter));
        if (exception.TaskUUID is not { } id)
        {
            _unaddressed.Add(exception);
            return;
        }

        TaskAnswer known = _tasks.TryGetValue(id, out TaskAnswer? found) ? found : new TaskAnswer();
        _tasks[id] = known with { Errors = [.. known.Errors, exception] };
    }
}
