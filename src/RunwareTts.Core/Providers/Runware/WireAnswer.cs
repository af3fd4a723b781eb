using System.Text.Json;

namespace RunwareTts.Providers.Runware;

/// <summary>An answer of the service: what it says of each task, and errors that name none.</summary>
internal sealed class WireAnswer
{
    private static readonly string[] AudioFields = ["audioUUID", "audioURL", "audioBase64Data", "audioDataURI"];
    private static readonly string[] ErrorFields = ["code", "message", "errorId", "errorMessage"];

    private readonly Dictionary<Guid, TaskAnswer> _tasks = [];
    private readonly List<RunwareException> _unaddressed = [];
    private readonly List<WireError> _nameless = [];
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
        JsonElement? data = root.ValueKind == JsonValueKind.Array ? root : WireJson.Get(root, "data");
        JsonElement? errors = WireJson.Get(root, "errors");
        JsonElement? error = WireJson.Get(root, "error");
        if (data is { } items)
            answer.ReadData(items);
        if (errors is { } several)
            answer.ReadErrors(several, task);
        if (error is { ValueKind: JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.String } one)
            answer.ReadErrors(one, task);
        else if (error is { ValueKind: JsonValueKind.True } || data is null && errors is null && IsBareError(root))
            answer.AddError(root, task);
        answer.SettleNameless();
        return answer;
    }

    /// <summary>Reads what is posted to a webhook: one item without a wrapper, or any shape of an answer.</summary>
    public static WireAnswer ReadDelivery(JsonElement root)
    {
        bool isItem = root.ValueKind == JsonValueKind.Object && WireJson.Get(root, "data") is null && WireJson.Get(root, "errors") is null
            && WireJson.Get(root, "code") is null && WireJson.Get(root, "errorMessage") is null;
        if (!isItem)
            return root.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? Read(root, new WireContext(200)) : new WireAnswer(new WireContext(200));

        WireAnswer answer = new(new WireContext(200));
        answer.ReadItem(root);
        answer.SettleNameless();
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
        JsonElement? error = WireJson.Get(item, "error");
        if (status == "error" || error is { ValueKind: JsonValueKind.Object } || IsBareError(item))
        {
            bool isInside = error is { ValueKind: JsonValueKind.Object or JsonValueKind.String } || error is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0;
            ReadErrors(isInside ? error!.Value : item, task, status == "error");
            return;
        }

        if (WireJson.Number(item, "cost") is { } cost)
            Price = (Price ?? 0) + cost;
        if (WireJson.Text(item, "taskType") is { } type && type != "audioInference")
        {
            _others.Add(item.Clone());
            return;
        }

        if (task is not { } id || WireJson.Id(item, "taskUUID") is null && status is null && !HasAny(item, AudioFields))
            return;
        TaskAnswer known = _tasks.TryGetValue(id, out TaskAnswer? found) ? found : new TaskAnswer();
        _tasks[id] = WireResult.Read(item, status) is { } result
            ? known with { Results = Add(known.Results, result) }
            : known with { IsRunning = true, Progress = WireJson.Get(item, "progress") is { ValueKind: JsonValueKind.Number } p && p.TryGetInt32(out int percent) ? percent : known.Progress };
    }

    // One result that is listed twice is one result, and all that is said of it counts.
    private static IReadOnlyList<SpeechResult> Add(IReadOnlyList<SpeechResult> known, SpeechResult result)
    {
        int same = known.TakeWhile(k => result.AudioUuid is null || k.AudioUuid != result.AudioUuid).Count();
        if (same == known.Count)
            return [.. known, result];
        SpeechResult first = known[same];
        SpeechResult whole = first with
        {
            Url = first.Url ?? result.Url,
            Data = first.Data ?? result.Data,
            Cost = first.Cost ?? result.Cost,
        };
        return [.. known.Take(same), whole, .. known.Skip(same + 1)];
    }

    // An error object alone, the legacy one too. An acknowledgement names its task as well, and has no code.
    private static bool IsBareError(JsonElement item) =>
        !HasAny(item, AudioFields)
        && WireJson.Text(item, "status") is null or "error"
        && (WireJson.Text(item, "code") is not null || WireJson.Get(item, "errorMessage") is not null
            || WireJson.Get(item, "taskType") is null && HasAny(item, ErrorFields));

    private static bool HasAny(JsonElement item, string[] names) => names.Any(name => WireJson.Get(item, name) is not null);

    private void ReadErrors(JsonElement errors, Guid? task, bool isTaskState = false)
    {
        if (errors.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement error in errors.EnumerateArray())
                AddError(error, task, isTaskState);
        }
        else if (errors.ValueKind is JsonValueKind.Object or JsonValueKind.String)
        {
            AddError(errors, task, isTaskState);
        }
    }

    private void AddError(JsonElement error, Guid? task, bool isTaskState = false)
    {
        WireError wire = WireError.Read(error, task ?? _context.OnlyTask, _context);
        if (isTaskState)
            wire = wire with { IsTaskState = true };
        if (wire.TaskUuid is { } id)
            AddError(id, wire);
        else
            _nameless.Add(wire);
    }

    private void AddError(Guid task, WireError wire)
    {
        TaskAnswer known = _tasks.TryGetValue(task, out TaskAnswer? found) ? found : new TaskAnswer();
        _tasks[task] = known with { Errors = [.. known.Errors, RunwareException.From(wire with { TaskUuid = task })] };
    }

    // In a good answer about one task an error is that task's, unless it may be all that asking came to.
    private void SettleNameless()
    {
        Guid? asked = _context.Status < 400 ? _context.AskedTask : null;
        foreach (WireError wire in _nameless)
        {
            if (asked is { } task && (_tasks.ContainsKey(task) || !ErrorClass.Of(wire.Code, _context.Status).MayPass))
                AddError(task, wire);
            else
                _unaddressed.Add(RunwareException.From(wire));
        }
    }
}
