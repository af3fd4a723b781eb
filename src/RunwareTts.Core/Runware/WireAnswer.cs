using System.Text.Json;

namespace RunwareTts.Runware;

/// <summary>An answer of the service: what it says of each task, and errors that name none.</summary>
internal sealed class WireAnswer
{
    private static readonly string[] ResultFields = ["status", "audioUUID", "audioURL", "audioBase64Data", "audioDataURI"];
    private static readonly string[] ErrorFields = ["code", "message", "errorId", "errorMessage"];

    private readonly Dictionary<Guid, TaskAnswer> _tasks = [];
    private readonly List<RunwareException> _unaddressed = [];
    private readonly List<JsonElement> _others = [];
    private readonly WireContext _context;

    private WireAnswer(WireContext context) => _context = context;

    public IReadOnlyDictionary<Guid, TaskAnswer> Tasks => _tasks;

    /// <summary>Items that are not about speech.</summary>
    public IReadOnlyList<JsonElement> Others => _others;

    public TtsException? FirstError => _unaddressed.FirstOrDefault() ?? _tasks.Values.SelectMany(t => t.Errors).FirstOrDefault();

    /// <summary>The cost that a dry run told, of whatever shape its items are.</summary>
    public decimal? Price { get; private set; }

    /// <summary>Errors without a taskUUID, which are about the request as a whole.</summary>
    public IReadOnlyList<RunwareException> Unaddressed => _unaddressed;

    public static WireAnswer Read(JsonElement root, WireContext context)
    {
        WireAnswer answer = new(context);
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
        else if (WireJson.Get(root, "error") is { ValueKind: JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.String } error)
        {
            answer.ReadErrors(error, task);
        }
        else if (SaysSomething(root))
        {
            // A bare error object, or the legacy {"error":true,"errorMessage":…}.
            answer.AddError(root, task);
        }

        return answer;
    }

    private static bool SaysSomething(JsonElement root) => ErrorFields.Any(name => WireJson.Get(root, name) is not null);

    /// <summary>Reads what is posted to a webhook: one item without a wrapper, or any shape of an answer.</summary>
    public static WireAnswer ReadDelivery(JsonElement root)
    {
        bool isItem = root.ValueKind == JsonValueKind.Object && WireJson.Get(root, "data") is null && WireJson.Get(root, "errors") is null
            && WireJson.Get(root, "code") is null && WireJson.Get(root, "errorMessage") is null;
        if (!isItem)
            return root.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? Read(root, new WireContext(200)) : new WireAnswer(new WireContext(200));

        WireAnswer answer = new(new WireContext(200));
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
        Guid? task = WireJson.Id(item, "taskUUID") ?? _context.OnlyTask;
        string? status = WireJson.Text(item, "status");
        bool bareError = WireJson.Get(item, "taskType") is null && WireJson.Get(item, "code") is not null;
        if (status == "error" || bareError || WireJson.Get(item, "error") is { ValueKind: JsonValueKind.Object })
        {
            AddError(WireJson.Get(item, "error") is { ValueKind: JsonValueKind.Object } error ? error : item, task);
            return;
        }

        if (WireJson.Number(item, "cost") is { } cost)
            Price = (Price ?? 0) + cost;
        if (WireJson.Text(item, "taskType") is { } type && type != "audioInference")
        {
            _others.Add(item.Clone());
            return;
        }

        if (task is not { } id || WireJson.Id(item, "taskUUID") is null && !ResultFields.Any(name => WireJson.Get(item, name) is not null))
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
        else if (errors is { ValueKind: JsonValueKind.Object or JsonValueKind.String } single)
        {
            AddError(single, task);
        }
    }

    private void AddError(JsonElement error, Guid? task)
    {
        RunwareException exception = RunwareException.From(WireError.Read(error, task ?? _context.OnlyTask, _context));
        if (exception.TaskUUID is not { } id)
        {
            _unaddressed.Add(exception);
            return;
        }

        TaskAnswer known = _tasks.TryGetValue(id, out TaskAnswer? found) ? found : new TaskAnswer();
        _tasks[id] = known with { Errors = [.. known.Errors, exception] };
    }
}
